using GatewayStack.Contracts.Identity;

namespace GatewayStack.Identity.Tests.Providers;

/// <summary>Amazon Cognito: no <c>typ</c>, no <c>aud</c> but for a named resource, <c>token_use</c>, scopes behind the identifier of their resource server.</summary>
public sealed class CognitoTests : ProviderSuite
{
    private const string Issuer = "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEfGhI";

    protected override string Sample => "cognito";

    protected override string? HeaderType => null;

    protected override string Person => Access(Issuer, "1h57kf5cpq17m0eml12EXAMPLE", "https://gateway.example.com/chat:write");

    protected override string IdToken => $$"""
        {"at_hash":"h","sub":"a1b2","cognito:groups":["doctor"],"iss":"{{Issuer}}","cognito:username":"alice","origin_jti":"o","aud":"1h57kf5cpq17m0eml12EXAMPLE",
        "event_id":"e","token_use":"id","auth_time":1795324500,"jti":"j","client_id":"1h57kf5cpq17m0eml12EXAMPLE"}
        """;

    protected override string OtherApp => Access(Issuer, "another-app", "https://gateway.example.com/chat:write");

    protected override string OtherTenant => Access("https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_OtHeRpOoL", "1h57kf5cpq17m0eml12EXAMPLE", "https://gateway.example.com/chat:write");

    protected override AuthenticationStatus OtherTenantStatus => AuthenticationStatus.Invalid;

    protected override string Program => $$"""
        {"sub":"1h57kf5cpq17m0eml12EXAMPLE","token_use":"access","scope":"https://gateway.example.com/chat:write","auth_time":1795324500,"iss":"{{Issuer}}","version":2,"jti":"j",
        "client_id":"1h57kf5cpq17m0eml12EXAMPLE"}
        """;

    protected override string ForCalendar => Access(Issuer, "claude-app", "https://gateway.example.com/mcp/calendar/calendar:read", """ "aud":"https://gateway.example.com/mcp/calendar", """);

    protected override (string Subject, string Tenant, string? Client) Expected => ("a1b2", "example", "1h57kf5cpq17m0eml12EXAMPLE");

    protected override string[] ExpectedRoles => ["doctor"];

    protected override string[] ExpectedScopes => ["aws.cognito.signin.user.admin", "openid", "chat:write"];

    [Fact]
    public async Task A_token_for_a_resource_is_for_nothing_else()
    {
        // Its client is one of those that the API takes, but it says whom it is for.
        var token = Access(Issuer, "1h57kf5cpq17m0eml12EXAMPLE", "https://gateway.example.com/chat:write", """ "aud":"https://gateway.example.com/mcp/calendar", """);
        (await AuthenticateAsync(token)).Reason.ShouldBe("audience_wrong");
    }

    [Fact]
    public async Task A_token_for_the_api_opens_no_mcp_server() => (await AuthenticateForCalendarAsync(Person)).Reason.ShouldBe("audience_wrong");

    private static string Access(string issuer, string client, string scope, string audience = "") => $$"""
        {"sub":"a1b2","cognito:groups":["doctor"],"iss":"{{issuer}}","version":2,"client_id":"{{client}}","origin_jti":"o","event_id":"e","token_use":"access",{{audience}}
        "scope":"aws.cognito.signin.user.admin openid {{scope}}","auth_time":1795324500,"jti":"j","username":"alice"}
        """;
}
