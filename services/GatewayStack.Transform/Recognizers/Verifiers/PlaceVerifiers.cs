using System.Buffers;
using System.Globalization;
using GatewayStack.Transform.Recognizers.Cues;

namespace GatewayStack.Transform.Recognizers.Verifiers;

/// <summary>Coordinates, and the numbers of network cards.</summary>
internal static class PlaceVerifiers
{
    private const int Decimals = 3;
    private const int FingerprintReach = 40;
    private const double SaidMac = 0.9;

    /// <summary>Six bytes that nothing is said about are also a time, the beginning of a file, a colour ramp.</summary>
    private const double BareMac = 0.8;

    private static readonly ContextWords Fingerprints = new("fingerprint", "fingerprints", "thumbprint", "sha1", "sha-1", "sha256", "sha-256", "md5", "digest", "checksum",
        "tls_fingerprint", "fingerabdruck", "empreinte", "huella", "impronta", "vingerafdruk");

    private static readonly ContextWords Cards = new("mac", "macs", "mac-adresse", "macaddr", "mac_address", "macaddress", "hwaddr", "hwaddress", "ether", "lladdr", "link", "hardware", "physical",
        "physische", "physique", "wlan", "wifi", "wi-fi", "lan", "nic", "adapter", "interface", "device", "gerät", "client", "station", "sta", "bssid", "ap", "dhcp", "dhcpack", "dhcprequest",
        "dhcpoffer", "dhcpdiscover", "arp", "lease", "laptop", "phone", "printer", "drucker", "camera", "router", "switch", "bluetooth", "ble", "address", "adresse", "dirección", "indirizzo",
        "endereço", "adres", "adress", "host", "reservation", "filter", "allow", "deny", "eth0", "en0", "wlan0");

    private static readonly SearchValues<char> HexLetters = SearchValues.Create("ABCDEFabcdef");
    private static readonly SearchValues<char> Broadcast = SearchValues.Create("fF:-");
    private static readonly SearchValues<char> Winds = SearchValues.Create("NSEW");

    private static readonly CueSet Positions = CueSet.Of(CueKind.Position);

    /// <summary>One number or a pair. A pair without a word beside it is code more often than a place, unless its letters or degrees say otherwise.</summary>
    public static Verdict Coordinates(in Match match)
    {
        var value = match.Value;

        // Only words for places are asked for: without one in reach nothing round it is read.
        var (start, end) = (match.Start, match.Start + match.Length);
        var around = Surroundings.MaySay(match, start, end, Positions) ? Surroundings.Read(match, start, end) : default;
        if (value.Contains('°'))
        {
            return value.ContainsAny(Winds) ? new Verdict(match.Length, 0.95) : around.Says(Positions) ? new Verdict(match.Length, 0.8) : Verdict.No;
        }

        var comma = value.IndexOfAny(',', ' ');
        if (comma < 0 && !around.Says(Positions))
        {
            return Verdict.No;
        }

        var first = comma < 0 ? value : value[..comma].TrimEnd("NSEW");
        var second = comma < 0 ? default : value[comma..].TrimStart(", NS").TrimEnd(" EW");
        if (!IsDegrees(first, comma < 0 ? 180 : 90) || (comma >= 0 && !IsDegrees(second, 180)))
        {
            return Verdict.No;
        }

        if (first.TrimStart("+-").StartsWith("0.") && (comma < 0 || second.TrimStart("+-").StartsWith("0.")))
        {
            // Shares and prices; the place itself is in the sea.
            return Verdict.No;
        }

        var said = around.Says(Positions) && around.Distance <= 40;
        var lettered = comma >= 0 && value.ContainsAny('N', 'S') && value.ContainsAny('E', 'W');
        return lettered ? new Verdict(match.Length, 0.9) : !said ? IsPlace(match, first, second) ? new Verdict(match.Length, 0.6) : Verdict.No : comma >= 0
            ? new Verdict(match.Length, 0.9) : around.Distance <= 12 ? new Verdict(match.Length, 0.8) : Verdict.No;
    }

    public static Verdict Mac(in Match match)
    {
        var next = match.At(match.Length);
        var continues = next is ':' or '-' && char.IsAsciiHexDigit(match.At(match.Length + 1));
        var value = match.Value;
        if (continues || IsNoCard(value) || Fingerprints.FindBefore(match.Text, match.Start, FingerprintReach) >= 0)
        {
            return Verdict.No;
        }

        // One address in three hundred has digits only, and of six times all have.
        var isSaid = Cards.FindBefore(match.Text, match.Start, match.Start) >= 0;
        return isSaid ? new Verdict(match.Length, SaidMac) : value.ContainsAny(HexLetters) ? new Verdict(match.Length, BareMac) : Verdict.No;
    }

    /// <summary>The address of a group or of nobody, or a row of bytes that somebody thought up: <c>00:11:22:33:44:55</c>, <c>AA:BB:CC:DD:EE:FF</c>.</summary>
    private static bool IsNoCard(ReadOnlySpan<char> value)
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

        return isRow || (bytes[0] & 1) != 0;
    }

    /// <summary>As switches write it: <c>0004.f2aa.71c3</c>. Where it has digits only it is a number like others.</summary>
    public static Verdict MacInThrees(in Match match) =>
        match.At(match.Length) == '.' || !match.Value.ContainsAny(HexLetters) || !match.Value.ContainsAnyExcept("fF.") ? Verdict.No : new Verdict(match.Length, 0.85);

    /// <summary>Two numbers to about a metre in running text; in brackets and lists they are code.</summary>
    private static bool IsPlace(in Match match, ReadOnlySpan<char> first, ReadOnlySpan<char> second) => !IsAmongNumbers(match) &&
        first.Length - first.IndexOf('.') is var decimals and >= 5 and <= 8 && second.Length - second.IndexOf('.') is >= 5 and <= 8
        && (decimals >= 6 || first[0] == '-' || second[0] == '-') && first.IndexOf('.') >= 2 && match.At(-1) is ' ' or '\n' or '\0' or '"'
        && match.At(-2) is not (',' or '(' or '[' or '=') && match.At(match.Length) is not (')' or ']' or '}')
        && !(match.At(match.Length) is ',' && match.At(match.Length + 1) is ' ' && match.Text.Contains("[", StringComparison.Ordinal));

    /// <summary>Two of a row of readings.</summary>
    private static bool IsAmongNumbers(in Match match) =>
        (match.At(-1) is ' ' or '\t' or ';' or ',' && (char.IsAsciiDigit(match.At(-2)) || (match.At(-2) is ',' or ';' && char.IsAsciiDigit(match.At(-3)))))
        || (match.At(match.Length) is ' ' or ',' or ';' or '\t' && match.At(match.Length + 1) is '-' or (>= '0' and <= '9'));

    private static bool IsDegrees(ReadOnlySpan<char> text, double most) =>
        text.IndexOf('.') is var point and > 0 && text.Length - point - 1 >= Decimals
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && Math.Abs(value) <= most;
}
