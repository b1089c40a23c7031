using GatewayStack.EndToEnd.Tests.Callers;
using GatewayStack.EndToEnd.Tests.Gateway;
using GatewayStack.EndToEnd.Tests.Suite;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.EndToEnd.Tests.Crash;

/// <summary>A gateway that is asked to stop (SIGTERM, as orchestrators do) says that it is not ready and lets those under way end.</summary>
public sealed class StopTests : IAsyncLifetime
{
    private const string Rule = """

          - id: patient
            effect: allow
            who: { allScopes: [chat:write] }
            actions: [model.call]
            models: [patient-model]

        """;

    private readonly TempFolder _folder = new();
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LocalServer _provider = null!;
    private GatewayProcess _gateway = null!;
    private GatewayClient _front = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _provider = await LocalServer.StartAsync(AnswerAsync);
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Router:Providers:patient:BaseUrl"] = _provider.Origin + "/v1",
            ["Router:Providers:patient:ApiKey"] = "file:" + _folder.Write("key", "patient-key"),
            ["Router:Models:10:Name"] = "patient-model",
            ["Router:Models:10:Targets:0:Provider"] = "patient",
            ["Router:Models:10:Targets:0:Model"] = "gpt-4o-mini",
            ["Policy:File"] = _folder.Write("policy.yaml", (await File.ReadAllTextAsync(BuildOutput.DemoPolicy)).TrimEnd() + Environment.NewLine + Rule),
        };
        _gateway = await GatewayProcess.StartAsync(new GatewayLaunch { DataPath = _folder.Path, Settings = settings });
        _front = new GatewayClient(_gateway.Address);
    }

    public async ValueTask DisposeAsync()
    {
        _goOn.TrySetResult();
        await _gateway.DisposeAsync();
        _front.Dispose();
        await _provider.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_stream_under_way_ends_and_is_on_record_as_completed()
    {
        var people = new DemoPeople(_front);
        var (token, audrey) = (await people.TokenAsync("nora"), await people.TokenAsync("audrey"));
        var body = GatewayClient.Chat("patient-model", "hello");
        body["stream"] = true;
        using var response = await _front.OpenAsync(GatewayClient.ChatRequest(token, body.ToJsonString()));
        response.IsSuccessStatusCode.ShouldBeTrue();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancel));
        (await reader.ReadLineAsync(Cancel)).ShouldNotBeNull();

        var stopped = _gateway.TerminateAsync();
        (await Eventually.GetAsync(IsReadyAsync, ready => !ready)).ShouldBeFalse();
        _goOn.SetResult();
        (await reader.ReadToEndAsync(Cancel)).ShouldContain("data: [DONE]");
        (await stopped).ShouldBe(0);

        await _gateway.StartAgainAsync();
        var records = await new AuditReader(_front).OfRequestAsync(audrey, response.Headers.GetValues("x-request-id").Single(), 2);
        records[^1].Member("outcome").ShouldBe("completed");
    }

    /// <summary>What a load balancer goes by. The listeners stay open until what was accepted has ended.</summary>
    private async Task<bool> IsReadyAsync() => (await _front.GetAsync("/health")).Status == StatusCodes.Status200OK;

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
