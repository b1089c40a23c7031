using Microsoft.Extensions.Configuration;

namespace GatewayStack.AppHost;

internal static class ResourceExtensions
{
    /// <summary>Gives the gateway its fixed public address, without the orchestrator's proxy in front: the proxy would hide who calls from where.</summary>
    public static IResourceBuilder<ProjectResource> WithFrontDoor(this IResourceBuilder<ProjectResource> gateway, FrontDoor frontDoor) => gateway
        .WithEndpoint(Resources.Http, endpoint =>
        {
            endpoint.UriScheme = "http";
            endpoint.TargetHost = "127.0.0.1";
            endpoint.Port = frontDoor.Port;
            endpoint.TargetPort = frontDoor.Port;
            endpoint.IsProxied = false;
        })
        .WithEnvironment("Identity__PublicUrl", frontDoor.Url)
        .WithEnvironment("Management__Url", frontDoor.ManagementUrl);

    /// <summary>What every host is given.</summary>
    public static IResourceBuilder<ProjectResource> WithHostDefaults(this IResourceBuilder<ProjectResource> host, IConfiguration configuration)
    {
        if (configuration["Data:Path"] is { } data)
        {
            host.WithEnvironment("Data__Path", data);
        }

        return host
            // Prompts are content: Aspire would have them recorded in development.
            .WithEnvironment("OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT", "false")
            // Without this a host that stops waits 10 s for the dashboard, which is already gone.
            .WithEnvironment("OTEL_EXPORTER_OTLP_TIMEOUT", "1000");
    }
}
