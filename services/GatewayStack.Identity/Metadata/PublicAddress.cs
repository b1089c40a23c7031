using GatewayStack.Identity.Issuers;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace GatewayStack.Identity.Metadata;

/// <summary>Where callers reach the gateway: as configured, else the first bound address. Never what a request says of itself.</summary>
internal sealed class PublicAddress(IssuerRegistry settings, IServiceProvider services)
{
    private string? _bound;

    /// <summary>The address without a slash at its end.</summary>
    /// <exception cref="InvalidOperationException">Nothing is configured and the server is not bound yet.</exception>
    public string Get()
    {
        if (settings.Current.Options.PublicUrl is { } configured)
        {
            return configured.TrimEnd('/');
        }

        return _bound ??= Bound() ?? throw new InvalidOperationException("Identity:PublicUrl is not set and the server has no address yet.");
    }

    private string? Bound()
    {
        // Resolved late: the server needs the application that needs us.
        var addresses = services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses;
        if (addresses?.FirstOrDefault() is not { } first)
        {
            return null;
        }

        var scheme = first.StartsWith("https:", StringComparison.OrdinalIgnoreCase) ? "https" : "http";
        var authority = first[(first.IndexOf("://", StringComparison.Ordinal) + 3)..].TrimEnd('/');
        var port = authority[(authority.LastIndexOf(':') + 1)..];
        if (port == "0")
        {
            return null;
        }

        string[] wildcards = ["*:", "+:", "[::]:", "0.0.0.0:"];
        var isWildcard = Array.Exists(wildcards, wildcard => authority.StartsWith(wildcard, StringComparison.Ordinal));
        return isWildcard ? $"{scheme}://127.0.0.1:{port}" : $"{scheme}://{authority}";
    }
}
