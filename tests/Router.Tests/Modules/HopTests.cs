using GatewayStack.Contracts.Identity;
using GatewayStack.Router.Modules;
using GatewayStack.Router.Tests.Support;

namespace GatewayStack.Router.Tests.Modules;

/// <summary>How many calls to modules a request waits for, one after the other, and that each of them says for whom.</summary>
public sealed class HopTests
{
    [Theory]
    [InlineData("m", "hi", "inspect,decide,reserve")]
    [InlineData("m", "EMAIL", "inspect,decide,reserve")]
    [InlineData("redacted", "hi", "inspect,decide,reserve")]
    [InlineData("redacted", "EMAIL", "inspect,decide,apply,reserve")]
    public async Task The_common_path_waits_for_three_calls_and_for_four_with_edits(string model, string content, string hops)
    {
        await using var remote = await StartAsync();
        (await remote.AskAsync("alice")).Status.ShouldBe(200);
        var before = Hops(remote).Count;
        (await remote.AskAsync("alice", content, model)).Status.ShouldBe(200);
        string.Join(',', Hops(remote).Skip(before)).ShouldBe(hops);
    }

    [Fact]
    public async Task A_call_to_a_backend_waits_for_no_more_once_its_assertion_is_known()
    {
        await using var remote = await StartAsync();
        remote.Gateway.Identity.OnMint = request => Task.FromResult(new AssertionResult { Minted = true, Token = "t/" + request.Audience, ExpiresAt = remote.Time.GetUtcNow().AddMinutes(5) });
        foreach (var minted in new[] { 1, 1, 1 })
        {
            using var response = await remote.Gateway.SendAsync(HttpMethod.Get, "/backends/b/x");
            ((int)response.StatusCode).ShouldBe(200);
            remote.Gateway.Identity.Assertions.Count.ShouldBe(minted);
        }

        remote.Provider.Requests.ShouldAllBe(r => r.Headers["X-Gateway-Identity"] == "t/b");

        // It ends with less than half a minute left, and with the internal assertion that it was made for.
        remote.Time.Advance(TimeSpan.FromSeconds(271));
        using var later = await remote.Gateway.SendAsync(HttpMethod.Get, "/backends/b/x");
        remote.Gateway.Identity.Assertions.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_assertion_that_names_its_request_is_made_for_each()
    {
        await using var remote = await StartAsync(settings: ["Router:Backends:c:BaseUrl=http://127.0.0.1:9", "Router:Backends:c:CallerCredential=secret"]);
        remote.Gateway.Identity.OnMint = request => Task.FromResult(new AssertionResult { Minted = true, Token = "t", ExpiresAt = remote.Time.GetUtcNow().AddMinutes(5) });
        for (var i = 0; i < 2; i++)
        {
            using var response = await remote.Gateway.SendAsync(HttpMethod.Get, "/backends/c/x");
        }

        remote.Gateway.Identity.Assertions.Select(a => a.RequestId).Distinct().Count(id => id is not null).ShouldBe(2);
    }

    [Fact]
    public async Task Every_call_has_the_persons_assertion_with_it()
    {
        await using var remote = await StartAsync();
        (await remote.AskAsync("alice", "EMAIL", "redacted")).Status.ShouldBe(200);
        using var list = await remote.Gateway.SendAsync(HttpMethod.Get, "/v1/models");
        var settled = await remote.Gateway.Limits.SettledAsync(remote.Gateway.Limits.Reservations.Single().RequestId);
        var assertion = settled.Assertion;
        AssertionLife.EndOf(assertion).ShouldNotBeNull();
        remote.Gateway.Transform.Inspections.Single().Assertion.ShouldBe(assertion);
        remote.Gateway.Transform.Edits.Single().Assertion.ShouldBe(assertion);
        remote.Gateway.Policy.Questions.Count.ShouldBe(3);
        remote.Gateway.Policy.Questions.ShouldAllBe(q => q.Assertion == assertion);
        remote.Gateway.Limits.Reservations.Single().Assertion.ShouldBe(assertion);
    }

    [Fact]
    public async Task Who_is_behind_a_token_is_asked_again_after_seconds()
    {
        await using var remote = await StartAsync();
        foreach (var (seconds, asked) in new[] { (0, 1), (4, 1), (1, 2), (0, 2) })
        {
            remote.Time.Advance(TimeSpan.FromSeconds(seconds));
            (await remote.AskAsync("alice")).Status.ShouldBe(200);
            remote.Calls("identify").ShouldBe(asked);
        }

        (await remote.AskAsync("nora")).Status.ShouldBe(200);
        remote.Calls("identify").ShouldBe(3);
    }

    [Theory]
    [InlineData("token", 3)]
    [InlineData("assertion", 33)]
    [InlineData("issuer", 3)]
    public async Task An_answer_is_not_used_past_the_end_of_the_token_or_of_the_assertion_or_of_what_the_issuer_said(string what, int seconds)
    {
        await using var remote = await StartAsync(token: what == "token" ? seconds : null, assertion: what == "assertion" ? seconds : 300, accepted: what == "issuer" ? seconds : null);
        foreach (var (later, asked) in new[] { (0, 1), (2, 1), (1, 2) })
        {
            remote.Time.Advance(TimeSpan.FromSeconds(later));
            (await remote.AskAsync("alice")).Status.ShouldBe(200);
            remote.Calls("identify").ShouldBe(asked);
        }
    }

    [Theory]
    [InlineData("stranger", 401)]
    [InlineData("child:req_1", 200)]
    public async Task Refusals_and_what_is_for_one_request_are_always_asked(string token, int status)
    {
        await using var remote = await StartAsync();
        for (var asked = 1; asked <= 3; asked++)
        {
            (await remote.AskAsync(token)).Status.ShouldBe(status);
            remote.Calls("identify").ShouldBe(asked);
        }
    }

    [Fact]
    public async Task An_assertion_without_a_readable_end_is_not_kept()
    {
        await using var remote = await RemoteGateway.StartAsync();
        (await remote.AskAsync("alice")).Status.ShouldBe(200);
        (await remote.AskAsync("alice")).Status.ShouldBe(200);
        remote.Calls("identify").ShouldBe(2);
    }

    [Fact]
    public async Task Zero_seconds_ask_every_time()
    {
        await using var remote = await StartAsync(settings: "Router:IdentityCacheSeconds=0");
        (await remote.AskAsync("alice")).Status.ShouldBe(200);
        (await remote.AskAsync("alice")).Status.ShouldBe(200);
        remote.Calls("identify").ShouldBe(2);
    }

    private static async Task<RemoteGateway> StartAsync(int? token = null, int assertion = 300, int? accepted = null, params string[] settings)
    {
        var remote = await RemoteGateway.StartAsync(settings);
        var (tokenEnd, assertionEnd) = (remote.Time.GetUtcNow().AddSeconds(token ?? 3600), remote.Time.GetUtcNow().AddSeconds(assertion));
        DateTimeOffset? acceptedUntil = accepted is { } s ? remote.Time.GetUtcNow().AddSeconds(s) : null;
        remote.Gateway.Identity.OnAuthenticate = (request, _) =>
        {
            var known = IdentityDouble.Known(request);
            var answer = known with { ExpiresAt = tokenEnd, AcceptedUntil = acceptedUntil };
            return Task.FromResult(known.Identity is null ? known : answer with { InternalAssertion = IdentityDouble.Internal(known.Identity.UserId, assertionEnd) });
        };
        return remote;
    }

    private static List<string> Hops(RemoteGateway remote) => [.. remote.Gateway.Journal.Lines.Where(l => l is "identify" or "inspect" or "decide" or "apply" or "reserve")];
}
