using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace GatewayStack.Router.Doors;

/// <summary>URL of the protected-resource metadata, from the configured public URL or the bound address; never from a Host header.</summary>
internal sealed class ResourceMetadataAddress(IConfiguration configuration, IServiceProvider services)
{
    private string? _current;

    /// <summary>The URL.</summary>
    public string Current => _current ??= PublicUrl + "/.well-known/oauth-protected-resource";

    private string PublicUrl =>
        (configuration["Identity:PublicUrl"]
            ?? services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
            ?? "http://127.0.0.1:8080").TrimEnd('/');
}
