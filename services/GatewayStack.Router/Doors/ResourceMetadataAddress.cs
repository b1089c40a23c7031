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

    /// <summary>Where callers reach the gateway, without a slash at its end.</summary>
    public string PublicUrl => (configuration["Identity:PublicUrl"] ?? Bound() ?? "http://127.0.0.1:8080").TrimEnd('/');

    private string? Bound()
    {
        if (services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is not { } first)
        {
            return null;
        }

        // An address that means all of them is none that anybody could call.
        var binding = Microsoft.AspNetCore.Http.BindingAddress.Parse(first);
        return binding.Host is "*" or "+" or "0.0.0.0" or "[::]" ? $"{binding.Scheme}://127.0.0.1:{binding.Port}" : first;
    }
}
