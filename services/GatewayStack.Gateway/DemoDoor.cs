#if DEMO
using GatewayStack.Contracts.Router;
using GatewayStack.Contracts.Settings;
using GatewayStack.Demo.Configuration;
using GatewayStack.Demo.Server;
using Yarp.ReverseProxy.Forwarder;
#endif

namespace GatewayStack.Gateway;

/// <summary>The demo parts as a front door sees them: one path that leads to them, and a configuration that uses them. Shared with the Router's host.</summary>
internal static class DemoDoorExtensions
{
    /// <summary>Uses the demo parts at <c>Demo:Url</c>, in Development and unless <c>Demo:Enabled</c> is false; does nothing where there is none.</summary>
    public static void AddRemoteDemo(this WebApplicationBuilder builder)
    {
#if DEMO
        if (builder.IsDemoEnabled() && builder.Configuration["Demo:Url"] is { Length: > 0 } url)
        {
            builder.AddDemoDoor(new Uri(url), builder.ResolveFrontDoorAddress());
        }
#endif
    }

#if DEMO
    /// <summary>Whether the demo may be there; a settings check refuses the start where it is asked for outside Development.</summary>
    public static bool IsDemoEnabled(this WebApplicationBuilder builder)
    {
        var development = builder.Environment.IsDevelopment();
        var enabled = builder.Configuration.GetValue("Demo:Enabled", development);
        if (enabled && !development)
        {
            builder.Services.AddSingleton<ISettingsCheck>(new DemoSettingsCheck());
        }

        return enabled && development;
    }

    /// <summary>Passes <c>/demo</c>, and the issuer's metadata outside it, on to the demo parts, and configures the gateway for them.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="address">Where the demo parts listen.</param>
    /// <param name="door">The gateway's public address.</param>
    public static void AddDemoDoor(this WebApplicationBuilder builder, Uri address, Uri door)
    {
        // First in the list: everything that the operator configures stands above it.
        var settings = DemoConfiguration.Create(new DemoSettings { DemoServerAddress = address, Issuer = IssuerAt(door) });
        ((IConfigurationBuilder)builder.Configuration).Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource { InitialData = settings });
        builder.Services.AddSingleton(sp => new DemoDoor(sp.GetRequiredService<IHttpForwarder>(), address));
        foreach (var route in FrontDoorRoutes.All.Where(r => r.Module == "demo"))
        {
            builder.Services.AddKeyedSingleton<RequestDelegate>(route.Name, (sp, _) => sp.GetRequiredService<DemoDoor>().InvokeAsync);
        }
    }

    /// <summary>The demo issuer's name: it is reached through the front door. The slash at its end is part of it.</summary>
    public static string IssuerAt(Uri door) => new Uri(door, "/demo/").AbsoluteUri;

    private sealed class DemoSettingsCheck : ISettingsCheck
    {
        public System.Collections.Immutable.ImmutableArray<SettingsError> Check() =>
            [new SettingsError("Demo:Enabled", "is true outside Development: the demo's issuer gives tokens to anyone", "remove it, or set ASPNETCORE_ENVIRONMENT=Development")];
    }

    /// <summary>For callers on this machine only.</summary>
    private sealed class DemoDoor(IHttpForwarder forwarder, Uri address) : IDisposable
    {
        private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });

        public async Task InvokeAsync(HttpContext http)
        {
            if (!LocalCaller.IsLocal(http))
            {
                await Results.Problem("The demo answers callers on this machine only.", statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(http);
                return;
            }

            await forwarder.SendAsync(http, address.GetLeftPart(UriPartial.Authority), _client);
        }

        public void Dispose() => _client.Dispose();
    }
#endif
}
