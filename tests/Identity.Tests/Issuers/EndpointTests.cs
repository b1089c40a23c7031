using System.Text.Json.Nodes;
using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Issuers;
using GatewayStack.Identity.Settings;
using GatewayStack.Identity.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace GatewayStack.Identity.Tests.Issuers;

/// <summary>Where an issuer is asked is found out once, and what is known of its tokens outlives a reload that changes nothing there.</summary>
public sealed class EndpointTests : IAsyncLifetime
{
    private TestIssuer _issuer = null!;

    public async ValueTask InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync();
        _issuer.TokenAnswer = (context, form) =>
        {
            if (form["subject_token"].ToString().StartsWith("made-up", StringComparison.Ordinal))
            {
                context.Response.StatusCode = 500;
                return Task.CompletedTask;
            }

            return context.Response.WriteAsync(new JsonObject { ["access_token"] = _issuer.Token().Build(), ["token_type"] = "Bearer" }.ToJsonString());
        };
    }

    public async ValueTask DisposeAsync() => await _issuer.DisposeAsync();

    [Fact]
    public async Task Many_at_once_fetch_the_document_once_and_strangers_failures_do_not_have_it_fetched_again()
    {
        await using var identity = IdentityUnderTest.For(Options());
        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => identity.AuthenticateAsync("held-" + i)));
        var fetched = _issuer.DiscoveryFetches;
        for (var i = 0; i < 4; i++)
        {
            (await identity.AuthenticateAsync("made-up-" + i)).Status.ShouldBe(AuthenticationStatus.Unavailable);
        }

        (await identity.AuthenticateAsync("held-new")).Status.ShouldBe(AuthenticationStatus.Authenticated);

        // One for the endpoints and one for the keys.
        (fetched, _issuer.DiscoveryFetches).ShouldBe((2, 2));
    }

    [Fact]
    public async Task One_that_is_old_is_fetched_again_and_used_where_it_cannot_be()
    {
        await using var identity = IdentityUnderTest.For(Options());
        await identity.AuthenticateAsync("held");
        identity.Clock.Advance(TimeSpan.FromMinutes(10));
        _issuer.DiscoveryAnswer = context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        var before = _issuer.Posted.Count;
        await identity.AuthenticateAsync("held-again");
        _issuer.Posted.Count.ShouldBe(before + 1);
    }

    [Fact]
    public async Task A_reload_that_changes_nothing_makes_nobody_a_stranger_and_one_that_does_asks_again()
    {
        using var folder = new TestFolder();
        var source = new ChangingSource(folder.Path) { Options = new IdentityOptions { PublicUrl = IdentityUnderTest.PublicUrl, Issuers = [Options()] } };
        await using var identity = new IdentityUnderTest(source.Options, more: services => services.AddSingleton<IIdentitySettingsSource>(source));
        (await identity.AuthenticateAsync("held")).Status.ShouldBe(AuthenticationStatus.Authenticated);
        source.Options = source.Options with { Issuers = [Options()], Clients = [new ClientOptions { Id = "cli", Name = "The CLI" }] };
        identity.Get<IssuerRegistry>().Reload().ShouldBeEmpty();
        (await identity.AuthenticateAsync("held")).Identity!.ClientName.ShouldBe("The CLI");
        _issuer.Posted.Count.ShouldBe(1);

        source.Options = source.Options with { Issuers = [Options() with { Exchange = new ExchangeOptions { Audience = "another" } }] };
        identity.Get<IssuerRegistry>().Reload().ShouldBeEmpty();
        (await identity.AuthenticateAsync("held")).Status.ShouldBe(AuthenticationStatus.Authenticated);
        _issuer.Posted.Select(p => p.Form["audience"].ToString()).ShouldBe(["gateway", "another"]);
    }

    private IssuerOptions Options() => _issuer.Options() with
    {
        Client = new IssuerClientOptions { Id = "gateway", Secret = "the-secret" },
        Exchange = new ExchangeOptions { Audience = "gateway" },
    };

    private sealed class ChangingSource(string folder) : IIdentitySettingsSource
    {
        public required IdentityOptions Options { get; set; }

        public IdentitySettings Read() => new FixedSettingsSource(Options, folder, null).Read();

        public void Refresh()
        {
        }

        public IChangeToken? GetChangeToken() => null;
    }
}
