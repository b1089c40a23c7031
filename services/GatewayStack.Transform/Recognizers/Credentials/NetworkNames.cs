using System.Buffers;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>What opens a device of a network under other names than a password: the community of SNMP, and the two passphrases of its third version.</summary>
internal static class NetworkNames
{
    private const int Reach = 120;
    private const int Shortest = 5;
    private const int Qualifier = 24;
    private const double Likely = 0.85;

    private static readonly SearchValues<string> Protocol = SearchValues.Create(["snmp"], StringComparison.OrdinalIgnoreCase);

    /// <summary>Behind "community", where the line or the one before speaks of SNMP.</summary>
    public static Verdict Community(in Match match) => Value(match) is { Length: >= Shortest } value && IsCommunity(match.Text.Slice(value.Start, value.Length))
        ? new Verdict(value.Length, Likely, value.Start - match.Start) : Verdict.No;

    /// <summary>Behind "auth" and "priv".</summary>
    public static Verdict Passphrase(in Match match)
    {
        var value = Value(match);
        if (value.Length < 8 || char.IsLetterOrDigit(match.At(-1)) || match.At(-1) == '_')
        {
            return Verdict.No;
        }

        var text = match.Text;
        var written = text.Slice(value.Start, value.Length);
        var shape = new ValueShape(written);
        if (!PlainValues.IsTechnical(written) && !PlaceholderValues.Is(written) && !References.IsReference(written, value)
            && (shape.IsMixed || (shape.Joiners > 0 && shape.IsWords)))
        {
            return new Verdict(value.Length, Likely, value.Start - match.Start);
        }

        // Words with blanks between them fill the line of a setting.
        var end = text[value.Start..].IndexOfAny('\n', '\r');
        var line = end < 0 ? default : text.Slice(value.Start, end).TrimEnd();
        return match.At(match.Length) == ':' && line.Length is >= 8 and <= 60 && line.Contains(' ') && !line.ContainsAnyExcept(WordPasswordLetters) && !PlainValues.IsSentence(line)
            ? new Verdict(line.Length, Likely, value.Start - match.Start) : Verdict.No;
    }

    private static readonly SearchValues<char> WordPasswordLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789 ");

    private static PossibleValue Value(in Match match)
    {
        var text = match.Text;
        if (match.Value[0] is not ('r' or 'R') && !text[Math.Max(0, match.Start - Reach)..match.Start].ContainsAny(Protocol))
        {
            return default;
        }

        // "SNMP community, read only: x", "community (rw): x".
        var at = match.Start + match.Length;
        var rest = text[at..Math.Min(text.Length, at + Qualifier)];
        at += rest is [',' or '(', ..] or [' ', '(', ..] && rest.IndexOfAny(':', '\n') is > 0 and var colon && rest[colon] == ':' ? colon : 0;
        while (at < text.Length && text[at] is ' ' or '=' or ':' or '\t')
        {
            at++;
        }

        return at > match.Start + match.Length && at < text.Length && text[at] is not ('\n' or '\r' or '(' or '{') ? ValueReader.Read(text, at, ValueForm.Argument) with { Continues = false } : default;
    }

    /// <summary>A word of its own: "public" and "private" are what every device has from the start.</summary>
    private static bool IsCommunity(ReadOnlySpan<char> value) =>
        value is not ("public" or "private" or "string" or "strings" or "names" or "community") && !PlaceholderValues.Is(value) && !value.Contains(' ')
            && value.IndexOfAny("$<{(") < 0
        && new ValueShape(value) is { Letters: >= 3 } shape && (shape.Digits > 0 || shape.Symbols > 0) && char.IsLetterOrDigit(value[0])
        && !SecretWords.States.Contains(value.ToString());
}
