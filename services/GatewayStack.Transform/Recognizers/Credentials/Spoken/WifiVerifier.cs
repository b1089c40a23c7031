using System.Buffers;

namespace GatewayStack.Transform.Recognizers.Credentials.Spoken;

/// <summary>The key of a wireless network: beside words for such a network any word for a key will do, and a strong value needs none.</summary>
internal static class WifiVerifier
{
    private const int Reach = 72;
    private const int Behind = 16;
    private const int LongestNote = 16;
    private const int FewestDigits = 16;
    private const int MostDigits = 26;
    private const double Printed = 0.9;

    /// <summary>Words behind which the network's name stands.</summary>
    private static readonly SearchValues<string> NameWords = SearchValues.Create(["ssid", "netzname", "funknetz", "name"], StringComparison.OrdinalIgnoreCase);
    private static readonly SearchValues<string> Networks = SearchValues.Create(
        ["wifi", "wi-fi", "wlan", "hotspot", "ssid", "wireless", "router", "fritzbox", "sans fil", "netwerk", "guest net", "network", "netzwerk", "wpa", "réseau", "nätverk",
        "access point", "access-point", "wi fi"],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>Behind a word for a key, near the word for a network: "WLAN heißt Moewe, Schlüssel x".</summary>
    public static Verdict Key(in Match match) => !IsBesideNetwork(match) ? Verdict.No : Digits(match) is { Length: > 0 } digits ? digits : SecretVerifier.Password(match);

    /// <summary>Nothing, where what stands round the word for a key names no network.</summary>
    public static int? KeyOutlook(in Match soFar, int known) => soFar.Start + soFar.Length + Behind <= soFar.Text.Length && !IsBesideNetwork(soFar) ? null : soFar.Length;

    private static bool IsBesideNetwork(in Match match)
    {
        var text = match.Text;
        var end = match.Start + match.Length;
        return NamesNetwork(text[Math.Max(0, match.Start - Reach)..end]) || NamesNetwork(text[end..Math.Min(text.Length, end + Behind)]);
    }

    /// <summary>As makers print keys on their devices: sixteen digits or more, often in groups of four.</summary>
    private static Verdict Digits(in Match match)
    {
        var text = match.Text;
        var at = ValueReader.SkipBlanks(text, match.Start + match.Length);
        if (at < text.Length && text[at] == '(' && text[at..].IndexOf(')') is > 0 and <= LongestNote and var closing)
        {
            at = ValueReader.SkipBlanks(text, at + closing + 1);
        }
        else if (at < text.Length && char.IsLetter(text[at]) && text[at..Math.Min(text.Length, at + LongestNote)].IndexOf(':') is > 0 and var colon
            && !text.Slice(at, colon).TrimEnd().Contains(' ')
            && NamesNetwork(text.Slice(at, colon)))
        {
            // Clé WPA : x
            at += colon;
        }

        if (at >= text.Length || text[at] is not (':' or '='))
        {
            return Verdict.No;
        }

        var start = ValueReader.SkipBlanks(text, at + 1);
        var (end, digits) = (start, 0);
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || (digits > 0 && text[end] is ' ' or '-' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]))))
        {
            digits += char.IsAsciiDigit(text[end]) ? 1 : 0;
            end++;
        }

        return digits is >= FewestDigits and <= MostDigits && (end == text.Length || text[end] is '\n' or '\r' or ' ' or ',' or ';' or '.' or ')')
            ? new Verdict(end - start, Printed, start - match.Start) : Verdict.No;
    }

    /// <summary>Behind the word for a network: "wifi: x", "the guest wifi is Mokka / x".</summary>
    public static Verdict Network(in Match match)
    {
        var text = match.Text;
        var at = match.Start + match.Length;
        if (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '.' or '(' || text[at..].StartsWith(":T:") || text[at..].StartsWith(":S:")))
        {
            // Text of a code that is scanned has its own row.
            return Verdict.No;
        }

        var best = default(PossibleValue);
        var score = 0.0;
        var (linked, foreign) = (false, false);
        var isName = match.Value.StartsWith("ssid", StringComparison.OrdinalIgnoreCase);
        while (at < text.Length && text[at] is not ('\n' or '\r'))
        {
            if (char.IsWhiteSpace(text[at]) || text[at] is ':' or '/' or '=' or '|' or ',' or '→' or '-' or '(' or ')' or '"' or '“' or '„')
            {
                linked = text[at] is ':' or '/' or '=' or '|' or ',' or '→' || (linked && char.IsWhiteSpace(text[at]));
                at++;
                continue;
            }

            var end = at;
            while (end < text.Length && !char.IsWhiteSpace(text[end]))
            {
                end++;
            }

            var value = ValueReader.Read(text, at, ValueForm.Said);
            var written = text.Slice(value.Start, value.Length);
            if (isName)
            {
                isName = false;
            }
            else if (linked && value.Length >= 8 && new ValueShape(written) is { IsMixed: true, Letters: >= 3 } && !written.ContainsAny('/', '=')
                && SecretValue.Score(written, SecretKind.Password, value) is >= 0.5 and var judged)
            {
                (best, score) = (value, judged);
            }
            else if (foreign && best.Length == 0 && WordPasswords.IsForeign(written))
            {
                (best, score) = (value, WordPasswords.Alone);
            }
            else if (linked && best.Length == 0 && WordPasswords.Score(text, value, equates: false) is >= 0.5 and var words)
            {
                (best, score) = (value, words);
            }

            isName |= text[at..end].TrimEnd("):") is var word && word.Length < end - at && word.ContainsAny(NameWords);
            foreign = SpokenWords.EndsInVerb(text[at..end]);
            linked = foreign || text[end - 1] is ':' or '=' or ',' or '/' || (SpokenWords.IsVerb(text[at..end].TrimEnd(",:"), out var direct) && direct);
            if (text[end - 1] is '.' or '!' or '?' or ';')
            {
                break;
            }

            at = end;
        }

        return best.Length == 0 ? Verdict.No : new Verdict(best.Length, score) { Offset = best.Start - match.Start };
    }

    /// <summary>Before the word for a network: "x - that's the wifi", "x is the wifi key".</summary>
    public static Verdict Before(in Match match) =>
        BeforeVerifier.Password(match) is { Length: > 0 } verdict && ThoughtUp.Is(match.Text.Slice(match.Start + verdict.Offset, verdict.Length)) ? verdict : Verdict.No;

    private static bool NamesNetwork(ReadOnlySpan<char> text) => text.ContainsAny(Networks);
}
