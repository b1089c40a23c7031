using System.Buffers;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>Links that let whoever has them in: to a new password, an account that is confirmed, an invitation. What is drawn in them is the key.</summary>
internal static class ActionLinks
{
    private const int Shortest = 20;
    private const int ShortestHex = 32;
    private const double Certain = 0.9;

    /// <summary>Where such links go to, as their paths say.</summary>
    public static readonly string[] Paths =
    [
        "/reset", "/password", "/passwort", "/kennwort", "/wachtwoord", "/contrasena", "/mot-de-passe", "/haslo", "/senha", "/set-password", "/new-password", "/verify", "/confirm",
        "/activate", "/activation", "/aktivieren", "/freischalten", "/bestaetigen", "/invite", "/invitation", "/einladung", "/magic", "/recover", "/unlock", "/one-time",
    ];

    private static readonly SearchValues<char> Ends = SearchValues.Create(" \t\r\n\"'`<>|\\^{}()[]");
    private static readonly SearchValues<char> Joints = SearchValues.Create("/?&#;=.,");
    private static readonly SearchValues<char> Drawn = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    /// <summary>Parameters that say where one comes from or goes to.</summary>
    private static readonly string[] Others = ["utm_", "redirect", "return", "next", "state", "nonce", "client", "ref", "source", "campaign", "lang"];

    /// <summary>At such a path in a link.</summary>
    public static Verdict Verify(in Match match)
    {
        var text = match.Text;
        var address = text[(text[..match.Start].LastIndexOfAny(Ends) + 1)..match.Start];
        if (!address.Contains("://", StringComparison.Ordinal) || address.ContainsAny('?', '#'))
        {
            return Verdict.No;
        }

        var length = text[match.Start..].IndexOfAny(Ends);
        if (length < 0 && match.Truncated)
        {
            return Verdict.No;
        }

        var end = length < 0 ? text.Length : match.Start + length;
        for (var at = match.Start + match.Length; at < end;)
        {
            var stop = text[at..end].IndexOfAny(Joints);
            stop = stop < 0 ? end : at + stop;
            if (IsDrawn(text[at..stop]) && !(text[at - 1] == '/' && IsDigest(text[at..stop])) && !(text[at - 1] == '=' && IsOther(text[..(at - 1)])))
            {
                return new Verdict(stop - at, Certain, at - match.Start);
            }

            at = stop + 1;
        }

        return Verdict.No;
    }

    private static bool IsOther(ReadOnlySpan<char> before)
    {
        var name = before[(before.LastIndexOfAny('?', '&', '#') + 1)..];
        foreach (var other in Others)
        {
            if (name.StartsWith(other, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>As a part of a path, the number of a commit.</summary>
    private static bool IsDigest(ReadOnlySpan<char> value) => value.Length is 40 or 64 && !value.ContainsAnyExcept(Alphabets.Hex);

    private static bool IsDrawn(ReadOnlySpan<char> value) => value.Length >= Shortest && !value.ContainsAnyExcept(Drawn)
        && (new ValueShape(value) is { Uppers: >= 3, Lowers: >= 3, Digits: >= 2, Changes: >= 3 } || (value.Length >= ShortestHex && !value.ContainsAnyExcept(Alphabets.Hex)));
}
