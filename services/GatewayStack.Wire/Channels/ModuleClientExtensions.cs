using System.Collections.Immutable;
using System.Net.Security;
using GatewayStack.Contracts.Router;
using GatewayStack.Contracts.Settings;
using GatewayStack.Wire.Security;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.Wire.Channels;

/// <summary>What the clients of one module share.</summary>
internal static class ModuleClientExtensions
{
    /// <summary>Adds the module's channel, its probe and the check of its addresses. A second call for the same module changes nothing.</summary>
    public static void AddModuleCaller(this IHostApplicationBuilder builder, string module)
    {
        var services = builder.Services;
        if (services.Any(s => s.IsKeyedService && s.ServiceType == typeof(ModuleCaller) && Equals(s.ServiceKey, module)))
        {
            return;
        }

        services.AddMetrics();
        services.TryAddSingleton<WireMetrics>();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new OwnCredential(provider.GetService<OwnService>(), provider.GetRequiredService<IConfiguration>()));
        var addresses = new ModuleAddresses(builder.Configuration, module);
        services.AddSingleton<ISettingsCheck>(addresses);
        services.AddKeyedSingleton(module, (provider, _) => Open(provider, addresses));
        services.AddKeyedSingleton(module, (provider, _) => ActivatorUtilities.CreateInstance<ModuleCaller>(provider, module, provider.GetRequiredKeyedService<ModuleChannel>(module)));
        services.AddSingleton<IModuleProbe>(provider => ActivatorUtilities.CreateInstance<ModuleProbe>(provider, module, provider.GetRequiredKeyedService<ModuleChannel>(module)));
    }

    private static ModuleChannel Open(IServiceProvider provider, ModuleAddresses addresses)
    {
        var read = addresses.Read();
        return new ModuleChannel(ModuleEndpoints.From(read), Tls(provider.GetService<ServiceTls>(), read), provider.GetRequiredService<TimeProvider>());
    }

    // An address says by its scheme whether it speaks TLS; a name has none, and follows the switch.
    private static SslClientAuthenticationOptions? Tls(ServiceTls? tls, ImmutableArray<Uri> addresses)
    {
        var secure = addresses.Any(a => a.Scheme == Uri.UriSchemeHttps || (a.Scheme == ModuleAddresses.Dns && tls is { Enabled: true }));
        return secure ? tls?.ClientOptions() ?? new SslClientAuthenticationOptions() : null;
    }
}
