using GatewayStack.EndToEnd.Tests.Callers;
using GatewayStack.EndToEnd.Tests.Gateway;
using GatewayStack.EndToEnd.Tests.Suite;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.EndToEnd.Tests.Crash;

/// <summary>A gateway that tests kill, stop and start again, with limits that a campaign stays below, and a model that waits until it is told to go on.</summary>
public sealed class CrashGateway : IAsyncLifetime
{
    private const string Limits = """
        { "apiVersion": "gateway.limits/v1", "limits": [
          { "name": "requests_per_minute", "per": "user", "metric": "requests", "window": "minute", "limit": 100000 },
          { "name": "tokens_per_day", "per": "user", "metric": "tokens", "window": "day", "limit": 100000000 } ] }
        """;

    private const string Rule = """

          - id: patient
            effect: allow
            who: { allScopes: [chat:write] }
            actions: [model.call]
            models: [patient-model]

        """;

    private readonly TempFolder _folder = new();
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LocalServer? _provider;

    public GatewayProcess Process { get; private set; } = null!;

    public GatewayClient Front { get; private set; } = null!;

    public DemoPeople People { get; private set; } = null!;

    internal AuditReader Audit => new(Front);

    /// <summary>Lets the answers of <c>patient-model</c> end.</summary>
    public void GoOn() => _goOn.TrySetResult();

    public async ValueTask InitializeAsync()
    {
        _provider = await LocalServer.StartAsync(AnswerAsync);
        Process = await GatewayProcess.StartAsync(GatewayLaunch.At(
            _folder.Path,
            ("Limits:File", _folder.Write("limits.json", Limits)),
            ("Router:Providers:patient:BaseUrl", _provider.Origin + "/v1"),
            ("Router:Providers:patient:ApiKey", "file:" + _folder.Write("key", "patient-key")),
            ("Router:Models:10:Name", "patient-model"),
            ("Router:Models:10:Targets:0:Provider", "patient"),
            ("Router:Models:10:Targets:0:Model", "gpt-4o-mini"),
            ("Policy:File", _folder.Write("policy.yaml", (await File.ReadAllTextAsync(BuildOutput.DemoPolicy)).TrimEnd() + Environment.NewLine + Rule))));
        Front = new GatewayClient(Process.Address);
        People = new DemoPeople(Front);
    }

    public async ValueTask DisposeAsync()
    {
        GoOn();
        if (Process is not null)
        {
            await Process.DisposeAsync();
        }

        Front?.Dispose();
        if (_provider is not null)
        {
            await _provider.DisposeAsync();
        }

        _folder.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        await context.Response.WriteAsync(Chunk("""{"index":0,"delta":{"role":"assistant","content":"first"},"finish_reason":null}""", "null"));
        await context.Response.Body.FlushAsync();
        await _goOn.Task;
        await context.Response.WriteAsync(Chunk("""{"index":0,"delta":{"content":" last"},"finish_reason":"stop"}""", "null"));
        await context.Response.WriteAsync(Chunk(string.Empty, """{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}"""));
        await context.Response.WriteAsync("data: [DONE]\n\n");
    }

    private static string Chunk(string choice, string usage) =>
        $$"""data: {"id":"x","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini","choices":[{{choice}}],"usage":{{usage}}}""" + "\n\n";
}

/// <summary>One gateway for the tests that end it: they run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class CrashingGateway : ICollectionFixture<CrashGateway>
{
    public const string Name = "one process, killed and stopped";
}
