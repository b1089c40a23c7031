using System.Net;
using GatewayStack.Transform.Recognizers.Cues;

namespace GatewayStack.Transform.Recognizers.Verifiers;

/// <summary>Addresses that parse, and that are not versions, times or a language's <c>::</c>.</summary>
internal static class IpVerifier
{
    private const int Reach = 24;
    private const int Small = 99;
    private const int ByteDigits = 2;
    private const double Score = 0.7;
    private const double SaidScore = 0.9;
    private static readonly ContextWords Versions = new("version", "versions", "release", "build", "firmware", "ver", "v", "section", "chapter", "oid", "upgrade", "upgraded",
        "update", "updated", "bump", "patch", "assemblyversion", "fileversion", "productversion", "sdk", "driver", "chrome", "openssl", "clause", "§", "rev", "tag", "kapitel",
        "abschnitt", "chapitre", "capítulo", "capitolo", "hoofdstuk", "rozdział", "kapitlet", "wersja", "wersji", "versie", "versione", "versión", "versão", "versionen",
        "aktualizacja", "treiber", "sterownik", "pilote", "controlador", "software", "fw", "jdbc", "library", "package", "paket", "firefox", "curl", "lts", "esr");

    private static readonly ContextWords Hosts = new("ip", "ips", "address", "addr", "host", "hosts", "server", "client", "from", "to", "remote", "peer", "ping", "via", "ssh",
        "src", "dst", "source", "destination", "adresse", "adres", "dirección", "indirizzo", "endereço",
        "gateway", "router", "proxy", "vpn", "node", "listen", "bind", "allow", "deny", "block", "banned", "login", "at", "on", "auf", "von", "de", "da", "van");

    private static readonly ContextWords Machines = new("ip", "ips", "ipv4", "address", "addr", "host", "hosts", "server", "client", "remote", "peer", "ping", "ssh", "src",
        "dst", "source",
        "gateway", "router", "proxy", "vpn", "node", "listen", "bind", "adresse", "adres", "dirección", "indirizzo", "endereço");

    /// <summary>Names the address itself.</summary>
    private static readonly ContextWords Named = new("ip", "ips", "ipv4", "address", "addr", "host", "adresse", "adres", "dirección", "indirizzo", "endereço");

    public static Verdict VerifyV4(in Match match)
    {
        // Five numbers and more are no address; neither is one that goes on without a dot.
        if ((match.At(match.Length) == '.' && char.IsAsciiDigit(match.At(match.Length + 1))) || char.IsAsciiDigit(match.At(match.Length)))
        {
            return Verdict.No;
        }

        foreach (var range in match.Value.Split('.'))
        {
            var part = match.Value[range];
            if ((part.Length > 1 && part[0] == '0') || int.Parse(part) > 255)
            {
                return Verdict.No;
            }
        }

        if (match.At(-1) == '/' && char.IsLetter(match.At(-2)) && IsSmall(match.Value))
        {
            // web/6.1.0.4: a client and its version.
            return Verdict.No;
        }

        if (match.At(-1) == '=' && match.At(-2) is '=' or '~' or '>' or '<' or '^' || (match.At(match.Length) == '-' && char.IsLetter(match.At(match.Length + 1))))
        {
            return Verdict.No;
        }

        return IsNobodys(match.Value) || PublishedNumbers.IsDocumentationAddress(match, match.Value) || IsNetwork(match)
            || (IsSmall(match.Value) && !(match.At(match.Length) is ':' or '/' && char.IsAsciiDigit(match.At(match.Length + 1))) && !IsSaidOfMachine(match) && !IsFirst(match))
            || Versions.FindBefore(match.Text, match.Start, InLine(match)) > Named.FindBefore(match.Text, match.Start, Reach)
            || IsInListOfVersions(match) || IsCalledVersion(match)
            ? Verdict.No
            : new Verdict(match.Length, IsSaidOfMachine(match) || match.At(match.Length) is ':' ? SaidScore : Score);
    }

    /// <summary>This host, a mask, a group, a public resolver, a network, or what every router of a maker is set to.</summary>
    private static bool IsNobodys(ReadOnlySpan<char> address)
    {
        var first = int.Parse(address[..address.IndexOf('.')]);
        var last = address[(address.LastIndexOf('.') + 1)..];
        return first is 0 or 127 or >= 224 || address is "8.8.8.8" or "8.8.4.4" or "1.1.1.1" or "1.0.0.1" or "9.9.9.9" or "169.254.169.254"
            || last is "0" or "255" || address is "192.168.0.1" or "192.168.1.1" or "192.168.1.254" or "10.0.0.1" or "10.0.0.138" or "192.168.178.1";
    }

    /// <summary>Four numbers that the words behind them call a version: <c>16.21.37.105 is the version</c>.</summary>
    private static bool IsCalledVersion(in Match match) =>
        match.At(match.Length) == ' ' && match.Text[(match.Start + match.Length)..] is var rest && rest[..Math.Min(rest.Length, Reach)] is var near
        && Versions.FindBefore(near, near.Length, Reach) >= 0 && Hosts.FindBefore(match.Text, match.Start, Reach) < 0;

    /// <summary>A word for a machine directly before it, in its line, or in the head of its column; "from" and "to" are said of versions, too.</summary>
    private static bool IsSaidOfMachine(in Match match)
    {
        var line = match.Text[Math.Max(match.Text[..match.Start].LastIndexOf('\n') + 1, match.Start - (2 * Reach))..match.Start];
        if (line.EndsWith('='))
        {
            // app=7.31.0.2: the field's own name decides.
            line = line[(line.LastIndexOf(' ') + 1)..];
        }

        var head = match.Text[ColumnHead.Of(match.Text, match.Start, match.Start + match.Length)];
        return Machines.FindBefore(line, line.Length, line.Length) >= 0 || Machines.FindBefore(head, head.Length, head.Length) >= 0
            || (Hosts.FindBefore(line, line.Length, Reach) >= 0 && Versions.FindBefore(match.Text, match.Start, match.Start) < 0 && line.Count('.') < 3);
    }

    /// <summary>As far as its line goes, unless it stands alone in it.</summary>
    private static int InLine(in Match match) =>
        match.Start - (match.Text[..match.Start].LastIndexOf('\n') + 1) is > 0 and var line ? Math.Min(Reach, line) : Reach;

    /// <summary>
    /// Small numbers in a line that speaks of versions, and of no host: <c>driver 3.99.5.7 on the first, 4.1.4.2 on the second</c>; or the one that takes another's
    /// place.
    /// </summary>
    private static bool IsInListOfVersions(in Match match)
    {
        var line = match.Text[(match.Text[..match.Start].LastIndexOf('\n') + 1)..match.Start];
        var version = Versions.FindBefore(line, line.Length, line.Length);
        return version >= 0 && Machines.FindBefore(line, line.Length, line.Length) < 0 && (IsSmall(match.Value) || line.Length - version <= 2 * Reach);
    }

    /// <summary>Four numbers below a hundred: one address in forty is written so, and every version.</summary>
    private static bool IsSmall(ReadOnlySpan<char> address)
    {
        foreach (var range in address.Split('.'))
        {
            if (int.Parse(address[range]) > Small)
            {
                return false;
            }
        }

        return !address.StartsWith("10.");
    }

    /// <summary>The first word of a line of a log of requests.</summary>
    private static bool IsFirst(in Match match) => match.At(-1) is '\n' or '\0' && match.At(match.Length) == ' ' && match.At(match.Length + 1) == '-';

    /// <summary>A range: <c>10.1.0.0/16</c>.</summary>
    private static bool IsNetwork(in Match match) => match.At(match.Length) == '/' && char.IsAsciiDigit(match.At(match.Length + 1))
        && !(match.At(match.Length + 1) == '3' && match.At(match.Length + 2) == '2') && !match.Text.Contains("://", StringComparison.Ordinal);

    public static Verdict VerifyV6(in Match match)
    {
        var value = match.Value;
        if (value.EndsWith(":") && !value.EndsWith("::"))
        {
            value = value[..^1];
        }

        if (match.Truncated || value.Count(':') < 2 || HexGroups.GoBefore(match) || !IPAddress.TryParse(value, out var address)
            || address.AddressFamily != System.Net.Sockets.AddressFamily.InterNetworkV6)
        {
            return Verdict.No;
        }

        // "a::b" parses too, but is far more often code than a host.
        var groups = 0;
        var bytes = true;
        foreach (var range in value.Split(':'))
        {
            groups += value[range].IsEmpty ? 0 : 1;
            bytes &= value[range].Length == ByteDigits;
        }

        if (bytes)
        {
            // A fingerprint, byte by byte.
            return Verdict.No;
        }

        if (value.StartsWith("ffff", StringComparison.OrdinalIgnoreCase) || value.EndsWith("::") || value.StartsWith("2001:4860:4860") || value.StartsWith("2606:4700:4700"))
        {
            return Verdict.No;
        }

        if (PublishedNumbers.IsDocumentationAddress(match, value))
        {
            return Verdict.No;
        }

        return groups >= 3 || (groups == 2 && value.Length >= 9) ? new Verdict(value.Length, Score) : Verdict.No;
    }
}
