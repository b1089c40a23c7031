using System.Text.Json;
using GatewayStack.EndToEnd.Tests.Gateway;
using GatewayStack.TestServers;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.EndToEnd.Tests.Keycloak;

/// <summary>Tokens that a real Keycloak 26.5 issued, with its own key set, an encryption key among the keys.</summary>
public sealed class RecordedKeycloakTests : IAsyncLifetime
{
    /// <summary>When they were recorded; they live ten minutes.</summary>
    private static readonly DateTimeOffset Recorded = new(2026, 11, 22, 5, 15, 58, TimeSpan.Zero);

    /// <summary>The policy of the original, as it was written there.</summary>
    private const string Policy = """{"gpt-4-medical": {"requiredRoles": ["doctor", "physician_assistant"], "requiredScopes": ["medical:write"]}}""";

    private const string Completion = """
        {"id":"x","object":"chat.completion","created":1,"model":"gpt-4-medical",
         "choices":[{"index":0,"message":{"role":"assistant","content":"ok"},"finish_reason":"stop"}],
         "usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}
        """;

    private readonly TempFolder _folder = new();
    private readonly List<string> _upstream = [];
    private LocalServer _server = null!;
    private GatewayAt _gateway = null!;
    private GatewayClient _front = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await LocalServer.StartAsync(AnswerAsync);
        _gateway = new GatewayAt(new ShiftedTime(Recorded), Settings());
        _front = new GatewayClient(_gateway.Address);
    }

    public async ValueTask DisposeAsync()
    {
        _front.Dispose();
        await _gateway.DisposeAsync();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_doctors_access_token_gets_an_answer_and_her_ID_token_does_not()
    {
        (await _front.ChatAsync(Token("alice", "access_token"), "gpt-4-medical", "hello")).ShouldBeStatus(200).Text.ShouldBe("ok");
        (await _front.ChatAsync(Token("alice", "id_token"), "gpt-4-medical", "hello")).ShouldBeStatus(401);
        _upstream.ShouldHaveSingleItem().ShouldBe("Bearer provider-key");
    }

    [Fact]
    public async Task A_nurse_who_asked_for_the_scope_did_not_get_it_and_is_refused()
    {
        (await _front.ChatAsync(Token("nora", "access_token"), "gpt-4-medical", "hello")).ShouldBeStatus(403);
        _upstream.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_changed_token_is_refused()
    {
        var parts = Token("nora", "access_token").Split('.');
        var alice = Token("alice", "access_token").Split('.');
        (await _front.ChatAsync($"{parts[0]}.{alice[1]}.{parts[2]}", "gpt-4-medical", "hello")).ShouldBeStatus(401);
    }

    [Fact]
    public async Task Ten_minutes_later_it_is_refused()
    {
        await using var later = new GatewayAt(new ShiftedTime(Recorded.AddMinutes(11)), Settings("later"));
        using var client = new GatewayClient(later.Address);
        (await client.ChatAsync(Token("alice", "access_token"), "gpt-4-medical", "hello")).ShouldBeStatus(401);
    }

    private static string Token(string user, string name)
    {
        var recorded = JsonElement.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Keycloak", $"recorded-{user}.json")));
        return recorded.GetProperty(name).GetString()!;
    }

    private Dictionary<string, string> Settings(string data = "data") => new(StringComparer.Ordinal)
    {
        ["urls"] = $"http://127.0.0.1:{TestPorts.Free()}",
        ["Management:Url"] = $"http://127.0.0.1:{TestPorts.Free()}",
        ["Data:Path"] = Path.Combine(_folder.Path, data),
        ["Logging:LogLevel:Default"] = "None",
        ["Identity:Issuers:0:Name"] = "keycloak",
        ["Identity:Issuers:0:Issuer"] = "http://127.0.0.1:38080/realms/gatewaystack",
        ["Identity:Issuers:0:JwksUri"] = _server.Origin + "/jwks",
        ["Identity:Issuers:0:Audiences:0"] = "gatewaystack",
        ["Identity:Issuers:0:Claims:Tenant"] = "/org_id",
        ["Identity:Issuers:0:AllowedTenants:0"] = "mercy",
        ["Router:Providers:stub:Kind"] = "openai",
        ["Router:Providers:stub:BaseUrl"] = _server.Origin + "/v1",
        ["Router:Providers:stub:ApiKey"] = "file:" + _folder.Write("provider-key", "provider-key"),
        ["Router:Models:0:Name"] = "gpt-4-medical",
        ["Router:Models:0:Targets:0:Provider"] = "stub",
        ["Policy:File"] = _folder.Write("policy.json", Policy),
    };

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Path == "/jwks")
        {
            await context.Response.SendFileAsync(Path.Combine(AppContext.BaseDirectory, "Keycloak", "recorded-jwks.json"));
            return;
        }

        lock (_upstream)
        {
            _upstream.Add(context.Request.Headers.Authorization.ToString());
        }

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(Completion);
    }
}
