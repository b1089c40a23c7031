using GatewayStack.Identity;
using GatewayStack.Identity.Hosting;
using GatewayStack.Identity.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Identity in an ASP.NET Core app of one's own, without the gateway.</summary>
public static class GatewayIdentityExtensions
{
    /// <summary>Adds Identity with settings from a configuration (<c>Identity</c>, <c>Keys</c>, <c>Data:Path</c>), followed as it changes.</summary>
    public static IServiceCollection AddGatewayIdentity(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        IdentityServices.Add(services, new ConfigurationSettingsSource(configuration));
        return services;
    }

    /// <summary>Adds Identity with settings written in code.</summary>
    /// <param name="services">The services.</param>
    /// <param name="options">The settings.</param>
    /// <param name="dataPath">Folder under which the key files are kept. Default: the user's own application data.</param>
    /// <param name="masterKey">Secret reference of the key that wraps the key files. Default: none.</param>
    public static IServiceCollection AddGatewayIdentity(this IServiceCollection services, IdentityOptions options, string? dataPath = null, string? masterKey = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);
        IdentityServices.Add(services, new FixedSettingsSource(options, dataPath, masterKey));
        return services;
    }

    /// <summary>
    /// Lets only verified callers pass: <c>HttpContext.User</c> is then a <c>GatewayPrincipal</c>. Answers everybody else, and serves the
    /// protected-resource metadata and the key set. An endpoint that allows anonymous callers stays open if routing runs before this.
    /// </summary>
    /// <exception cref="Exception">The settings are wrong; the message lists every error.</exception>
    public static IApplicationBuilder UseGatewayIdentity(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var errors = new IdentitySettingsCheck(app.ApplicationServices.GetRequiredService<IIdentitySettingsSource>()).Check();
        return errors.IsEmpty ? app.UseMiddleware<GatewayIdentityMiddleware>() : throw new IdentitySettingsException(errors);
    }
}
