using System.Text.Json.Nodes;
using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Issuers;
using GatewayStack.Identity.Tests.Providers;
using GatewayStack.Identity.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Identity.Tests.Keycloak;

/// <summary>What a real Keycloak issued, judged at the time it did.</summary>
public sealed class RecordedTokenTests : IAsyncLifetime
{
    private const string Issuer = "http://127.0.0.1:38080/realms/gatewaystack";

    private TestIssuer _keys = null!;
    private IdentityUnderTest _identity = null!;

    public async ValueTask InitializeAsync()
    {
        _keys = await TestIssuer.StartAsync();
        _keys.KeySetAnswer = context => context.Response.WriteAsync(Read("jwks"));
        _identity = IdentityUnderTest.For(new IssuerOptions { Name = "keycloak", Issuer = Issuer, Audiences = ["gatewaystack"], JwksUri = _keys.Url + "/jwks", Tenant = "mercy" });
    }

    public async ValueTask DisposeAsync()
    {
        await _identity.DisposeAsync();
        await _keys.DisposeAsync();
    }

    [Fact]
    public async Task Alices_access_token_makes_a_doctor()
    {
        var result = await _identity.AuthenticateAsync(Token("alice", "access_token"));

        result.Status.ShouldBe(AuthenticationStatus.Authenticated);
        var alice = result.Identity.ShouldNotBeNull();
        alice.PersonId.ShouldBe("20u5kw91vf_5eNKT4uCJNZE3AnqC0vV8r89jj399VsU");
        alice.UserId.ShouldBe("98edf99a-adcd-49bb-a049-da4c7915650d");
        alice.Roles.ShouldContain("doctor");
        alice.Scopes.ShouldBe(["openid", "chat:write", "calendar:read", "medical:write"]);
        (alice.Tenant, alice.OrgId, alice.ClientId, alice.Kind, alice.SessionId).ShouldBe(("mercy", "mercy", "gatewaystack-cli", IdentityKind.Person, "xP_Nc84Bt-5BFpUqvoCbLMIm"));
        result.ExpiresAt.ShouldBe(DateTimeOffset.FromUnixTimeSeconds(1795325157));
    }

    [Fact]
    public async Task The_settings_of_the_page_fit_the_recorded_realm()
    {
        var page = ProviderSettings.Read("keycloak", _keys);
        await using var identity = new IdentityUnderTest(page with { Issuers = [page.Issuers[0] with { Issuer = Issuer }] });
        var alice = (await identity.AuthenticateAsync(Token("alice", "access_token"))).Identity.ShouldNotBeNull();
        (alice.Tenant, alice.ClientId).ShouldBe(("mercy", "gatewaystack-cli"));
        alice.Roles.ShouldContain("doctor");
        (await identity.AuthenticateAsync(Token("alice", "id_token"))).Identity.ShouldBeNull();
    }

    [Fact]
    public async Task Noras_access_token_makes_a_nurse()
    {
        var nora = (await _identity.AuthenticateAsync(Token("nora", "access_token"))).Identity.ShouldNotBeNull();
        nora.Roles.ShouldContain("nurse");
        nora.Scopes.ShouldNotContain("medical:write");
    }

    [Theory]
    [InlineData("alice")]
    [InlineData("nora")]
    public async Task An_id_token_is_no_access_token(string person)
    {
        // With its audience accepted, the audience is not what refuses it.
        await using var identity = IdentityUnderTest.For(new IssuerOptions { Name = "keycloak", Issuer = Issuer, Audiences = ["gatewaystack-cli"], JwksUri = _keys.Url + "/jwks" });
        (await identity.AuthenticateAsync(Token(person, "id_token"))).Reason.ShouldBe("not_an_access_token");
    }

    [Fact]
    public async Task The_token_ends_when_it_says()
    {
        _identity.Clock.SetUtcNow(DateTimeOffset.FromUnixTimeSeconds(1795325157 + 30));
        (await _identity.AuthenticateAsync(Token("alice", "access_token"))).Reason.ShouldBe("token_expired");
    }

    [Fact]
    public void The_key_for_encryption_is_not_among_the_keys()
    {
        var keys = KeySetParser.Parse(File.ReadAllBytes(PathOf("jwks"))).ShouldNotBeNull();
        keys.Keys.Select(key => key.KeyId).ShouldBe(["8QPgv7_dA71K_euBxANdIOUdq5YX_vGk5JaK8SFKcSc"]);
    }

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Keycloak", $"recorded-{name}.json");

    private static string Read(string name) => File.ReadAllText(PathOf(name));

    private static string Token(string person, string kind) => JsonNode.Parse(Read(person))![kind]!.GetValue<string>();
}
