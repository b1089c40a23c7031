using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Keys;
using GatewayStack.Contracts.Limits;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Router;
using GatewayStack.Contracts.Transform;
using GatewayStack.TestServers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.Router.Tests.Support;

/// <summary>The real front door on ports of its own, in front of modules that do what a test tells them.</summary>
internal sealed class GatewayUnderTest : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _aborted = new(StringComparer.Ordinal);
    private WebApplication? _app;

    public Journal Journal { get; } = new();

    public IdentityDouble Identity { get; }

    public TransformDouble Transform { get; }

    public PolicyDouble Policy { get; }

    public LimitsDouble Limits { get; }

    public EventLogDouble Log { get; }

    public KeysDouble Keys { get; } = new();

    public StandingsDouble Standings { get; } = new();

    public HttpClient Client { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });

    public Uri Management { get; private set; } = new("http://localhost");

    public IServiceProvider Services => _app!.Services;

    private GatewayUnderTest()
    {
        Identity = new IdentityDouble(Journal);
        Transform = new TransformDouble(Journal);
        Policy = new PolicyDouble(Journal);
        Limits = new LimitsDouble(Journal);
        Log = new EventLogDouble(Journal);
    }

    /// <summary>Starts with settings written as <c>key=value</c>.</summary>
    public static Task<GatewayUnderTest> StartAsync(params string[] settings) => StartAsync(null, settings);

    public static async Task<GatewayUnderTest> StartAsync(Action<WebApplicationBuilder>? configure, params string[] settings)
    {
        var gateway = new GatewayUnderTest();
        for (var attempt = 1; ; attempt++)
        {
            var app = gateway.Build(configure, settings);
            try
            {
                app.MapFrontDoor();
                await app.StartAsync(CancellationToken.None);
                gateway._app = app;
                break;
            }
            catch (IOException) when (attempt < 5)
            {
                // The free port that was found was taken by a neighbour meanwhile.
                await app.DisposeAsync();
            }
        }

        gateway.Client.BaseAddress = new Uri(gateway._app.Urls.First());
        gateway.Management = new Uri(gateway._app.Urls.Last());
        return gateway;
    }

    /// <summary>The same front door, not started.</summary>
    public static WebApplication BuildOnly(Action<WebApplicationBuilder>? configure = null) => new GatewayUnderTest().Build(configure, []);

    public Task<HttpResponseMessage> ChatAsync(string body, string? token = "alice", HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead, CancellationTokenSource? leaving = null) =>
        SendAsync(HttpMethod.Post, "/v1/chat/completions", body, token, completion, leaving: leaving);

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string? body = null, string? token = "alice", HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead,
        (string Name, string Value)[]? headers = null, CancellationTokenSource? leaving = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        }

        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        }

        foreach (var (name, value) in headers ?? [])
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Client.SendAsync(request, completion, leaving?.Token ?? TestContext.Current.CancellationToken);
    }

    /// <summary>Stops as on SIGTERM; ends when everything is down.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _app!.StopAsync(cancellationToken);

    /// <summary>Ends when the gateway has noticed that a caller has left.</summary>
    public Task Aborted(string requestId) => _aborted.GetOrAdd(requestId, _ => new()).Task.WaitAsync(Waiting.Most);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_app is not null)
        {
            using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await _app.StopAsync(soon.Token);
            await _app.DisposeAsync();
        }
    }

    private WebApplication Build(Action<WebApplicationBuilder>? configure, string[] settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = settings.FirstOrDefault(s => s.StartsWith("environment=", StringComparison.Ordinal))?[12..] });
        builder.Configuration.AddInMemoryCollection(
            new[] { "Router:Standings:StaleSeconds=3600", $"urls=http://127.0.0.1:{TestPorts.Free()}", $"Management:Url=http://127.0.0.1:{TestPorts.Free()}" }.Concat(settings)
                .Select(s => s.Split('=', 2)).GroupBy(p => p[0], StringComparer.Ordinal).Select(p => new KeyValuePair<string, string?>(p.Key, p.Last()[1])));
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IIdentityModule>(Identity);
        builder.Services.AddSingleton<IStandings>(Standings);
        builder.Services.AddSingleton<ITransformModule>(Transform);
        builder.Services.AddSingleton<IPolicyModule>(Policy);
        builder.Services.AddSingleton<ILimitsModule>(Limits);
        builder.Services.AddSingleton<IEventLog>(Log);
        builder.Services.AddSingleton<IDataKeys>(Keys);
        foreach (var route in FrontDoorRoutes.All.Where(r => r.Module is not "router" and not "demo"))
        {
            builder.Services.AddKeyedSingleton<RequestDelegate>(route.Name, (_, _) => http =>
            {
                Journal.Add("handle " + route.Name);
                return http.Response.WriteAsync(route.Name + " for " + ((http.User as GatewayPrincipal)?.Caller.UserId ?? "nobody"));
            });
        }

        builder.Services.AddSingleton<IStartupFilter>(new Watch(_aborted));
        configure?.Invoke(builder);
        builder.AddFrontDoor();
        return builder.Build();
    }

    private sealed class Watch(ConcurrentDictionary<string, TaskCompletionSource> aborted) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, run) =>
            {
                http.RequestAborted.Register(() => aborted.GetOrAdd(http.TraceIdentifier, _ => new()).TrySetResult());
                return run(http);
            });
            next(app);
        };
    }
}
