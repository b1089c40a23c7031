using System.Net;
using System.Net.Sockets;

namespace GatewayStack.Contracts.Identity;

/// <summary>Names where calls come from, as coarse as one sender can choose: an IPv4 address, or the /64 of an IPv6 address.</summary>
public static class CallSource
{
    private const int PrefixBytes = 8;

    /// <summary>The source of a connection; null where there is no address.</summary>
    public static string? Of(IPAddress? address)
    {
        if (address is null)
        {
            return null;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4().ToString();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, PrefixBytes)) : address.ToString();
    }
}
