using System.Buffers;
using System.Collections.Frozen;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>Finds the value that a sentence says: "the password for staging is x", "pw x", "what is the pin? - it's 4711".</summary>
internal static class SentenceReader
{
    private const int MostWords = 12;
    private const int LongestJoined = 12;
    private const int WordsBehindVerb = 4;

    private static readonly SearchValues<char> Names = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Verbs = new[]
    {
        "is", "are", "was", "be", "it's", "its", "it’s", "that's", "being", "remains", "stays", "reads", "becomes", "equals", "to", "as", "ist", "lautet",
        "lauten", "sind", "war", "sei", "est", "c'est", "sera", "es", "será", "é", "è", "eh", "jest", "to:", "är",
        "er", "on", "je", "este", "wynosi", "brzmi", "is:", "это", "called", "of", "new", "now", "use", "using", "try", "enter", "type", "here", "here's",
        "got",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Direct = new[]
    {
        "is", "are", "was", "be", "it's", "its", "it’s", "that's", "to", "ist", "は", "는", "은", "lautet", "war", "est", "c'est", "es", "é", "è", "eh", "jest",
        "är", "er", "is:", "being", "remains", "stays", "sind", "equals", "será", "sera",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The likeliest value behind the word, with its score.</summary>
    public static PossibleValue Read(ReadOnlySpan<char> text, SecretName name, SecretKind kind, out double score)
    {
        var isVerb = text[name.Start..name.End].Equals("pass", StringComparison.OrdinalIgnoreCase);
        score = 0;
        var at = name.End;
        if (at + 1 < text.Length && (text[at] is '(' or '[' || (text[at] is '.' or '/' or '\\' && !char.IsWhiteSpace(text[at + 1]))))
        {
            // A member, a call, a path.
            return default;
        }

        var behindVerb = int.MaxValue;
        var asked = false;

        // Scripts without blanks: the verb is some of the characters up to the value.
        var joined = at;
        while (joined < text.Length && text[joined] > '\u2E7F' && joined - at < LongestJoined)
        {
            joined++;
        }

        if (joined > at && joined < text.Length)
        {
            (at, behindVerb) = (joined, 0);
        }

        for (var words = 0; words < MostWords; words++)
        {
            var next = SkipBetween(text, at, ref asked, ref behindVerb);
            if (next < 0)
            {
                return default;
            }

            var form = behindVerb == 0 ? ValueForm.Said : ValueForm.Mentioned;
            var value = ValueReader.Read(text, next, form);
            if (value.Length > 0)
            {
                var found = text.Slice(value.Start, value.Length);
                if (isVerb ? (behindVerb <= 2 || (words == 0 && char.IsAsciiDigit(found[^1])))
                    && !text[name.End..value.Start].Contains('\n') : behindVerb <= WordsBehindVerb || words == 0)
                {
                    var judged = MayStand(found, kind, value, words, behindVerb) ? SecretValue.Score(found, kind, value) : 0;
                    if (judged >= 0.5)
                    {
                        score = judged;
                        return value;
                    }
                }
            }

            // On to the next word.
            var end = next;
            while (end < text.Length && !char.IsWhiteSpace(text[end]))
            {
                end++;
            }

            var word = text[next..end].Trim("\"'`*()[],:;");
            if (IsSentenceEnd(text, next, end, ref asked))
            {
                return default;
            }

            behindVerb = Direct.Contains(word) || text[end - 1] is ':'
                or '=' ? 0 : Verbs.Contains(word) ? 1 : behindVerb == int.MaxValue ? behindVerb : behindVerb + 1;
            at = end;
        }

        return default;
    }

    /// <summary>In a sentence only what no sentence has by chance; quoted words directly behind the verb.</summary>
    private static bool MayStand(ReadOnlySpan<char> value, SecretKind kind, in PossibleValue place, int words, int behindVerb)
    {
        var sign = value.IndexOf('=');
        if (sign > 0 && sign < value.Length - 1 && !value[..sign].ContainsAnyExcept(Names))
        {
            // An assignment to another name.
            return false;
        }

        // An exclamation mark ends a sentence more often than a password.
        var shape = new ValueShape(value.TrimEnd('!'));
        if (kind == SecretKind.Pin)
        {
            return behindVerb <= 2 || words == 0;
        }

        if (place.Quoted && behindVerb == 0)
        {
            return true;
        }

        if (shape.IsMixed)
        {
            return !(char.IsDigit(value[0]) && shape.Letters > 0 && shape.Length <= 5) && !value.Contains('/') | shape.Length > 12 && (behindVerb <= 1
                || shape.Length >= 6) && !value.Contains("'", StringComparison.Ordinal);
        }

        return behindVerb == 0 && (shape.IsDigits || !place.Continues);
    }

    /// <summary>Behind blanks and, in a chat, behind the next speaker; -1 at the sentence's end.</summary>
    private static int SkipBetween(ReadOnlySpan<char> text, int at, ref bool asked, ref int behindVerb)
    {
        var lines = 0;
        while (at < text.Length)
        {
            var c = text[at];
            if (c is '\n' or '\r')
            {
                lines += c == '\n' ? 1 : 0;
                if (lines > (asked ? 2 : 1))
                {
                    return -1;
                }
            }
            else if (c is '"' or '\'' && at + 1 < text.Length && text[at + 1] is ',' or ')' && (at + 2 >= text.Length
                || text[at + 2] is ' ' or ')' or '\r' or '\n' or ';'))
            {
                // The end of an argument: code, not a sentence.
                return -1;
            }
            else if (c == '?')
            {
                asked = true;
            }
            else if (!char.IsWhiteSpace(c) && c is not ('"' or '\'' or '`' or '*' or ')' or ':' or '=' or '-' or ',' or '>' or '(' or '→' or '–'
                or '—') || (c is '"' or '\'' or '`' && at + 1 < text.Length && char.IsLetterOrDigit(text[at + 1]) && at > 0
                && !char.IsLetterOrDigit(text[at - 1])))
            {
                return at;
            }

            behindVerb = c is ':' or '=' or '→' ? 0 : behindVerb;
            at++;
        }

        return -1;
    }

    private static bool IsSentenceEnd(ReadOnlySpan<char> text, int start, int end, ref bool asked)
    {
        if (end >= text.Length)
        {
            return true;
        }

        var last = text[end - 1];
        if (last == '?')
        {
            asked = true;
            return false;
        }

        if (asked)
        {
            // "sure, it's x", "of course! here: x": an answer may begin with a sentence of its own.
            return false;
        }

        return (last is '.' or '!' && end - start > 1) || last is ';' or '{' or '}' or '(';
    }
}
