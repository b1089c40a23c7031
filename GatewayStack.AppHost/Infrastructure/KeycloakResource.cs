using Microsoft.Extensions.Configuration;

namespace GatewayStack.AppHost.Infrastructure;

/// <summary>Keycloak in a container, with the realms of a folder: an issuer that people really sign in with.</summary>
internal sealed class KeycloakResource(string name) : ContainerResource(name)
{
    private const int Port = 8080;

    /// <summary>Judges what is asked for: <c>Keycloak</c> true, with <c>Keycloak:Realms</c>, a folder of realm files.</summary>
    /// <returns>The folder's full path, or null where no Keycloak is wanted.</returns>
    /// <exception cref="StackRefusedException">There is no container engine, or no such folder.</exception>
    public static string? Check(IConfiguration configuration, FormChoice choice)
    {
        var asked = configuration["Keycloak"];
        if (asked is null || asked.Equals("false", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (!asked.Equals("true", StringComparison.OrdinalIgnoreCase))
        {
            throw new StackRefusedException($"Keycloak '{asked}' is neither true nor false.");
        }

        if (choice.Form != InfrastructureForm.Containers)
        {
            throw new StackRefusedException("Keycloak=true needs a container engine: use --Infrastructure=containers, or leave it out.");
        }

        return configuration["Keycloak:Realms"] is { Length: > 0 } realms && Directory.Exists(realms)
            ? Path.GetFullPath(realms)
            : throw new StackRefusedException("Keycloak=true needs Keycloak:Realms, the folder of the realm files to import.");
    }

    /// <summary>Adds it.</summary>
    public static void Add(IDistributedApplicationBuilder builder, string realms) =>
        builder.AddResource(new KeycloakResource(Resources.Keycloak))
            .WithImage("keycloak/keycloak", "26.5.0")
            .WithImageRegistry("quay.io")
            .WithHttpEndpoint(targetPort: Port, name: Resources.Http)
            .WithBindMount(realms, "/opt/keycloak/data/import", isReadOnly: true)
            .WithArgs("start-dev", "--import-realm")
            .WithHttpHealthCheck("/realms/master", endpointName: Resources.Http);
}
