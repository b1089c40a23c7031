using GatewayStack.Identity;
using GatewayStack.Identity.Hosting;
using GatewayStack.Identity.Settings;
using GatewayStack.Identity.Standings.Administration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
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
    /// Maps the administration of measures that cut somebody off: <c>GET</c> and <c>POST</c> at the path, <c>DELETE</c> below it, for callers with the scope <c>admin:standing</c>.
    /// Behind <see cref="UseGatewayIdentity"/>, which holds everybody to them.
    /// </summary>
    public static IEndpointConventionBuilder MapGatewayStandings(this IEndpointRouteBuilder endpoints, string path = "/admin/identity/standings")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var group = endpoints.MapGroup(path);
        group.MapGet(string.Empty, StandingAnswers.Scoped(StandingAdministration.ListRoute));
        group.MapPost(string.Empty, StandingAnswers.Scoped(StandingAdministration.AddRoute));
        group.MapDelete("{id}", StandingAnswers.Scoped(StandingAdministration.EndRoute));
        return group;
    }

    /// <summary>
    /// Lets only verified callers pass: <c>HttpContext.User</c> is then a <c>GatewayPrincipal</c>. Answers everybody else, and serves the
    /// protected-resource metadata and the key set, and takes logout tokens where an issuer's are configured. Who is cut off is refused. An endpoint that allows
    /// anonymous callers stays open if routing runs before this.
    /// </summary>
    /// <exception cref="Exception">The settings are wrong; the message lists every error.</exception>
    public static IApplicationBuilder UseGatewayIdentity(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var errors = new IdentitySettingsCheck(app.ApplicationServices.GetRequiredService<IIdentitySettingsSource>()).Check();
        return errors.IsEmpty ? app.UseMiddleware<GatewayIdentityMiddleware>() : throw new IdentitySettingsException(errors);
    }
}
