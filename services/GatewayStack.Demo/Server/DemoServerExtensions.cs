using GatewayStack.Demo;
using GatewayStack.Demo.Backends;
using GatewayStack.Demo.Contract;
using GatewayStack.Demo.Issuer;
using GatewayStack.Demo.Mcp;
using GatewayStack.Demo.Providers;
using GatewayStack.Demo.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the demo parts to a web application.</summary>
public static class DemoServerExtensions
{
    /// <summary>Registers the demo parts.</summary>
    public static IServiceCollection AddDemoServer(this IServiceCollection services, DemoServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        services.AddRoutingCore();
        services.AddMetrics();
        services.TryAddSingleton(options);
        services.TryAddSingleton(options.TimeProvider);
        services.TryAddSingleton<DemoAddresses>();
        services.TryAddSingleton<DemoMetrics>();
        services.TryAddSingleton<DemoSigningKey>();
        services.TryAddSingleton<DemoTokens>();
        services.TryAddSingleton<TokenResources>();
        services.TryAddSingleton<IssuerEndpoints>();
        services.TryAddSingleton<RequestRecorder>();
        services.TryAddSingleton<ProviderEndpoints>();
        services.TryAddSingleton<GatewayClient>();
        services.TryAddSingleton<GatewayKeys>();
        services.TryAddSingleton<CalendarStore>();
        services.TryAddSingleton<CalendarEndpoints>();
        services.TryAddSingleton<ClinicEndpoints>();
        services.TryAddSingleton<ContractEndpoints>();
        services.TryAddSingleton<CalendarMcp>();
        CalendarMcp.AddServices(services);
        return services;
    }

    /// <summary>Serves the demo parts below <c>/demo</c>, to callers on this machine only.</summary>
    public static WebApplication MapDemoServer(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseMiddleware<LoopbackOnly>();
        var demo = app.MapGroup(DemoAddresses.PathBase);
        app.Services.GetRequiredService<IssuerEndpoints>().Map(demo);
        app.Services.GetRequiredService<ProviderEndpoints>().Map(demo.MapGroup("/providers/{provider}"));
        app.Services.GetRequiredService<CalendarEndpoints>().Map(demo.MapGroup("/backends/" + CalendarEndpoints.Name));
        app.Services.GetRequiredService<ClinicEndpoints>().Map(demo.MapGroup("/backends/" + ClinicEndpoints.Name));
        app.Services.GetRequiredService<ContractEndpoints>().Map(demo);
        app.Services.GetRequiredService<CalendarMcp>().Map(demo);
        return app;
    }
}
