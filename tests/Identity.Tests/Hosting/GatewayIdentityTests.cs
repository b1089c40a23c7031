using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Settings;
using GatewayStack.Identity.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Identity.Tests.Hosting;

/// <summary>The module in an app of somebody's own, over a real socket, and its handlers as a front door maps them.</summary>
public sealed class GatewayIdentityTests : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private readonly RecordingEventLog _events = new();
    private readonly Dictionary<string, string?> _settings = new(StringComparer.Ordinal);
    private TestIssuer _issuer = null!;
    private WebApplication _app = null!;
    private HttpClient _client = null!;

    private CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Origin => _app.Urls.First();

    public async ValueTask InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync();
        _settings["Data:Path"] = _folder.Path;
        _settings["Identity:Issuers:0:Name"] = "idp";
        _settings["Identity:Issuers:0:Issuer"] = _issuer.Url;
        _settings["Identity:Issuers:0:Audiences:0"] = "gateway";
        _settings["Identity:ScopesSupported:0"] = "chat:write";
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(_settings);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(TestClock.Create());
        builder.Services.AddSingleton<IEventLog>(_events);
        builder.AddIdentityModule().AddIdentityModule();
        _app = builder.Build();
        _app.UseRouting();
        _app.UseGatewayIdentity();
        _app.MapGet("/whoami", (HttpContext context) => ((GatewayPrincipal)context.User).Caller.UserId);
        _app.MapGet("/open", () => "open").AllowAnonymous();
        foreach (var (pattern, route) in ((string, string)[])[("/admin/identity", "admin.identity"), ("/admin/identity/reload", "admin.identity.reload"), ("/admin/identity/keys/rotate", "admin.identity.rotate")])
        {
            _app.Map(pattern, _app.Services.GetRequiredKeyedService<RequestDelegate>(route));
        }

        await _app.StartAsync(Cancellation);
        _client = new HttpClient { BaseAddress = new Uri(Origin) };
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _issuer.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("bearer")]
    [InlineData("BEARER")]
    public async Task A_good_token_passes(string scheme)
    {
        var response = await Get("/whoami", $"{scheme} {_issuer.Token().Build()}");
        (await response.Content.ReadAsStringAsync(Cancellation)).ShouldBe("alice");
    }

    [Fact]
    public async Task Without_a_token_the_challenge_says_where_to_get_one()
    {
        var response = await Get("/whoami", null);
        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.ToString().ShouldBe($"Bearer resource_metadata=\"{Origin}/.well-known/oauth-protected-resource\"");
    }

    [Fact]
    public async Task A_bad_token_is_called_bad_and_no_more_is_said()
    {
        var response = await Get("/whoami", "Bearer " + _issuer.Token().Claim("aud", "other").Build());
        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.ToString().ShouldEndWith(", error=\"invalid_token\"");
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await response.Content.ReadAsStringAsync(Cancellation)).ShouldNotContain("aud");
    }

    [Fact]
    public async Task A_providers_key_is_told_what_to_do()
    {
        var response = await Get("/whoami", "Bearer sk-proj-0123456789");
        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await response.Content.ReadAsStringAsync(Cancellation)).ShouldContain("access token of your own sign-in");
    }

    [Fact]
    public async Task Two_tokens_are_a_bad_request()
    {
        // By hand: the client would join the two lines into one.
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, new Uri(Origin).Port, Cancellation);
        await using var stream = socket.GetStream();
        var lines = $"GET /whoami HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {_issuer.Token().Build()}\r\nAuthorization: Bearer {_issuer.Token("bob").Build()}\r\nConnection: close\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(lines), Cancellation);
        using var reader = new StreamReader(stream);
        (await reader.ReadLineAsync(Cancellation)).ShouldBe("HTTP/1.1 400 Bad Request");
    }

    [Fact]
    public async Task A_token_in_the_query_is_none() => (await Get("/whoami?access_token=" + _issuer.Token().Build(), null)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

    [Fact]
    public async Task An_open_endpoint_stays_open() => (await Get("/open", null)).StatusCode.ShouldBe(HttpStatusCode.OK);

    [Fact]
    public async Task The_resource_metadata_never_follows_the_host_header()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/.well-known/oauth-protected-resource");
        request.Headers.Host = "evil.example";
        var response = await _client.SendAsync(request, Cancellation);
        response.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
        response.Headers.CacheControl!.Public.ShouldBeTrue();
        (await response.Content.ReadAsStringAsync(Cancellation)).ShouldBe(
            $$"""{"resource":"{{Origin}}","authorization_servers":["{{_issuer.Url}}"],"bearer_methods_supported":["header"],"scopes_supported":["chat:write"]}""");
    }

    [Fact]
    public async Task The_key_set_holds_two_public_keys_and_nothing_private()
    {
        var keys = JsonNode.Parse(await _client.GetStringAsync("/.well-known/jwks.json", Cancellation))!["keys"]!.AsArray();
        keys.Count.ShouldBe(2);
        foreach (var key in keys)
        {
            key!.AsObject().Select(member => member.Key).ShouldBe(["kty", "crv", "x", "y", "kid", "use", "alg"]);
        }
    }

    [Fact]
    public async Task An_administrator_sees_everything_but_secrets()
    {
        var text = await (await Get("/admin/identity", Admin())).Content.ReadAsStringAsync(Cancellation);
        var state = JsonNode.Parse(text)!;
        state["issuers"]![0]!["key_ids"]!.AsArray().Select(id => id!.GetValue<string>()).ShouldBe(["rsa-1", "ec-1"]);
        state["signing_keys"]!.AsArray().Select(key => key!["state"]!.GetValue<string>()).ShouldBe(["current", "next"]);
        text.ShouldNotContain("private");
        text.ShouldNotContain("secret");
    }

    [Fact]
    public async Task A_rotation_needs_a_reason_and_is_an_event()
    {
        (await Post("/admin/identity/keys/rotate", "{}")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Post("/admin/identity/keys/rotate", """{"reason":" "}""")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Post("/admin/identity/keys/rotate", "{\"reason\":\"" + new string('x', 501) + "\"}")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Post("/admin/identity/keys/rotate", """{"reason":"a","reason":"b"}""")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Post("/admin/identity/keys/rotate", """{"reason":"a"}""", "text/plain")).StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await Post("/admin/identity/keys/rotate", """{"reason":"a","ring":"other"}""")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        _events.Events.ShouldBeEmpty();

        (await Post("/admin/identity/keys/rotate", """{"reason":"drill"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Post("/admin/identity/keys/rotate", """{"reason":"drill","ring":"data"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        _events.Events.Select(written => (written.Type, written.Administration!.Operation, written.Administration.Reason, written.Administration.Succeeded)).ShouldBe(
        [
            (EventTypes.Administration, "identity.keys.rotate:signing", "drill", true), (EventTypes.Administration, "identity.keys.rotate:data", "drill", true),
        ]);
        _events.Events[0].Administration!.Before.ShouldNotBe(_events.Events[0].Administration!.After);
        JsonNode.Parse(await _client.GetStringAsync("/.well-known/jwks.json", Cancellation))!["keys"]!.AsArray().Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_good_reload_takes_over_and_a_bad_one_keeps_what_was()
    {
        var configuration = (IConfigurationRoot)_app.Services.GetRequiredService<IConfiguration>();
        var source = configuration.Providers.Last(provider => provider.TryGet("Identity:Issuers:0:Name", out _));
        (await Get("/whoami", "Bearer " + _issuer.Token().Build())).StatusCode.ShouldBe(HttpStatusCode.OK);

        source.Set("Identity:Issuers:0:Audiences:0", "urn:gatewaystack:internal");
        var refused = await Post("/admin/identity/reload", """{"reason":"new audience"}""");
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        JsonNode.Parse(await refused.Content.ReadAsStringAsync(Cancellation))!["errors"]![0]!["key"]!.GetValue<string>().ShouldBe("Identity:Issuers:0:Audiences:0");
        (await Get("/whoami", "Bearer " + _issuer.Token().Build())).StatusCode.ShouldBe(HttpStatusCode.OK);

        source.Set("Identity:Issuers:0:Audiences:0", "renamed");
        (await Post("/admin/identity/reload", """{"reason":"new audience"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        // The token was remembered under the old settings.
        (await Get("/whoami", "Bearer " + _issuer.Token().Build())).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await Get("/whoami", "Bearer " + _issuer.Token().Claim("aud", "renamed").Build())).StatusCode.ShouldBe(HttpStatusCode.OK);
        _issuer.KeySetFetches.ShouldBe(1);
        _events.Events.Select(written => written.Administration!.Succeeded).ShouldBe([false, true]);
    }

    [Fact]
    public void Wrong_settings_stop_an_app_with_all_errors()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddGatewayIdentity(new IdentityOptions { PublicUrl = "x", Issuers = [new IssuerOptions()] }, _folder.Path);
        var app = builder.Build();
        var error = Should.Throw<IdentitySettingsException>(() => app.UseGatewayIdentity());
        error.Errors.Length.ShouldBeGreaterThan(3);
        error.Message.ShouldContain("Identity:PublicUrl");
        error.Message.ShouldContain("Identity:Issuers:0:Name");
    }

    private string Admin() => "Bearer " + _issuer.Token("root").Build();

    private async Task<HttpResponseMessage> Get(string path, string? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        return await _client.SendAsync(request, Cancellation);
    }

    private async Task<HttpResponseMessage> Post(string path, string json, string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue(contentType)) };
        request.Headers.TryAddWithoutValidation("Authorization", Admin());
        return await _client.SendAsync(request, Cancellation);
    }

    private sealed class RecordingEventLog : IEventLog
    {
        public List<GatewayEvent> Events { get; } = [];

        public AppendResult Append(GatewayEvent gatewayEvent)
        {
            Events.Add(gatewayEvent);
            return new AppendResult { Appended = true };
        }

        public Task SyncAsync(EventPosition position, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
