using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Tests.Support;

namespace GatewayStack.Identity.Tests.Providers;

/// <summary>Google: access tokens are opaque, so ID tokens are all there is to verify; they are taken because the settings say so.</summary>
public sealed class GoogleTests : IAsyncLifetime
{
    private const string IdToken = """
        {"iss":"https://accounts.google.com","azp":"407408718192-ios.apps.googleusercontent.com","aud":"407408718192-web.apps.googleusercontent.com","sub":"110169484474386276334",
        "hd":"example.com","email":"alice@example.com","email_verified":true,"at_hash":"h","nonce":"n","name":"Alice Smith"}
        """;

    private TestIssuer _keys = null!;
    private IdentityOptions _options = null!;

    public async ValueTask InitializeAsync()
    {
        _keys = await TestIssuer.StartAsync();
        _options = ProviderSettings.Read("google", _keys);
    }

    public async ValueTask DisposeAsync() => await _keys.DisposeAsync();

    [Fact]
    public async Task An_id_token_says_who_and_the_settings_say_what()
    {
        var caller = (await AuthenticateAsync(IdToken)).Identity.ShouldNotBeNull();
        (caller.Subject, caller.Tenant, caller.ClientId, caller.Kind).ShouldBe(("110169484474386276334", "example.com", "407408718192-ios.apps.googleusercontent.com", IdentityKind.Person));
        caller.Scopes.ShouldBe(["chat:write"]);
    }

    [Fact]
    public async Task What_an_id_token_claims_to_grant_counts_for_nothing()
    {
        var caller = (await AuthenticateAsync(IdToken.Replace("\"hd\"", "\"scope\":\"medical:write admin:policy\",\"hd\"", StringComparison.Ordinal))).Identity.ShouldNotBeNull();
        caller.Scopes.ShouldBe(["chat:write"]);
    }

    [Fact]
    public async Task Without_the_switch_it_is_refused()
    {
        _options = _options with { Issuers = [_options.Issuers[0] with { AcceptIdTokens = false, IdTokenScopes = [] }] };
        (await AuthenticateAsync(IdToken)).Reason.ShouldBe("not_an_access_token");
    }

    [Fact]
    public async Task It_opens_no_mcp_server()
    {
        await using var identity = new IdentityUnderTest(_options);
        var token = ProviderSettings.Sign(_keys, IdToken, "JWT");
        (await identity.AuthenticateForAsync(token, "407408718192-web.apps.googleusercontent.com")).Reason.ShouldBe("id_token_for_resource");
    }

    [Fact]
    public async Task One_for_another_app_is_refused() =>
        (await AuthenticateAsync(IdToken.Replace("-web.", "-other.", StringComparison.Ordinal))).Reason.ShouldBe("audience_wrong");

    [Theory]
    [InlineData("\"hd\":\"other.example\"")]
    [InlineData("\"x\":0")]
    public async Task Another_organisation_and_a_private_account_are_refused(string organization) =>
        (await AuthenticateAsync(IdToken.Replace("\"hd\":\"example.com\"", organization, StringComparison.Ordinal))).Status.ShouldBe(AuthenticationStatus.TenantRefused);

    [Theory]
    [InlineData("\"events\":{\"http://schemas.openid.net/event/backchannel-logout\":{}}", "not_an_access_token")]
    [InlineData("\"cnf\":{\"jkt\":\"x\"}", "sender_constrained")]
    [InlineData("\"typ\":\"Refresh\"", "not_an_access_token")]
    public async Task The_switch_is_for_id_tokens_alone(string member, string reason) =>
        (await AuthenticateAsync(IdToken.Replace("\"hd\"", member + ",\"hd\"", StringComparison.Ordinal))).Reason.ShouldBe(reason);

    [Fact]
    public async Task An_access_token_is_opaque_and_refused()
    {
        await using var identity = new IdentityUnderTest(_options);
        (await identity.AuthenticateAsync("ya29.a0AfH6SMBx-notajwt")).Status.ShouldBe(AuthenticationStatus.Invalid);
    }

    private async Task<AuthenticationResult> AuthenticateAsync(string payload)
    {
        await using var identity = new IdentityUnderTest(_options);
        return await identity.AuthenticateAsync(ProviderSettings.Sign(_keys, payload, "JWT"));
    }
}
