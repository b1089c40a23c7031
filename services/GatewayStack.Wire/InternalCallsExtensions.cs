using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Router;
using GatewayStack.Contracts.Settings;
using GatewayStack.Wire.Channels;
using GatewayStack.Wire.Forwarding;
using GatewayStack.Wire.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace Microsoft.Extensions.Hosting;

/// <summary>Who a service is to the others, whom it believes, and how a front door reaches the HTTP APIs of modules in other processes.</summary>
public static class InternalCallsExtensions
{
    private const string Identity = "identity";
    private const int MaxBody = (100 + 1) * 1024 * 1024;

    /// <summary>
    /// Says which service this is. Its calls carry its name and secret (<c>Service:Credential</c>); what it serves is answered to those of <c>Service:Callers</c> that
    /// the table of calls names.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="service">The service's name: <c>identity</c>, <c>transform</c>, <c>policy</c>, <c>limits</c>, <c>router</c> or <c>audit</c>.</param>
    public static WebApplicationBuilder AddInternalCalls(this WebApplicationBuilder builder, string service)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        var configuration = builder.Configuration;
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new OwnService(service));
        services.TryAddSingleton(_ => configuration.GetSection(ServiceOptions.Section).Get<ServiceOptions>() ?? new ServiceOptions());
        services.AddSingleton<ISettingsCheck>(new ServiceSettingsCheck(configuration, service));
        services.TryAddSingleton<ServiceCredentials>();
        AddTls(builder);
        if (service == "router")
        {
            return builder;
        }

        services.TryAddSingleton<InternalCallMetrics>();
        services.TryAddSingleton<MessageBinding>();
        services.TryAddSingleton<InternalGate>();
        services.TryAddSingleton<BindingInterceptor>();
        services.TryAddSingleton<SelfCall>();
        services.AddGrpc(options => options.Interceptors.Add<BindingInterceptor>());
        AddVerifier(services, configuration, service);
        builder.WebHost.ConfigureKestrel(Bound);
        return builder;
    }

    /// <summary>Puts the gate before everything that this host serves but its health; called before anything is mapped.</summary>
    public static WebApplication UseInternalCalls(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseMiddleware<InternalGateMiddleware>();
        return app;
    }

    /// <summary>Maps the routes of the front door that a module of this process answers, for whoever forwards them.</summary>
    public static WebApplication MapModuleRoutes(this WebApplication app, string module)
    {
        ArgumentNullException.ThrowIfNull(app);
        foreach (var route in FrontDoorRoutes.All.Where(r => r.Module == module))
        {
            var handler = app.Services.GetKeyedService<RequestDelegate>(route.Name)
                ?? throw new InvalidOperationException($"Nothing answers the route '{route.Name}': the module '{module}' is missing from this host.");
            app.MapMethods(route.Pattern, route.Method.Split(','), handler).WithMetadata(CallTable.Find(module, route.Name)!).WithDisplayName(route.Name);
        }

        return app;
    }

    /// <summary>Adds, for every route of the front door that a module answers, a handler that passes it on to <c>services:{module}:http:N</c>.</summary>
    /// <param name="builder">The host of the front door.</param>
    /// <param name="module">The module.</param>
    /// <param name="before">What is done before a request is passed on; nothing where null.</param>
    public static WebApplicationBuilder AddModuleForwarding(this WebApplicationBuilder builder, string module, Func<HttpContext, Task>? before = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddHttpForwarder();
        AddModuleHttp(builder.Services, builder.Configuration, module);
        builder.Services.AddKeyedSingleton(module, (sp, key) => new ModuleForwarder(
            sp.GetRequiredKeyedService<ModuleHttp>(key),
            sp.GetRequiredService<ServiceCredentials>(),
            sp.GetRequiredService<IHttpForwarder>(),
            sp.GetRequiredService<ILogger<ModuleForwarder>>()));
        foreach (var route in FrontDoorRoutes.All.Where(r => r.Module == module))
        {
            builder.Services.TryAddKeyedSingleton<RequestDelegate>(route.Name, (sp, _) =>
            {
                var forwarder = sp.GetRequiredKeyedService<ModuleForwarder>(module);
                return async http =>
                {
                    if (before is not null)
                    {
                        await before(http);
                    }

                    await forwarder.HandleAsync(http, route.Name);
                };
            });
        }

        return builder;
    }

    /// <summary>
    /// Calls this module's own endpoint once, through its own gate, as the Router would: the first caller must not run into a stage's deadline because everything is
    /// cold.
    /// </summary>
    /// <param name="services">The host's services; the host must listen.</param>
    /// <param name="clients">Adds the clients that are needed, such as <c>AddPolicyClient</c>.</param>
    /// <param name="calls">What to call. It is given the clients, a caller who is nobody, and their assertion.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task CallItselfAsync(
        this IServiceProvider services, Action<IHostApplicationBuilder> clients, Func<IServiceProvider, CallerIdentity, string, CancellationToken, Task> calls,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.GetRequiredService<SelfCall>().RunAsync(clients, calls, cancellationToken);
    }

    private static void AddVerifier(IServiceCollection services, ConfigurationManager configuration, string service)
    {
        if (service == Identity)
        {
            services.TryAddSingleton<IAssertionKeySource, LocalKeySource>();
        }
        else
        {
            AddModuleHttp(services, configuration, Identity);
            services.TryAddSingleton<IAssertionKeySource>(sp => new RemoteKeySource(sp.GetRequiredKeyedService<ModuleHttp>(Identity), sp.GetRequiredService<ServiceCredentials>()));
        }

        services.TryAddSingleton<AssertionKeys>();
        services.TryAddSingleton(sp => new AssertionVerifier(
            sp.GetRequiredService<AssertionKeys>(), (configuration["Identity:PublicUrl"] ?? string.Empty).TrimEnd('/'), sp.GetRequiredService<TimeProvider>()));
    }

    private static void AddModuleHttp(IServiceCollection services, IConfiguration configuration, string module)
    {
        if (services.Any(d => d.ServiceType == typeof(ModuleHttp) && Equals(d.ServiceKey, module)))
        {
            return;
        }

        var addresses = new HttpAddresses(configuration, module);
        services.AddSingleton<ISettingsCheck>(addresses);
        services.AddKeyedSingleton(module, (sp, _) => new ModuleHttp(addresses, sp.GetRequiredService<ServiceTls>()));
    }

    private static void AddTls(WebApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(sp => new ServiceTls(sp.GetRequiredService<ServiceOptions>().Tls));
        builder.Services.TryAddSingleton(sp =>
        {
            var tls = sp.GetRequiredService<ServiceOptions>().Tls;
            return ActivatorUtilities.CreateInstance<ServerCertificate>(sp, tls.Certificate ?? string.Empty, tls.Key ?? string.Empty);
        });
        if (!string.Equals(builder.Configuration["Service:Tls:Enabled"], "true", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        builder.Configuration.AddInMemoryCollection([.. ServiceTls.Rewrite(builder.Configuration)]);
        builder.WebHost.ConfigureKestrel((_, kestrel) => kestrel.ConfigureHttpsDefaults(https =>
        {
            var certificate = kestrel.ApplicationServices.GetRequiredService<ServerCertificate>();
            https.ServerCertificateSelector = (_, _) => certificate.Current.TargetCertificate;
            https.OnAuthenticate = (_, tls) =>
            {
                // A certificate alone would leave out those between it and the authority.
                tls.ServerCertificateSelectionCallback = null;
                tls.ServerCertificateContext = certificate.Current;
            };
        }));
    }

    private static void Bound(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestBodySize = MaxBody;
        // An assertion of somebody with many roles is long.
        options.Limits.MaxRequestHeadersTotalSize = 64 * 1024;
        options.Limits.Http2.MaxRequestHeaderFieldSize = 48 * 1024;
    }
}
