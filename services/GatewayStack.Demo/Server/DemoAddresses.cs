using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace GatewayStack.Demo.Server;

/// <summary>Addresses that may be known only once the demo server or the gateway is bound.</summary>
internal sealed class DemoAddresses(DemoServerOptions options, IServer server)
{
    /// <summary>Everything the demo serves stands below this path; the gateway forwards it unchanged.</summary>
    public const string PathBase = "/demo";

    private volatile Uri? _gateway = options.GatewayUrl;

    /// <summary>The gateway's public URL; null until it is known.</summary>
    public Uri? Gateway
    {
        get => _gateway;
        set => _gateway = value;
    }

    /// <summary>The issuer as it stands in tokens and metadata, byte for byte.</summary>
    public string Issuer => options.Issuer ?? Own + PathBase + "/";

    private string Own => server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()?.TrimEnd('/')
        ?? throw new InvalidOperationException("The demo server is not bound yet.");
}
