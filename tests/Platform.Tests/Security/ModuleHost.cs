using System.Collections.Concurrent;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Keys;
using GatewayStack.Contracts.Limits;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Router;
using GatewayStack.Contracts.Transform;
using GatewayStack.Wire.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace GatewayStack.Platform.Tests.Security;

/// <summary>A host of one module, put together as the real ones are, over doubles: two real endpoints, the gate, gRPC and the routes.</summary>
internal sealed class ModuleHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ModuleHost(WebApplication app, string module, ModuleDoubles doubles, TestAssertions identity, ConcurrentQueue<IReadOnlyDictionary<string, string>> seen)
    {
        _app = app;
        Seen = seen;
        Module = module;
        Doubles = doubles;
        Identity = identity;
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToList();
        Grpc = new Uri(addresses[0]);
        Http = new Uri(addresses[1]);
    }

    public string Module { get; }

    public ModuleDoubles Doubles { get; }

    public TestAssertions Identity { get; }

    public Uri Grpc { get; }

    public Uri Http { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>Headers of the requests that reached a handler.</summary>
    public ConcurrentQueue<IReadOnlyDictionary<string, string>> Seen { get; }

    /// <summary>Lines of the log.</summary>
    public IReadOnlyList<string> Log => _app.Services.GetRequiredService<Lines>().All;

    /// <summary>A caller's secret in these tests.</summary>
    public static string SecretOf(string service) => $"{service}-secret-" + new string('x', 32);

    public static async Task<ModuleHost> StartAsync(string module, Action<WebApplicationBuilder>? more = null, TestAssertions? shared = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(TestAssertions.Start));
        builder.Services.AddSingleton<Lines>();
        builder.Services.AddSingleton<ILoggerProvider>(sp => sp.GetRequiredService<Lines>());
        builder.Configuration["Kestrel:Endpoints:grpc:Url"] = "http://127.0.0.1:0";
        builder.Configuration["Kestrel:Endpoints:grpc:Protocols"] = "Http2";
        builder.Configuration["Kestrel:Endpoints:http:Url"] = "http://127.0.0.1:0";
        builder.Configuration["Service:Credential"] = SecretOf(module);
        builder.Configuration["Identity:PublicUrl"] = TestAssertions.Issuer;
        builder.Configuration["services:identity:http:0"] = "http://127.0.0.1:1";
        foreach (var service in CallTable.Services.Where(s => s != module))
        {
            builder.Configuration[$"Service:Callers:{service}"] = "sha256:" + Convert.ToHexStringLower(CallerSecrets.Of(SecretOf(service)));
        }

        var doubles = new ModuleDoubles();
        var identity = shared ?? new TestAssertions();
        builder.Services.AddSingleton<IAssertionKeySource>(identity);
        builder.Services.AddSingleton<IIdentityModule>(doubles);
        builder.Services.AddSingleton<ITransformModule>(doubles);
        builder.Services.AddSingleton<IPolicyModule>(doubles);
        builder.Services.AddSingleton<ILimitsModule>(doubles);
        builder.Services.AddSingleton<IEventSink>(doubles);
        builder.Services.AddSingleton<IDataKeys>(doubles);
        builder.Services.AddSingleton<IStandings>(doubles);
        var seen = new ConcurrentQueue<IReadOnlyDictionary<string, string>>();
        foreach (var route in FrontDoorRoutes.All.Where(r => r.Module == module))
        {
            builder.Services.AddKeyedSingleton<RequestDelegate>(route.Name, (_, _) => http =>
            {
                seen.Enqueue(http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase));
                return AnswerAsync(http, route);
            });
        }

        more?.Invoke(builder);
        builder.AddInternalCalls(module);
        builder.AddModuleHealth();
        Add(builder, module);
        var app = builder.Build();
        app.UseInternalCalls();
        Map(app, module);
        app.MapModuleRoutes(module);
        app.MapModuleHealth().AllowAnonymous();
        app.MapDefaultEndpoints(module);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new ModuleHost(app, module, doubles, identity, seen);
    }

    /// <summary>A call by HTTP, as a service makes it.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string? service = null, string? secret = null, string? assertion = null, params (string Name, string Value)[] more)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(method, new Uri(Http, path));
        foreach (var (name, value) in more.Append((InternalHeaders.Service, service!)).Append((InternalHeaders.Credential, secret!)).Append((InternalHeaders.Identity, assertion!)))
        {
            if (value is not null)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Identity.Dispose();
    }

    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    private static void Add(WebApplicationBuilder builder, string module)
    {
        _ = module switch
        {
            "identity" => builder.AddIdentityGrpc().AddDataKeysGrpc().AddStandingsGrpc(),
            "transform" => builder.AddTransformGrpc(),
            "policy" => builder.AddPolicyGrpc(),
            "limits" => builder.AddLimitsGrpc().AddEventSinkGrpc(),
            "audit" => builder.AddEventSinkGrpc(),
            _ => throw new ArgumentException(module, nameof(module)),
        };
    }

    private static void Map(WebApplication app, string module)
    {
        switch (module)
        {
            case "identity":
                app.MapIdentityGrpc();
                app.MapDataKeysGrpc();
                app.MapStandingsGrpc();
                break;
            case "transform":
                app.MapTransformGrpc();
                break;
            case "policy":
                app.MapPolicyGrpc();
                break;
            case "limits":
                app.MapLimitsGrpc();
                app.MapEventSinkGrpc();
                break;
            default:
                app.MapEventSinkGrpc();
                break;
        }
    }

    private static async Task AnswerAsync(HttpContext http, FrontDoorRoute route)
    {
        var caller = (http.User as GatewayPrincipal)?.Caller;
        http.Response.StatusCode = int.TryParse(http.Request.Query["status"], out var status) ? status : StatusCodes.Status200OK;
        http.Response.Headers["x-gateway-secret-of-the-module"] = "1";
        http.Response.Headers.ETag = "\"e\"";
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync(http.RequestAborted);
        await http.Response.WriteAsync(string.Join('|', route.Name, http.Request.Method, http.Request.QueryString.Value, caller?.PersonId, http.TraceIdentifier, body), http.RequestAborted);
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IReadOnlyList<string> All => [.. _lines];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue($"{eventId.Id} {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
