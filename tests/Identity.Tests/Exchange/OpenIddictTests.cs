using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace GatewayStack.Identity.Tests.Exchange;

/// <summary>Introspection and token exchange at a server that others wrote.</summary>
public sealed class OpenIddictTests
{
    [Fact]
    public async Task A_token_that_only_the_issuer_can_read_is_asked_about()
    {
        await using var issuer = await OpenIddictIssuer.StartAsync(encrypted: true);
        await using var identity = new IdentityUnderTest(
            new IdentityOptions { Issuers = [issuer.Options() with { Introspection = new IntrospectionOptions() }] }, more: OwnClock);
        var token = await issuer.SignInAsync("alice");
        token.Split('.').Length.ShouldBe(5);

        var result = await identity.AuthenticateAsync(token);
        result.Reason.ShouldBeNull();
        var caller = result.Identity.ShouldNotBeNull();
        (caller.Subject, caller.ClientId).ShouldBe(("alice", OpenIddictIssuer.ClientId));
        caller.Scopes.ShouldBe(["chat:write"]);

        (await identity.AuthenticateAsync(token[..^5] + "AAAAA")).Reason.ShouldBe("token_inactive");
        (await identity.AuthenticateAsync(await issuer.SignInAsync("alice", "clinic"))).Reason.ShouldBe("audience_wrong");
    }

    [Fact]
    public async Task A_wrong_secret_is_our_fault_and_lets_nobody_in()
    {
        await using var issuer = await OpenIddictIssuer.StartAsync(encrypted: true);
        var options = issuer.Options() with { Introspection = new IntrospectionOptions(), Client = new IssuerClientOptions { Id = OpenIddictIssuer.ClientId, Secret = "wrong" } };
        await using var identity = new IdentityUnderTest(new IdentityOptions { Issuers = [options] }, more: OwnClock);
        (await identity.AuthenticateAsync(await issuer.SignInAsync("alice"))).Status.ShouldBe(AuthenticationStatus.Unavailable);
    }

    [Fact]
    public async Task Two_people_get_their_own_tokens_for_two_upstreams()
    {
        await using var issuer = await OpenIddictIssuer.StartAsync(encrypted: false);
        await using var identity = new IdentityUnderTest(new IdentityOptions { Issuers = [issuer.Options()] }, more: OwnClock);
        // The upstream's own eyes: a module that takes tokens for the upstream.
        await using var calendar = new IdentityUnderTest(new IdentityOptions { Issuers = [issuer.Options() with { Audiences = ["calendar"] }] }, more: OwnClock);
        var people = new Dictionary<string, string>(StringComparer.Ordinal) { ["alice"] = await issuer.SignInAsync("alice"), ["nora"] = await issuer.SignInAsync("nora") };

        await Parallel.ForEachAsync(Enumerable.Range(0, 40), TestContext.Current.CancellationToken, async (i, _) =>
        {
            var person = i % 2 == 0 ? "alice" : "nora";
            var result = await ExchangeAsync(identity, people[person], "calendar");
            result.Reason.ShouldBeNull();
            result.Token.ShouldNotBe(people[person]);
            (await calendar.AuthenticateAsync(result.Token!)).Identity!.Subject.ShouldBe(person);
            (await identity.AuthenticateAsync(result.Token!)).Reason.ShouldBe("audience_wrong");
        });

        (await ExchangeAsync(identity, people["nora"], "clinic")).Status.ShouldBe(UpstreamTokenStatus.InteractionRequired);
        (await ExchangeAsync(identity, people["alice"], "clinic")).Status.ShouldBe(UpstreamTokenStatus.Issued);
        (await ExchangeAsync(identity, people["alice"], "nobody")).Status.ShouldBe(UpstreamTokenStatus.Refused);
    }

    private static async Task<UpstreamTokenResult> ExchangeAsync(IdentityUnderTest identity, string token, string audience)
    {
        var authenticated = await identity.AuthenticateAsync(token);
        var request = new UpstreamTokenRequest
        {
            InternalAssertion = authenticated.InternalAssertion.ShouldNotBeNull(),
            Credentials = [new PresentedCredential { Carrier = CredentialCarrier.AuthorizationBearer, Value = token }],
            IssuerName = "openiddict",
            Audience = audience,
        };
        return await identity.Module.ExchangeTokenAsync(request, TestContext.Current.CancellationToken);
    }

    // The server has the machine's clock, so the module has it, too.
    private static void OwnClock(IServiceCollection services) => services.AddSingleton(TimeProvider.System);
}
