using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Settings;
using GatewayStack.Identity.Standings;
using GatewayStack.Identity.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace GatewayStack.Identity.Tests.Standings;

/// <summary>Measures in an app of somebody's own, over a real socket, without the gateway.</summary>
public sealed class StandingAloneTests : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private TestIssuer _issuer = null!;
    private WebApplication _app = null!;
    private HttpClient _client = null!;
    private FakeTimeProvider _clock = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _issuer.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Who_is_blocked_is_out_though_the_token_was_good_a_moment_ago_and_the_others_are_not()
    {
        (await AskAsync("/whoami", "nora")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var id = await BlockAsync("""{"subject":{"user":"nora","tenant":"default"},"reason":"a lost laptop","minutes":60}""");
        using var refused = await AskAsync("/whoami", "nora");
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var problem = (await refused.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!;
        ((string?)problem["code"], (string?)problem["detail"]).ShouldBe(("access_blocked", "Access was ended until 2026-11-22 06:16 UTC: a lost laptop"));
        (await AskAsync("/open", "nora")).StatusCode.ShouldBe(HttpStatusCode.OK, "it is open to everybody");
        (await AskAsync("/whoami", "alice")).StatusCode.ShouldBe(HttpStatusCode.OK);

        // What is stored outlives the app.
        await StopAsync();
        await StartAsync();
        (await AskAsync("/whoami", "nora")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var end = new HttpRequestMessage(HttpMethod.Delete, $"/admin/identity/standings/{id}") { Content = Json("""{"reason":"found it"}""") };
        (await SendAsync(end, "root", "admin:standing")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await AskAsync("/whoami", "nora")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Administration_is_for_those_with_the_scope()
    {
        foreach (var (method, path) in ((string, string)[])[("GET", "/admin/identity/standings"), ("POST", "/admin/identity/standings"), ("DELETE", "/admin/identity/standings/x")])
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = method == "GET" ? null : Json("""{"reason":"r"}""") };
            using var refused = await SendAsync(request, "nora", "chat:write admin:identity");
            refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            ((string?)(await refused.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["code"]).ShouldBe("insufficient_scope");
            (await _client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), Cancellation)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task A_sign_out_at_the_issuer_is_one_here()
    {
        (await AskAsync("/whoami", "nora", "s-1")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var token = new TokenBuilder(_issuer.Key).Header("typ", "logout+jwt").Claim("iss", _issuer.Url).Claim("aud", "web").Claim("jti", "1").Claim("sid", "s-1")
            .Claim("iat", TestClock.Start.ToUnixTimeSeconds()).Claim("exp", TestClock.Start.ToUnixTimeSeconds() + 120)
            .Claim("events", new JsonObject { ["http://schemas.openid.net/event/backchannel-logout"] = new JsonObject() }).Build();
        using var form = new FormUrlEncodedContent([new("logout_token", token)]);
        using var answer = await _client.PostAsync(new Uri("/identity/backchannel-logout/idp", UriKind.Relative), form, Cancellation);
        (answer.StatusCode, answer.Headers.CacheControl?.NoStore).ShouldBe((HttpStatusCode.OK, true));
        (await AskAsync("/whoami", "nora", "s-1")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await AskAsync("/whoami", "nora", "s-2")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_damaged_file_stops_the_app_and_says_which()
    {
        await StopAsync();
        var file = Path.Combine(_folder.Identity, "standings.json");
        await File.WriteAllTextAsync(file, "{half", Cancellation);
        var error = await Should.ThrowAsync<IdentitySettingsException>(() => StartAsync());
        error.Message.ShouldContain(file);
        File.Delete(file);
        await StartAsync();
    }

    [Fact]
    public async Task What_cannot_be_stored_is_not_taken_and_says_so()
    {
        const string Body = """{"subject":{"user":"nora","tenant":"default"},"reason":"r","minutes":60}""";
        // Nothing can be written over a folder.
        var draft = Directory.CreateDirectory(Path.Combine(_folder.Identity, "standings.json.new"));
        using (var request = new HttpRequestMessage(HttpMethod.Post, "/admin/identity/standings") { Content = Json(Body) })
        {
            using var answer = await SendAsync(request, "root", "admin:standing");
            (answer.StatusCode, answer.Headers.RetryAfter?.Delta).ShouldBe((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(1)));
            (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldNotContain(_folder.Path);
        }

        (await AskAsync("/whoami", "nora")).StatusCode.ShouldBe(HttpStatusCode.OK);
        draft.Delete();
        await BlockAsync(Body);
        (await AskAsync("/whoami", "nora")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task While_it_has_not_been_found_out_for_long_who_is_cut_off_nobody_is_let_in()
    {
        await StopAsync();
        var store = new AwayStore();
        await StartAsync(services => services.AddSingleton<IStandingStore>(store));
        (await AskAsync("/whoami", "nora")).StatusCode.ShouldBe(HttpStatusCode.OK);
        store.Away = true;
        _clock.Advance(TimeSpan.FromSeconds(9));
        (await AskAsync("/whoami", "nora")).StatusCode.ShouldBe(HttpStatusCode.OK);
        _clock.Advance(TimeSpan.FromSeconds(2));
        using (var refused = await AskAsync("/whoami", "nora"))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            ((string?)(await refused.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["code"]).ShouldBe("gateway_unavailable");
        }

        (await AskAsync("/open", "nora")).StatusCode.ShouldBe(HttpStatusCode.OK);
        store.Away = false;
        (await AskAsync("/whoami", "nora")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task StartAsync(Action<IServiceCollection>? more = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(_clock = TestClock.Create());
        builder.Services.AddGatewayIdentity(new IdentityOptions { Issuers = [_issuer.Options() with { LogoutClientIds = ["web"] }] }, _folder.Path);
        more?.Invoke(builder.Services);
        _app = builder.Build();
        _app.UseRouting();
        _app.UseGatewayIdentity();
        _app.MapGet("/whoami", (HttpContext context) => ((GatewayPrincipal)context.User).Caller.UserId);
        _app.MapGet("/open", () => "open").AllowAnonymous();
        _app.MapGatewayStandings();
        await _app.StartAsync(Cancellation);
        _client = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
    }

    private async Task StopAsync()
    {
        _client.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    private async Task<string> BlockAsync(string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/admin/identity/standings") { Content = Json(body) };
        using var answer = await SendAsync(request, "root", "admin:standing");
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        return (string)(await answer.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!["id"]!;
    }

    private async Task<HttpResponseMessage> AskAsync(string path, string user, string? session = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync(request, user, "chat:write", session);
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string user, string scope, string? session = null)
    {
        var token = _issuer.Token(user).Claim("scope", scope);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + (session is null ? token : token.Claim("sid", session)).Build());
        return _client.SendAsync(request, Cancellation);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    /// <summary>An empty store that can be away.</summary>
    private sealed class AwayStore : IStandingStore
    {
        public bool Away { get; set; }

        public Task<StandingReading> ReadAsync(long known, CancellationToken cancellationToken) =>
            Away ? throw new IOException("away") : Task.FromResult(new StandingReading(known == 1 ? null : new StandingState(1, [])));

        public Task<StandingAddition> AddAsync(StoredMeasure measure, StandingBounds bounds, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<(StoredMeasure Measure, bool Now)?> EndAsync(string id, StandingEnding ending, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ImmutableArray<StoredMeasure>> EndDueAsync(DateTimeOffset now, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ImmutableArray<StoredMeasure>> ListAsync(StandingQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<int> PruneAsync(DateTimeOffset endedBefore, CancellationToken cancellationToken) => Task.FromResult(0);
    }
}
