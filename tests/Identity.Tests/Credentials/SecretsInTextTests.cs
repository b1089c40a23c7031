using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Credentials;

namespace GatewayStack.Identity.Tests.Credentials;

/// <summary>A record says all that is in it when it is logged by mistake; those with a token or a key in them say everything else.</summary>
public sealed partial class SecretsInTextTests
{
    private const string Secret = "eyJhbGciOi-the-secret";

    public static TheoryData<Type> Holders =>
        [.. new[] { typeof(PresentedCredential).Assembly, typeof(PresentedToken).Assembly }.SelectMany(a => a.GetTypes()).Where(IsRecord).Where(t => SecretsOf(t).Any())];

    [Theory]
    [MemberData(nameof(Holders))]
    public void What_it_holds_is_not_in_its_text(Type type)
    {
        var record = RuntimeHelpers.GetUninitializedObject(type);
        foreach (var property in SecretsOf(type))
        {
            Set(record, type, property);
        }

        record.ToString()!.ShouldNotContain(Secret);
    }

    [Theory]
    [InlineData(typeof(PresentedCredential))]
    [InlineData(typeof(AuthenticationResult))]
    [InlineData(typeof(AssertionRequest))]
    [InlineData(typeof(AssertionResult))]
    [InlineData(typeof(UpstreamTokenRequest))]
    [InlineData(typeof(UpstreamTokenResult))]
    [InlineData(typeof(PresentedToken))]
    [InlineData(typeof(CredentialVerdict))]
    [InlineData(typeof(IssuerClientOptions))]
    [InlineData(typeof(Contracts.Policy.PolicyQuestion))]
    [InlineData(typeof(Contracts.Limits.ReservationRequest))]
    public void Who_looks_for_them_finds_them(Type type) => Holders.Select(row => row.Data).ShouldContain(type);

    [Fact]
    public void What_helps_to_find_a_fault_is_in_it()
    {
        new AuthenticationResult { Status = AuthenticationStatus.Invalid, Reason = "token_expired", InternalAssertion = Secret }.ToString().ShouldBe("Invalid token_expired");
        new PresentedCredential { Carrier = CredentialCarrier.XApiKey, Value = Secret }.ToString().ShouldBe("XApiKey");
        new IssuerOptions { Name = "idp", Client = new IssuerClientOptions { Id = "gateway", Secret = Secret } }.ToString().ShouldSatisfyAllConditions(
            text => text.ShouldContain("client gateway"), text => text.ShouldNotContain(Secret));
    }

    private static bool IsRecord(Type type) =>
        type is { IsAbstract: false, ContainsGenericParameters: false } && type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is not null;

    private static IEnumerable<PropertyInfo> SecretsOf(Type type) => type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
        .Where(p => p.PropertyType == typeof(string) && IsSecret(type, p.Name));

    /// <summary>By their names: a member that is a token, or the value of something that is.</summary>
    private static bool IsSecret(Type type, string member) => Secrets().IsMatch(member) || (member is "Value" or "Text" && Carriers().IsMatch(type.Name));

    [GeneratedRegex("(Token|Assertion|Secret|Credential|Password|PrivateKey|ApiKey|ExchangedFor)$")]
    private static partial Regex Secrets();

    [GeneratedRegex("Credential|Token")]
    private static partial Regex Carriers();

    private static void Set(object record, Type type, PropertyInfo property)
    {
        var field = type.GetField($"<{property.Name}>k__BackingField", BindingFlags.Instance | BindingFlags.NonPublic);
        field.ShouldNotBeNull($"{type.Name}.{property.Name} is computed: see what it is computed from").SetValue(record, Secret);
    }
}
