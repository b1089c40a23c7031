namespace GatewayStack.Identity.Tests.Providers;

/// <summary>Keycloak: the payload says <c>typ: Bearer</c>, roles are nested. What a real one issued is judged in <c>RecordedTokenTests</c>.</summary>
public sealed class KeycloakTests : ProviderSuite
{
    protected override string Sample => "keycloak";

    protected override string Person => Access("\"gatewaystack\"", "mercy");

    protected override string IdToken => """
        {"jti":"j","iss":"https://sso.example.com/realms/staff","aud":"gatewaystack","sub":"98edf99a","typ":"ID","azp":"app-1","sid":"s-1","at_hash":"h","acr":"1","org_id":"mercy"}
        """;

    protected override string OtherApp => Access("\"account\"", "mercy");

    protected override string OtherTenant => Access("\"gatewaystack\"", "another");

    protected override string Program => """
        {"jti":"trrtcc:j","iss":"https://sso.example.com/realms/staff","aud":["gatewaystack","account"],"sub":"5ac0","typ":"Bearer","azp":"batch","acr":"1","realm_access":{"roles":["batch"]},
        "scope":"chat:write","clientHost":"127.0.0.1","preferred_username":"service-account-batch","clientAddress":"127.0.0.1","client_id":"batch","org_id":"mercy"}
        """;

    protected override string ForCalendar => Access("[\"https://gateway.example.com/mcp/calendar\",\"account\"]", "mercy");

    protected override (string Subject, string Tenant, string? Client) Expected => ("98edf99a", "mercy", "app-1");

    protected override string[] ExpectedRoles => ["doctor", "offline_access"];

    protected override string[] ExpectedScopes => ["openid", "chat:write", "calendar:read"];

    [Fact]
    public async Task A_refresh_token_is_refused() =>
        (await AuthenticateAsync(Person.Replace("\"Bearer\"", "\"Refresh\"", StringComparison.Ordinal))).Reason.ShouldBe("not_an_access_token");

    private static string Access(string audience, string organization) => $$$"""
        {"jti":"onrtac:j","iss":"https://sso.example.com/realms/staff","aud":{{{audience}}},"sub":"98edf99a","typ":"Bearer","azp":"app-1","sid":"s-1","acr":"1",
        "allowed-origins":["https://app.example.com"],"realm_access":{"roles":["doctor","offline_access"]},"resource_access":{"account":{"roles":["view-profile"]}},
        "scope":"openid chat:write calendar:read","name":"Alice Smith","org_id":"{{{organization}}}"}
        """;
}
