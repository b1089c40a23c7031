using GatewayStack.Demo;
using GatewayStack.Demo.Backends;
using GatewayStack.Demo.Contract;
using GatewayStack.Demo.Issuer.Authorization;
using GatewayStack.Demo.Issuer.Clients;
using GatewayStack.Demo.Issuer.Consent;
using GatewayStack.Demo.Issuer.Keys;
using GatewayStack.Demo.Issuer.Pages;
using GatewayStack.Demo.Issuer.Sessions;
using GatewayStack.Demo.Issuer.Store;
using GatewayStack.Demo.Issuer.Tokens;
using GatewayStack.Demo.Mcp;
using GatewayStack.Demo.Providers;
using GatewayStack.Demo.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

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
        services.AddLogging(logging => logging.AddFilter(QuietLoggers.Category, LogLevel.None));
        services.TryAddSingleton(options);
        services.TryAddSingleton(options.TimeProvider);
        services.TryAddSingleton<DemoAddresses>();
        services.TryAddSingleton<DemoMetrics>();
        AddIssuer(services);
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
        app.UseMiddleware<IssuerRequests>();
        // Left alone, the host puts authentication before everything: before the check of the caller, and before each request to a simulated provider, which then
        // costs several times as much. This is the host's own mark for "it is there"; a test sees whether it still works.
        ((IApplicationBuilder)app).Properties["__AuthenticationMiddlewareSet"] = true;
        app.UseWhen(context => IssuerPaths.IsOurs(context.Request.Path), issuer => issuer.UseAuthentication());
        var demo = app.MapGroup(DemoAddresses.PathBase);
        app.Services.GetRequiredService<TokenEndpoint>().Map(demo);
        app.Services.GetRequiredService<RegistrationEndpoint>().Map(demo);
        app.Services.GetRequiredService<AuthorizeEndpoint>().Map(demo);
        app.Services.GetRequiredService<SignInEndpoint>().Map(demo);
        app.Services.GetRequiredService<DeviceEndpoint>().Map(demo);
        app.Services.GetRequiredService<LogoutEndpoint>().Map(demo);
        Page.MapStyle(demo);
        app.Services.GetRequiredService<ProviderEndpoints>().Map(demo.MapGroup("/providers/{provider}"));
        app.Services.GetRequiredService<CalendarEndpoints>().Map(demo.MapGroup("/backends/" + CalendarEndpoints.Name));
        app.Services.GetRequiredService<ClinicEndpoints>().Map(demo.MapGroup("/backends/" + ClinicEndpoints.Name));
        app.Services.GetRequiredService<ContractEndpoints>().Map(demo);
        app.Services.GetRequiredService<CalendarMcp>().Map(demo);
        return app;
    }

    private static void AddIssuer(IServiceCollection services)
    {
        services.TryAddSingleton<DemoSigningKey>();
        services.TryAddSingleton<IssuerSeal>();
        services.TryAddSingleton<IssuerDatabase>();
        services.TryAddSingleton<DemoTokens>();
        services.TryAddSingleton<TokenResources>();
        services.TryAddSingleton<TokenEndpoint>();
        services.TryAddSingleton<Intake>();
        services.TryAddSingleton<ClientDocuments>();
        services.TryAddSingleton<DocumentClients>();
        services.TryAddScoped<ClientRegistry>();
        services.TryAddScoped<Consents>();
        services.TryAddScoped<ErrorRedirects>();
        services.TryAddSingleton<RegistrationEndpoint>();
        services.TryAddSingleton<EndedSessions>();
        services.TryAddSingleton<SessionCookie>();
        services.TryAddSingleton<LogoutNotice>();
        services.TryAddSingleton<LogoutEndpoint>();
        services.TryAddSingleton<PageForm>();
        services.TryAddSingleton<AuthorizeEndpoint>();
        services.TryAddSingleton<SignInEndpoint>();
        services.TryAddSingleton<DeviceEndpoint>();
        AuthorizationServer.Add(services);
    }
}
