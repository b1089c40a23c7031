using System.Collections.Immutable;

namespace GatewayStack.AppHost.Services;

internal static class ServiceExtensions
{
    /// <summary>Gives the Router its fixed public address, without the orchestrator's proxy in front: the proxy would hide who calls from where.</summary>
    public static IResourceBuilder<ProjectResource> WithFrontDoor(this IResourceBuilder<ProjectResource> router, FrontDoor frontDoor) => router
        .WithEndpoint(Resources.Http, endpoint =>
        {
            endpoint.UriScheme = "http";
            endpoint.TargetHost = "127.0.0.1";
            endpoint.Port = frontDoor.Port;
            endpoint.TargetPort = frontDoor.Port;
            endpoint.IsProxied = false;
        })
        .WithEnvironment("Management__Url", frontDoor.ManagementUrl)
        .WithHealth();

    /// <summary>
    /// Gives a service its two addresses on free ports. Without the orchestrator's proxy: it accepts for a service that is away, which then looks like one that
    /// fails in the middle of a call.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithServiceEndpoints(this IResourceBuilder<ProjectResource> service)
    {
        foreach (var name in new[] { Resources.Http, Resources.Grpc })
        {
            service.WithEndpoint(name, endpoint =>
            {
                endpoint.UriScheme = "http";
                endpoint.Transport = name == Resources.Grpc ? "http2" : "http";
                endpoint.TargetHost = "127.0.0.1";
                endpoint.IsProxied = false;
            });
            service.WithEnvironment(
                $"Kestrel__Endpoints__{name}__Url",
                ReferenceExpression.Create($"http://127.0.0.1:{service.GetEndpoint(name).Property(EndpointProperty.TargetPort)}"));
        }

        return service
            .WithEndpointsInEnvironment(static _ => false)
            .WithEnvironment("Kestrel__Endpoints__grpc__Protocols", "Http2")
            .WithUrlForEndpoint(Resources.Grpc, static url => url.DisplayLocation = UrlDisplayLocation.DetailsOnly)
            .WithHealth();
    }

    /// <summary>Shows what the host itself says of its health, with a link to it.</summary>
    public static IResourceBuilder<ProjectResource> WithHealth(this IResourceBuilder<ProjectResource> host) => host
        .WithHttpHealthCheck("/health", endpointName: Resources.Http)
        .WithUrlForEndpoint(Resources.Http, static url =>
        {
            url.Url = url.Url.TrimEnd('/') + "/health";
            url.DisplayText = "health";
        });

    /// <summary>Passes settings on; a value that begins with the demo's address gets the real one.</summary>
    public static IResourceBuilder<ProjectResource> WithSettings(
        this IResourceBuilder<ProjectResource> service, ImmutableDictionary<string, string> settings, IResourceBuilder<ProjectResource>? demo) =>
        service.WithEnvironment(context =>
        {
            foreach (var (name, value) in settings)
            {
                context.EnvironmentVariables[name] = demo is not null && value.StartsWith(StackSettings.DemoAddress, StringComparison.Ordinal)
                    ? ReferenceExpression.Create($"{demo.GetEndpoint(Resources.Http)}{value[StackSettings.DemoAddress.Length..]}")
                    : value;
            }
        });
}
