using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.Identity.Tests.Providers;

/// <summary>One person through three apps: ChatGPT, Claude and the hospital's own app are told apart by nothing but their client.</summary>
public sealed class SurfacesTests : IAsyncLifetime
{
    private TestIssuer _issuer = null!;
    private IdentityUnderTest _identity = null!;

    public async ValueTask InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync();
        var clients = ProviderSettings.Read("clients").GetSection("Identity").Get<IdentityOptions>()!.Clients;
        _identity = new IdentityUnderTest(new IdentityOptions { Issuers = [_issuer.Options()], Clients = clients });
    }

    public async ValueTask DisposeAsync()
    {
        await _identity.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task The_same_person_through_three_apps()
    {
        (string Id, string Name)[] apps =
        [
            ("https://chatgpt.com/oauth/calendar/client.json", "ChatGPT"),
            ("https://claude.ai/oauth/mcp-oauth-client-metadata", "Claude"),
            ("clinic-ios", "Clinic for iOS"),
        ];
        var callers = new List<CallerIdentity>();
        foreach (var (id, name) in apps)
        {
            var caller = (await _identity.AuthenticateAsync(_issuer.Token().Claim("client_id", id).Claim("roles", "doctor").Build())).Identity.ShouldNotBeNull();
            (caller.ClientId, caller.ClientName).ShouldBe((id, name));
            callers.Add(caller with { ClientId = null, ClientName = null, Roles = [], Scopes = [], Attributes = [] });
        }

        callers.Distinct().ShouldHaveSingleItem();
    }
}
