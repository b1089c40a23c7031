using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers;

namespace GatewayStack.Transform.Tests.Recognizers.Credentials;

/// <summary>Links that let whoever has them in.</summary>
public sealed class ActionLinkTests
{
    [Theory]
    [InlineData("https://konto.example/reset?t=", "Qm4LtPw92RvK7bNdZx81_tY")]
    [InlineData("https://konto.example/password/reset/", "Qm4LtPw92RvK7bNdZx81_tY")]
    [InlineData("go to https://app.example/magic-link?lang=en&c=", "9c1f0e77a2b34d5596f0aa71c0de4417")]
    [InlineData("https://app.example/team/invite/", "Qm4LtPw92RvK7bNdZx81")]
    [InlineData("<https://app.example/activate?k=", "Qm4LtPw92RvK7bNdZx81")]
    public void Their_key_is_found(string link, string key) => Find($"{link}{key}>, until noon").ShouldBe([$"SECRET={key}"]);

    [Theory]
    [InlineData("https://example.com/verify/9fceb02d0ae598e95dc970b74767f19372d61af8.html")]
    [InlineData("https://news.example/unsubscribe?u=9c1f0e77a2b34d5596f0aa71c0de4417")]
    [InlineData("https://shop.example/track?id=9c1f0e77a2b34d5596f0aa71c0de4417")]
    [InlineData("https://app.example/confirm?utm_id=Qm4LtPw92RvK7bNdZx81&redirect=9c1f0e77a2b34d5596f0aa71c0de4417")]
    [InlineData("https://app.example/reset?user=marketing-department-2026")]
    [InlineData("src/reset/Qm4LtPw92RvK7bNdZx81.cs")]
    [InlineData("https://app.example/help?from=/reset/Qm4LtPw92RvK7bNdZx81")]
    public void Others_are_left_alone(string text) => Find(text).ShouldBeEmpty();

    private static string[] Find(string text) => Rows.Find([.. RecognizerTable.BuiltIn.Where(r => r.Name == "action-link")], text, EntityTypes.Secret);
}
