using GatewayStack.Contracts.Settings;
using GatewayStack.Router;
using GatewayStack.Router.Administration;
using GatewayStack.Router.Backends;
using GatewayStack.Router.Doors;
using GatewayStack.Router.Llm;
using GatewayStack.Router.Mcp;
using GatewayStack.Router.Modules;
using GatewayStack.Router.Pipeline;
using GatewayStack.Router.Pipeline.Steps;
using GatewayStack.Router.Providers;
using GatewayStack.Router.Providers.Answers;
using GatewayStack.Router.Recording;
using GatewayStack.Router.Routing;
using GatewayStack.Router.Standings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.Hosting;

/// <summary>The front door: every path of the gateway, and the pipeline behind it.</summary>
public static class FrontDoorExtensions
{
    /// <summary>For what came in meanwhile, for settlements and for the spool's end.</summary>
    private static readonly TimeSpan AfterDrain = TimeSpan.FromSeconds(5);

    /// <summary>Adds the Router module, its pipeline and the listeners. The modules it calls are added apart, in process or as clients.</summary>
    public static WebApplicationBuilder AddFrontDoor(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddHttpForwarder();
        services.TryAddSingleton<RouterSnapshotStore>();
        services.AddSingleton<ISettingsCheck>(sp => sp.GetRequiredService<RouterSnapshotStore>());
        services.AddSingleton<ISettingsCheck, FrontDoorSettingsCheck>();
        services.TryAddSingleton<RouterMetrics>();
        services.TryAddSingleton(sp => ModesReader.Read(sp.GetRequiredService<IConfiguration>()));
        services.TryAddSingleton(sp => new AuditMode(string.Equals(sp.GetRequiredService<IConfiguration>()["Audit:Mode"], "strict", StringComparison.OrdinalIgnoreCase)));
        services.TryAddSingleton<RemoteModules>();
        services.TryAddSingleton<FailedRequests>();
        services.TryAddSingleton<RemoteIdentity>();
        services.TryAddSingleton<UpstreamTokens>();
        services.TryAddSingleton<StageInvoker>();
        services.TryAddSingleton<LiveExchanges>();
        services.TryAddSingleton<EndedStandings>();
        services.TryAddSingleton<StandingRefusals>();
        services.TryAddSingleton<StandingFollower>();
        services.AddHostedService(sp => sp.GetRequiredService<StandingFollower>());
        services.TryAddSingleton<CappedAllowance>();
        services.TryAddSingleton<ChildRequests>();
        services.TryAddSingleton<SettlementQueue>();
        services.AddHostedService(sp => sp.GetRequiredService<SettlementQueue>());
        services.TryAddSingleton<FailedSignIns>();
        services.TryAddSingleton<RefusedRequests>();
        services.TryAddSingleton<RequestRecorder>();
        services.TryAddSingleton<RequestPipeline>();
        services.TryAddSingleton<HeaderGate>();
        services.TryAddSingleton<ErrorWriter>();
        services.TryAddSingleton<ResourceMetadataAddress>();
        services.TryAddSingleton<ModuleHandlers>();
        services.TryAddSingleton<ProviderClients>();
        services.TryAddSingleton<EndUserName>();
        services.TryAddSingleton<AnswerSessions>();
        services.TryAddSingleton<JsonAnswerRelay>();
        services.TryAddSingleton<ChatStreamRelay>();
        services.TryAddSingleton<ExchangeFactory>();
        services.TryAddSingleton<DoorKeeper>();
        services.TryAddSingleton<EndpointInventory>();
        services.AddHostedService(sp => sp.GetRequiredService<EndpointInventory>());
        services.AddHostedService<WarmUp>();
        services.AddHostedService<ModuleProber>();
        services.TryAddSingleton<Drain>();
        services.AddHostedService(sp => sp.GetRequiredService<Drain>());
        services.AddOptions<HostOptions>().Configure<RouterSnapshotStore>(static (host, settings) => host.ShutdownTimeout = TimeSpan.FromSeconds(settings.Options.DrainSeconds) + AfterDrain);
        services.TryAddSingleton<FrontDoor>();
        AddSteps(services);
        AddExecutors(services);
        services.AddMcpGateway();
        RouterAdministration.Add(services);

        var addresses = ListenAddresses.Read(builder.Configuration["urls"], builder.Configuration["Management:Url"]);
        services.TryAddSingleton(addresses);
        builder.WebHost.UseSetting("urls", string.Join(';', addresses.Public.Append(addresses.Management)));
        builder.WebHost.ConfigureKestrel(Harden);
        return builder;
    }

    /// <summary>Settles where the front door will listen (a port of 0 becomes a free one) and says how this machine reaches it.</summary>
    /// <returns>The first public address, such as <c>http://127.0.0.1:8080</c>.</returns>
    public static Uri ResolveFrontDoorAddress(this WebApplicationBuilder builder)
    {
        var addresses = ListenAddresses.Read(builder.Configuration["urls"], builder.Configuration["Management:Url"]);
        builder.Configuration["urls"] = string.Join(';', addresses.Public);
        builder.Configuration["Management:Url"] = addresses.Management;
        var binding = Microsoft.AspNetCore.Http.BindingAddress.Parse(addresses.Public[0]);
        var host = binding.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "127.0.0.1" : binding.Host;
        return new Uri($"{binding.Scheme}://{host}:{binding.Port}");
    }

    /// <summary>Maps every path and refuses to start where one would skip a stage.</summary>
    public static WebApplication MapFrontDoor(this WebApplication app)
    {
        app.Services.GetRequiredService<FrontDoor>().Map(app);
        return app;
    }

    private static void AddSteps(IServiceCollection services)
    {
        services.AddSingleton<IPipelineStep, Identify>();
        services.AddSingleton<IPipelineStep, RequireStanding>();
        services.AddSingleton<IPipelineStep, RequireTargets>();
        services.AddSingleton<IPipelineStep, Inspect>();
        services.AddSingleton<IPipelineStep, ResolveCandidates>();
        services.AddSingleton<IPipelineStep, Decide>();
        services.AddSingleton<IPipelineStep, DecideVisibleModels>();
        services.AddSingleton<IPipelineStep, RequireScope>();
        services.AddSingleton<IPipelineStep, ReadMcp>();
        services.AddSingleton<IPipelineStep, DecideMcp>();
        services.AddSingleton<IPipelineStep, Apply>();
        services.AddSingleton<IPipelineStep, Reserve>();
        services.AddSingleton<IPipelineStep, RecordDecision>();
        services.AddSingleton<IPipelineStep, RecordAccess>();
        services.AddSingleton<IPipelineStep, Execute>();
        services.AddSingleton<IPipelineStep, RecordOutcome>();
        services.AddSingleton<IPipelineStep, Settle>();
    }

    private static void AddExecutors(IServiceCollection services)
    {
        services.AddSingleton<IRouteExecutor, ChatExecutor>();
        services.AddSingleton<IRouteExecutor, ModelListing>();
        services.AddSingleton<IRouteExecutor, BackendExecutor>();
        services.AddSingleton<IRouteExecutor, McpExecutor>();
    }

    private static void Harden(KestrelServerOptions options)
    {
        // A bare LF as a line end lets a header in past a stricter proxy in front.
        AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", true);
        options.AddServerHeader = false;
        options.Limits.MaxRequestHeaderCount = 64;
        options.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        options.Limits.MaxRequestBodySize = 100 * 1024 * 1024;
        options.Limits.MaxConcurrentConnections = 20_000;
    }
}
