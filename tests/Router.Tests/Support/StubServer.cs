using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace GatewayStack.Router.Tests.Support;

/// <summary>A request as a server behind the gateway saw it.</summary>
internal sealed record SeenRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>A provider or a backend on a port of its own: it answers as it is told and remembers what it was sent.</summary>
internal sealed class StubServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StubServer(WebApplication app)
    {
        _app = app;
        app.Run(AnswerAsync);
    }

    public string Address => _app.Urls.First();

    public ConcurrentQueue<SeenRequest> Requests { get; } = new();

    public SeenRequest Only => Requests.ShouldHaveSingleItem();

    public Func<HttpContext, Task> OnRequest { get; set; } = Wire.Answer();

    public static async Task<StubServer> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k =>
        {
            k.Listen(IPAddress.Loopback, 0);
            k.AddServerHeader = true;
        });
        var server = new StubServer(builder.Build());
        await server._app.StartAsync(CancellationToken.None);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var seen = new SeenRequest(
            http.Request.Method,
            http.Features.Get<IHttpRequestFeature>()!.RawTarget,
            http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            Texts.Text(body.ToArray()));
        Requests.Enqueue(seen);
        http.Features.Set(seen);
        await OnRequest(http);
    }
}

/// <summary>OpenAI's wire, as a provider speaks it.</summary>
internal static class Wire
{
    public const string Completion = """{"id":"c","object":"chat.completion","x_vendor":1.10,"choices":[{"index":0,"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}],"""
        + """ "usage":{"prompt_tokens":7,"completion_tokens":2}}""";
    public const string First = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hel\"}}]}\n\n";
    public const string Last = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"lo\"},\"finish_reason\":\"stop\"}]}\n\n";
    public const string Usage = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":2}}\n\n";
    public const string Done = "data: [DONE]\n\n";

    /// <summary>A request body for a model.</summary>
    public static string Ask(string model = "m", string content = "hi", string more = "") =>
        "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"" + content + "\"}]" + more + "}";

    public static Func<HttpContext, Task> Answer(string body = Completion, int status = 200, string type = "application/json", params (string Name, string Value)[] headers) => async http =>
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        foreach (var (name, value) in headers)
        {
            http.Response.Headers.Append(name, value);
        }

        if (status != 204)
        {
            http.Response.ContentLength = Texts.Utf8(body).Length;
            await http.Response.WriteAsync(body);
        }
    };

    /// <summary>Sends events one by one, each flushed, then does what is asked for.</summary>
    public static Func<HttpContext, Task> Stream(string[] events, Func<HttpContext, Task>? then = null) => async http =>
    {
        if (!http.Response.HasStarted)
        {
            http.Response.ContentType ??= "text/event-stream; charset=utf-8";
        }

        foreach (var sse in events)
        {
            await http.Response.WriteAsync(sse);
            await http.Response.Body.FlushAsync();
        }

        if (then is not null)
        {
            await then(http);
        }
    };

    public static Func<HttpContext, Task> WholeStream() => Stream([First, Last, Usage, Done]);

    /// <summary>Never answers; ends when the other side goes.</summary>
    public static async Task Stall(HttpContext http)
    {
        var gone = new TaskCompletionSource();
        await using var registration = http.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }

    /// <summary>Cuts the line; what was not yet sent is lost.</summary>
    public static Task Break(HttpContext http)
    {
        http.Abort();
        return Task.CompletedTask;
    }

    /// <summary>Cuts the line once somebody says so, as when what was sent has arrived.</summary>
    public static Func<HttpContext, Task> BreakAfter(Task arrived) => async http =>
    {
        await arrived;
        http.Abort();
    };
}
