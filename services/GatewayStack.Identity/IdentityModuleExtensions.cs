using GatewayStack.Identity.Hosting;
using GatewayStack.Identity.Settings;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds the Identity module to a host.</summary>
public static class IdentityModuleExtensions
{
    /// <summary>Adds the module in this process: <c>IIdentityModule</c>, <c>IDataKeys</c>, the check of its settings and the handlers of its routes.</summary>
    /// <remarks>Reads <c>Identity</c>, <c>Keys</c> and <c>Data:Path</c>. Adding it twice changes nothing.</remarks>
    public static IHostApplicationBuilder AddIdentityModule(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        IdentityServices.Add(builder.Services, new ConfigurationSettingsSource(builder.Configuration));
        return builder;
    }
}
