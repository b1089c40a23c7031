using System.Buffers;
using System.Globalization;

namespace GatewayStack.Transform.Recognizers.Verifiers;

/// <summary>The numbers of network cards.</summary>
internal static class PlaceVerifiers
{
    private const int FingerprintReach = 40;
    private const int CalledReach = 16;
    private const double SaidMac = 0.9;

    /// <summary>Six bytes that nothing is said about are also a time, the beginning of a file, a colour ramp.</summary>
    private const double BareMac = 0.8;

    private static readonly ContextWords Fingerprints = new("fingerprint", "fingerprints", "thumbprint", "sha1", "sha-1", "sha256", "sha-256", "md5", "digest", "checksum",
        "tls_fingerprint", "fingerabdruck", "empreinte", "huella", "impronta", "vingerafdruk");

    private static readonly ContextWords Cards = new("mac", "macs", "mac-adresse", "macaddr", "mac_address", "macaddress", "hwaddr", "hwaddress", "ether", "lladdr", "link", "hardware", "physical",
        "physische", "physique", "wlan", "wifi", "wi-fi", "lan", "nic", "adapter", "interface", "device", "gerät", "client", "station", "sta", "bssid", "ap", "dhcp", "dhcpack", "dhcprequest",
        "dhcpoffer", "dhcpdiscover", "arp", "lease", "laptop", "phone", "printer", "drucker", "camera", "router", "switch", "bluetooth", "ble", "address", "adresse", "dirección", "indirizzo",
        "endereço", "adres", "adress", "host", "reservation", "filter", "allow", "deny", "eth0", "en0", "wlan0");

    /// <summary>Directly before an address they say that it is a card's, though its first byte is that of a group.</summary>
    private static readonly ContextWords Called = new("mac", "mac-adresse", "mac-adress", "mac_address", "macaddress", "macaddr", "hwaddr");

    private static readonly SearchValues<char> HexLetters = SearchValues.Create("ABCDEFabcdef");
    private static readonly SearchValues<char> Broadcast = SearchValues.Create("fF:-");

    public static Verdict Mac(in Match match)
    {
        var next = match.At(match.Length);
        var continues = next is ':' or '-' && char.IsAsciiHexDigit(match.At(match.Length + 1));
        var value = match.Value;
        if (continues || HexGroups.GoBefore(match) || IsNoCard(value, Called.FindBefore(match.Text, match.Start, CalledReach) >= 0) || Fingerprints.FindBefore(match.Text, match.Start, FingerprintReach) >= 0)
        {
            return Verdict.No;
        }

        // One address in three hundred has digits only, and of six times all have.
        var isSaid = Cards.FindBefore(match.Text, match.Start, match.Start) >= 0;
        return isSaid ? new Verdict(match.Length, SaidMac) : value.ContainsAny(HexLetters) ? new Verdict(match.Length, BareMac) : Verdict.No;
    }

    /// <summary>The address of a group or of nobody, or a row of bytes that somebody thought up: <c>00:11:22:33:44:55</c>, <c>AA:BB:CC:DD:EE:FF</c>.</summary>
    private static bool IsNoCard(ReadOnlySpan<char> value, bool isCalled)
    {
        Span<int> bytes = stackalloc int[6];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = int.Parse(value.Slice(i * 3, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }

        var step = bytes[2] - bytes[1];
        var isRow = step is 0x11 or 0x22 or 1 or 0 or -1 or -0x11;
        for (var i = 2; i < bytes.Length && isRow; i++)
        {
            isRow = bytes[i] - bytes[i - 1] == step;
        }

        return isRow || (bytes[0] & 1) != 0 && (!isCalled || bytes[0] is 0x01 or 0x03 or 0x09 or 0x33 or 0xFF);
    }

    /// <summary>As switches write it: <c>0004.f2aa.71c3</c>. Where it has digits only it is a number like others.</summary>
    public static Verdict MacInThrees(in Match match) =>
        match.At(match.Length) == '.' || !match.Value.ContainsAny(HexLetters) || !match.Value.ContainsAnyExcept("fF.") ? Verdict.No : new Verdict(match.Length, 0.85);
}
