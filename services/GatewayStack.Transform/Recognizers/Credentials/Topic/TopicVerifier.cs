using System.Buffers;
using GatewayStack.Transform.Recognizers.Credentials.Spoken;

namespace GatewayStack.Transform.Recognizers.Credentials.Topic;

/// <summary>
/// A value that is written as few other things are, where people talk of secrets. No one rule says that it is given: how it is written, how near a word about
/// secrets stands, and the signs before it are added up.
/// </summary>
internal static class TopicVerifier
{
    /// <summary>A longer value is a key or a token, which other rows know.</summary>
    public const int Longest = 44;

    private const int Shortest = 6;
    private const int ShortestDrawn = 7;
    private const double Bar = 3.4;
    private const double LeastBesideLogin = 0.9;
    /// <summary>So much like one that, alone in its line, it needs no word for it.</summary>
    private const double Alone = 2.6;
    private const double Never = -20;

    private static readonly SearchValues<char> Code = SearchValues.Create("\\(){}<>[]|\"/:;“”„«»`");
    private static readonly SearchValues<char> OddMarks = SearchValues.Create("!#$%&*+?^~§");
    private static readonly SearchValues<char> Joints = SearchValues.Create("-_.,'+&!#$%*?@^~§=0123456789");

    /// <summary>At the first digit, or the first mark, of a value.</summary>
    public static Verdict Verify(in Match match)
    {
        var text = match.Text;
        var (start, end) = (match.Start, match.Start + match.Length);
        if (start > 0 && !char.IsWhiteSpace(text[start - 1]))
        {
            return Verdict.No;
        }

        while (end < text.Length && !char.IsWhiteSpace(text[end]))
        {
            end++;
        }

        if (!Bounds(text, ref start, ref end) || (match.Truncated && end == text.Length))
        {
            return Verdict.No;
        }

        var value = text[start..end];
        var shape = Written(value);
        if (shape <= 0 || (end < text.Length && text[end] == ':' && PlaceholderValues.NamesSecret(value))
            || text[..start].TrimEnd(" :)=").EndsWith("ssid", StringComparison.OrdinalIgnoreCase))
        {
            return Verdict.No;
        }

        var context = TopicContext.Read(text, start, shape >= Alone && value.ContainsAny(OddMarks) && (IsLine(text, start, end) || text[..start].TrimEnd(' ').EndsWith(" /")));
        if (double.IsNegativeInfinity(context.Topic) || (shape < LeastBesideLogin && context.IsLogin))
        {
            // Nobody talks of secrets, or it is the name of the account.
            return Verdict.No;
        }

        var odds = shape + context.Topic + context.Given + Behind(text, end) + (SpellingNotes.Precede(text, start) ? 0.8 : 0) - (context.IsTaken ? 0.5 : 0) - Bar;
        return odds > 0 && !IsCodeLine(text, start, end) && !Examples.Precede(text, start) && !Examples.Follow(text, end) ? new Verdict(end - start,
            LogOdds.ToProbability(odds), start - match.Start) : Verdict.No;
    }

    /// <summary>Leaves out what stands round a value between two blanks; false where that is none.</summary>
    internal static bool Bounds(ReadOnlySpan<char> text, ref int start, ref int end)
    {
        while (start < end && (ValueReader.IsQuote(text[start]) || text[start] is '(' or '[' or '*' or '¿' or '¡'))
        {
            start++;
        }

        while (end > start && (ValueReader.IsQuote(text[end - 1]) || text[end - 1] is ')' or ']' or ',' or '.' or ';' or ':' or '…'
            || (text[end - 1] is '*' && start > 0 && text[start - 1] == '*')))
        {
            end--;
        }

        // What a shell prints before it reads a command; the name of a field.
        return !(end - start > 1 && text[end - 1] is '#' or '$' or '%' or '>' && (start == 0 || text[start - 1] == '\n'))
            && !(end + 1 < text.Length && text[end] == '"' && text[end + 1] == ':')
            && end - start is >= Shortest and <= Longest && !text[start..end].ContainsAny(Code);
    }

    /// <summary>How much like a password it is written, in log-odds; 0 and less for what has other uses.</summary>
    internal static double Written(ReadOnlySpan<char> value)
    {
        var bare = value.TrimEnd("!?");
        var ends = bare.Length < value.Length;
        if (!bare.ContainsAnyExcept(Alphabets.Letter) || bare.ContainsAny('@', '='))
        {
            return Never;
        }

        var shape = new ValueShape(bare);
        if (shape.Letters < 3 || shape.Lowers == 0 || !char.IsLetterOrDigit(value[0]))
        {
            return Never;
        }

        var marks = 0;
        foreach (var c in bare)
        {
            marks += OddMarks.Contains(c) ? 1 : 0;
        }

        // What costs most is asked last.
        if ((marks == 0 && shape.Digits == 0 && !(value[^1] == '!' && shape.Joiners > 0)) || shape.Symbols > marks + shape.Joiners + 1 || IsName(bare, shape) || IsCounted(bare)
            || !value.ContainsAnyExcept(Alphabets.HexDash) || value.StartsWith("bc1") || FormatVerifier.IsPublished(value) || ThoughtUp.IsThing(bare)
            || SecretValue.Score(value, SecretKind.Password, new PossibleValue(0, value.Length, ValueForm.Said, Quoted: true, Continues: false)) < 0.5)
        {
            return Never;
        }

        if (marks > 0)
        {
            return (shape.Uppers > 0 ? 2.6 : shape.Digits > 0 ? 2.2 : 1.6) - (bare.IndexOfAny("+%~") >= 0 ? 0.8 : 0);
        }

        if (shape.Digits == 0)
        {
            // Words alone: only the mark at the end, or a capital in their midst, tells them from a sentence's.
            return 1.0;
        }

        if (IsLeet(bare, shape))
        {
            return shape.Uppers > 0 ? 1.8 : 1.2;
        }

        if (shape.Changes >= 2 || (shape.Changes == 1 && char.IsLetter(bare[^1]) && char.IsLetter(bare[0])))
        {
            var drawn = shape.Length >= ShortestDrawn && (shape.Uppers > 0 ? Gibberish.RareShare(bare) >= 0.25 || shape.Changes >= 4 : shape.Changes >= 4);
            return (drawn ? 2.6 : shape.Length < ShortestDrawn ? -0.5 : shape.Uppers > 0 ? 1.6 : Words(bare) >= 2 ? 0.3 : 0.2) + (ends ? 0.5 : 0);
        }

        if (shape.Joiners > 0)
        {
            var words = Words(bare);
            return (words >= 2 ? (shape.Uppers > 0 ? 1.5 : 0.9) : shape.Uppers > 0 && words == 1 && shape.Digits <= 4 ? 0.8 : 0.1) + (ends ? 0.8 : 0) - (bare.Contains('_')
                && shape.Uppers == 0 ? 0.8 : 0);
        }

        // Small letters and a short number make the name of an account.
        return (char.IsUpper(bare[0]) ? 1.1 : shape.Digits <= 2 ? -0.1 : 0.7) + (shape.Digits is 2 or 4 ? 0.2 : 0) + (ends ? 1.2 : 0) - (shape.Letters < 5 ? 0.6 : 0);
    }

    /// <summary>A name of a program's, a host: <c>get_x509_name</c>, <c>Crypto.HashV2</c>.</summary>
    private static bool IsName(ReadOnlySpan<char> value, in ValueShape shape)
    {
        if ((value.IndexOf(',') is >= 0 and var comma && (!value[..comma].ContainsAny(OddMarks) || value.Count(',') > 1)) || value.Contains(".md#", StringComparison.Ordinal)
            || (char.IsAsciiDigit(value[0]) && value.Contains('.') && value.Contains('+')) || (value.Contains('?') && value.Contains('.'))
            || (value.IndexOf('#') is > 0 and var sign && !value[(sign + 1)..].ContainsAnyExcept(Alphabets.Digit) && new ValueShape(value[..sign]) is { Digits: 0, Uppers: 0 }))
        {
            return true;
        }

        return value.Count('_') >= 3 || (value.Count('_') == 2 && shape.Uppers == 0)
            || (value.Contains('.') && !value.ContainsAny(OddMarks) && (shape.InnerUppers > 0 || shape.Uppers == 0))
            || (shape.InnerUppers >= 2 && char.IsLetter(value[^1]) && shape.Symbols == 0 && Gibberish.RareShare(value) < 0.25)
            || (shape.InnerUppers >= 2 && shape.Digits <= 2 && shape.Symbols == 0 && Gibberish.RareShare(value) < 0.2);
    }

    /// <summary>A word in which a digit stands for a letter: <c>tr1angle</c>.</summary>
    private static bool IsLeet(ReadOnlySpan<char> value, in ValueShape shape)
    {
        if (shape.Digits > 2 || shape.Letters < 6)
        {
            return false;
        }

        for (var i = 0; i < value.Length; i++)
        {
            if (char.IsAsciiDigit(value[i]) && !(value[i] is '0' or '1' or '3' or '4' or '5' && i > 0 && i < value.Length - 2 && char.IsLetter(value[i - 1])
                && char.IsLower(value[i + 1]) && char.IsLower(value[i + 2])))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Words of three letters and more between the joints.</summary>
    private static int Words(ReadOnlySpan<char> value)
    {
        var words = 0;
        foreach (var range in value.SplitAny(Joints))
        {
            words += value[range].Length >= 3 ? 1 : 0;
        }

        return words;
    }

    /// <summary><c>12-stellig</c>, <c>3rd</c>, <c>90-day</c>: a number before what it counts.</summary>
    private static bool IsCounted(ReadOnlySpan<char> value)
    {
        var digits = value.IndexOfAnyExcept(Alphabets.Digit);
        return digits is > 0 and <= 4 && !value[digits..].ContainsAny(Alphabets.Digit) && (value[digits] is '-' || value.Length - digits <= 3 || !char.IsUpper(value[digits]));
    }

    /// <summary>All that a line says, who speaks in it apart.</summary>
    private static bool IsLine(ReadOnlySpan<char> text, int start, int end)
    {
        if (end < text.Length && text[end] is not ('\n' or '\r'))
        {
            return false;
        }

        var line = text[(text[..start].LastIndexOf('\n') + 1)..start].TrimEnd();
        return line.IsEmpty || line[^1] is ']' or '>' || (line[^1] == ':' && line.Count(' ') <= 3);
    }

    internal static double Behind(ReadOnlySpan<char> text, int end)
    {
        while (end < text.Length && (ValueReader.IsQuote(text[end]) || text[end] is '*'))
        {
            end++;
        }

        return end >= text.Length || text[end] is '\n' or '\r' ? 0.4 : text[end] is '.' or ',' or ')' or ';' ? 0.3 : end + 1 < text.Length && text[end + 1] == '(' ? 0.5 : 0;
    }

    /// <summary>A line of a program, a log or a table.</summary>
    internal static bool IsCodeLine(ReadOnlySpan<char> text, int start, int end)
    {
        var line = text[(text[..start].LastIndexOf('\n') + 1)..start];
        var signs = 0;
        foreach (var c in line)
        {
            signs += c is '{' or '}' or '=' or '@' or '<' or '\\' or '$' ? 2 : c is '[' or ']' or '(' or ';' or '|' ? 1 : 0;
        }

        return signs >= 4 || (end + 1 < text.Length && text[end] is '\'' or '"' && text[end + 1] is ',') || line.TrimStart().StartsWith("//")
            || line.Contains("=\"", StringComparison.Ordinal);
    }
}
