namespace GatewayStack.Identity.Tests.Providers;

/// <summary>Auth0: the issuer ends in a slash, <c>aud</c> is an array with the user info endpoint, custom claims are URLs.</summary>
public sealed class Auth0Tests : ProviderSuite
{
    protected override string Sample => "auth0";

    protected override string Person => Access("https://gateway.example.com", "org_Mercy0123456789", "openid profile chat:write");

    protected override string IdToken => """
        {"https://gateway.example.com/roles":["doctor"],"nickname":"alice","name":"Alice Smith","iss":"https://example.eu.auth0.com/","aud":"https://gateway.example.com",
        "sub":"auth0|alice","sid":"s-1","org_id":"org_Mercy0123456789"}
        """;

    protected override string OtherApp => Access("https://other.example.com", "org_Mercy0123456789", "openid read:things");

    protected override string OtherTenant => Access("https://gateway.example.com", "org_Other0123456789", "openid chat:write");

    protected override string Program => """
        {"iss":"https://example.eu.auth0.com/","sub":"batch@clients","aud":"https://gateway.example.com","azp":"batch","scope":"chat:write","gty":"client-credentials","org_id":"org_Mercy0123456789"}
        """;

    protected override string ForCalendar => Access("https://gateway.example.com/mcp/calendar", "org_Mercy0123456789", "openid calendar:read");

    protected override (string Subject, string Tenant, string? Client) Expected => ("auth0|alice", "org_Mercy0123456789", "app-1");

    protected override string[] ExpectedRoles => ["doctor"];

    protected override string[] ExpectedScopes => ["openid", "profile", "chat:write"];

    [Fact]
    public async Task What_a_person_may_is_not_what_the_app_was_granted() =>
        (await AuthenticateForCalendarAsync(ForCalendar)).Identity!.Scopes.ShouldNotContain("calendar:write");

    [Fact]
    public async Task A_token_of_the_profile_of_rfc_9068_is_good_as_well()
    {
        var token = Person.Replace("\"azp\":\"app-1\"", "\"client_id\":\"app-1\",\"jti\":\"j\"", StringComparison.Ordinal);
        (await AuthenticateAsync(token)).Identity!.ClientId.ShouldBe("app-1");
    }

    private static string Access(string audience, string organization, string scope) => $$"""
        {"https://gateway.example.com/roles":["doctor"],"iss":"https://example.eu.auth0.com/","sub":"auth0|alice","aud":["{{audience}}","https://example.eu.auth0.com/userinfo"],
        "azp":"app-1","scope":"{{scope}}","org_id":"{{organization}}","permissions":["calendar:read","calendar:write","chat:write"]}
        """;
}
