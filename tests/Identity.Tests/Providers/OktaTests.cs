using GatewayStack.Contracts.Identity;

namespace GatewayStack.Identity.Tests.Providers;

/// <summary>Okta, a custom authorization server: no <c>typ</c>, <c>scp</c> an array, the client in <c>cid</c>, the login name in <c>sub</c>.</summary>
public sealed class OktaTests : ProviderSuite
{
    protected override string Sample => "okta";

    protected override string? HeaderType => null;

    protected override string Person => Access("https://gateway.example.com", "https://example.okta.com/oauth2/aus1a2b3c4d5e6f7g8h9", "alice@example.com");

    protected override string IdToken => """
        {"sub":"00u1alice","name":"Alice Smith","ver":1,"iss":"https://example.okta.com/oauth2/aus1a2b3c4d5e6f7g8h9","aud":"https://gateway.example.com","jti":"ID.x",
        "amr":["pwd"],"idp":"00o1","auth_time":1795324500,"preferred_username":"alice@example.com","uid":"00u1alice","groups":["doctor"]}
        """;

    protected override string OtherApp => Access("api://default", "https://example.okta.com/oauth2/aus1a2b3c4d5e6f7g8h9", "alice@example.com");

    protected override string OtherTenant => Access("https://gateway.example.com", "https://other.okta.com/oauth2/aus1a2b3c4d5e6f7g8h9", "alice@example.com");

    protected override AuthenticationStatus OtherTenantStatus => AuthenticationStatus.Invalid;

    protected override string Program => """
        {"ver":1,"jti":"AT.x","iss":"https://example.okta.com/oauth2/aus1a2b3c4d5e6f7g8h9","aud":"https://gateway.example.com","cid":"0oa1batch","scp":["chat:write"],"sub":"0oa1batch"}
        """;

    protected override string ForCalendar => Person;

    protected override (string Subject, string Tenant, string? Client) Expected => ("00u1alice", "example", "0oa1app");

    protected override string[] ExpectedRoles => ["doctor", "Everyone"];

    protected override string[] ExpectedScopes => ["openid", "chat:write", "calendar:read"];

    [Fact]
    public async Task Another_login_name_is_the_same_person()
    {
        var before = (await AuthenticateAsync(Person)).Identity!;
        var after = (await AuthenticateAsync(Person.Replace("alice@example.com", "alice.smith@example.com", StringComparison.Ordinal))).Identity!;
        after.PersonId.ShouldBe(before.PersonId);
    }

    [Fact]
    public async Task Without_uid_a_person_is_refused() =>
        (await AuthenticateAsync(Person.Replace("\"uid\"", "\"uid2\"", StringComparison.Ordinal))).Reason.ShouldBe("subject_invalid");

    private static string Access(string audience, string issuer, string login) => $$"""
        {"ver":1,"jti":"AT.x","iss":"{{issuer}}","aud":"{{audience}}","cid":"0oa1app","uid":"00u1alice","scp":["openid","chat:write","calendar:read"],
        "auth_time":1795324500,"sub":"{{login}}","groups":["doctor","Everyone"]}
        """;
}
