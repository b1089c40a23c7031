using System.Net;
using System.Net.Sockets;

namespace GatewayStack.Router.Doors;

/// <summary>Where the front door listens, and where administration does.</summary>
internal sealed record ListenAddresses(IReadOnlyList<string> Public, string Management)
{
    public const string DefaultPublic = "http://127.0.0.1:8080";
    public const string DefaultManagement = "http://127.0.0.1:8081";

    public int ManagementPort => BindingPort(Management);

    /// <summary>Reads <c>urls</c> and <c>Management:Url</c>; a port of 0 becomes a free one, so that everybody knows it before the start.</summary>
    public static ListenAddresses Read(string? urls, string? management)
    {
        var doors = (string.IsNullOrWhiteSpace(urls) ? DefaultPublic : urls).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return new ListenAddresses([.. doors.Select(Concrete)], Concrete(management ?? DefaultManagement));
    }

    private static string Concrete(string url)
    {
        if (BindingPort(url) != 0)
        {
            return url.TrimEnd('/');
        }

        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        return url.TrimEnd('/')[..^1] + port.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private static int BindingPort(string url) => Microsoft.AspNetCore.Http.BindingAddress.Parse(url).Port;
}
