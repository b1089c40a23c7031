using System.Net;

namespace GatewayStack.Transform.Recognizers.Verifiers;

/// <summary>Addresses that parse, and that are not versions, times or a language's <c>::</c>.</summary>
internal static class IpVerifier
{
    private const int Reach = 16;
    private const double Score = 0.7;
    private static readonly ContextWords Versions = new("version", "versions", "release", "build", "firmware", "ver", "v", "section", "chapter", "oid");

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

        return match.Value is "0.0.0.0" or "255.255.255.255" || Versions.FindBefore(match.Text, match.Start, Reach) >= 0
            ? Verdict.No
            : new Verdict(match.Length, Score);
    }

    public static Verdict VerifyV6(in Match match)
    {
        var value = match.Value;
        if (value.EndsWith(":") && !value.EndsWith("::"))
        {
            value = value[..^1];
        }

        if (match.Truncated || value.Count(':') < 2 || !IPAddress.TryParse(value, out var address) || address.AddressFamily != System.Net.Sockets.AddressFamily.InterNetworkV6)
        {
            return Verdict.No;
        }

        // "a::b" parses too, but is far more often code than a host.
        var groups = 0;
        foreach (var range in value.Split(':'))
        {
            groups += value[range].IsEmpty ? 0 : 1;
        }

        return groups >= 3 || (groups == 2 && value.Length >= 9) ? new Verdict(value.Length, Score) : Verdict.No;
    }
}
