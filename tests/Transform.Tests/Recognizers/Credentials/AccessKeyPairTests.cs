using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers;

namespace GatewayStack.Transform.Tests.Recognizers.Credentials;

/// <summary>The secret beside the id of a cloud's key.</summary>
public sealed class AccessKeyPairTests
{
    private const string Id = "A" + "KIA4FPTN32GN6IWO7BX";
    private const string Secret = "alGrBEEhe2vXzbea" + "coSr4EUHdEIOoe1gwxsWygZv";

    [Theory]
    [InlineData("Credentials::new(\"", "\", \"", "\", None)")]
    [InlineData("", "\n", "\n")]
    [InlineData("", " / ", ".")]
    [InlineData("id,", ",", ",eu-central-1")]
    [InlineData("", ":", "")]
    public void It_is_found_without_a_name(string before, string between, string after) => Find($"{before}{Id}{between}{Secret}{after}").ShouldBe([$"SECRET={Secret}"]);

    [Theory]
    [InlineData(Id + " of commit 9fceb02d0ae598e95dc970b74767f19372d61af8")]
    [InlineData(Id + "\n9fceb02d0ae598e95dc970b74767f19372d61af8")]
    [InlineData(Id + ", " + Secret + "x")]
    [InlineData(Id + "7, " + Secret)]
    public void Others_are_left_alone(string text) => Find(text).ShouldBeEmpty();

    private static string[] Find(string text) => Rows.Find([.. RecognizerTable.BuiltIn.Where(r => r.Name == "access-key-pair")], text, EntityTypes.Secret);
}
