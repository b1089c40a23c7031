using System.Buffers;

namespace GatewayStack.Transform.Recognizers.Credentials.Spoken;

/// <summary>Finds the value that stands before the word that announces it: "x is the password", "with x as password", "x (wifi password)".</summary>
internal static class BeforeReader
{
    /// <summary>So many units before the word are read, and held by a stream where a value may stand in them.</summary>
    public const int Back = 64;

    private const int NearDigits = 28;
    private const int MostWords = 7;
    private const int ShortestValue = 4;

    private static readonly SearchValues<char> Code = SearchValues.Create("()={}<>[]/\\");

    /// <summary>The value before a name, with its score.</summary>
    /// <param name="text">The surroundings.</param>
    /// <param name="name">The name.</param>
    /// <param name="kind">What it names.</param>
    /// <param name="lowest">Where the earliest value may begin.</param>
    /// <param name="score">Its score.</param>
    public static PossibleValue Read(ReadOnlySpan<char> text, SecretName name, SecretKind kind, int lowest, out double score)
    {
        score = 0;
        var nearest = default(ReadOnlySpan<char>);
        var bracket = false;
        var purpose = false;
        var points = false;
        var doing = false;
        var closed = false;
        var at = name.Start;
        for (var words = 0; words < MostWords; words++)
        {
            var sign = SkipBack(text, ref at, ref bracket);
            if (at <= lowest || sign < 0 || (words == 0 && IsCall(text, at, name.End)))
            {
                return default;
            }

            bracket &= !closed;
            var end = at;
            while (at > lowest && !char.IsWhiteSpace(text[at - 1]) && text[at - 1] is not '(')
            {
                at--;
            }

            if (at == lowest && lowest > 0 && !char.IsWhiteSpace(text[at - 1]))
            {
                return default;
            }

            var token = text[at..end];
            closed |= token[^1] == ')';
            var ends = EndsSentence(token) && !(token[^1] == '!' && nearest.Length > 0 && char.IsLower(nearest[0]));
            var word = token.Trim("\"'`*,.!;“”„«»()");
            if (word.Length == 0)
            {
                continue;
            }

            var value = ValueAt(text, at, end);
            var joined = bracket || sign > 0 || (nearest.Length > 0 && (SpokenWords.Joins(nearest) || purpose));
            if (joined && !(ends && !points && !(token[^1] == '!' && sign > 0)) && value.Length >= ShortestValue && IsOdd(text.Slice(value.Start, value.Length), value.Quoted, kind)
                && !SpokenWords.Joins(word) && GoesOn(text, name.End, nearest))
            {
                var place = value with { Form = purpose && sign == 0 && !bracket ? ValueForm.Mentioned : ValueForm.Said };
                score = SecretValue.Score(text.Slice(value.Start, value.Length), kind, place);
                return score >= 0.5 ? place : default;
            }

            if (!ends && joined && SpokenWords.Does(word))
            {
                // "should work as the password": the verb before it adds nothing.
                doing = true;
                continue;
            }

            if (doing && SpokenWords.Parts(word))
            {
                continue;
            }

            if (ends || (SpokenWords.Parts(word) && !SpokenWords.IsArticleBefore(word, nearest)) || new ValueShape(word) is { IsWords: false })
            {
                return default;
            }

            purpose = SpokenWords.IsPurpose(word) || (SpokenWords.Enters(word) && SpokenWords.IsField(nearest));
            points = SpokenWords.Points(word);
            nearest = word;
            bracket = false;
        }

        return default;
    }

    /// <summary>Where a value may begin in what is known: the first token that is no word, whose keyword is still to come.</summary>
    public static int ReachOf(ReadOnlySpan<char> known)
    {
        var at = 0;
        if (known.Length >= Back)
        {
            // Half a token looks like another one.
            while (at < known.Length && !char.IsWhiteSpace(known[at]))
            {
                at++;
            }
        }

        while (at < known.Length)
        {
            while (at < known.Length && char.IsWhiteSpace(known[at]))
            {
                at++;
            }

            var end = at;
            while (end < known.Length && !char.IsWhiteSpace(known[end]))
            {
                end++;
            }

            var token = known[at..end].Trim("\"'`*,.!;:“”„«»()");
            if (token.Length >= ShortestValue && IsHeld(known[at..end], token, known.Length - at))
            {
                return at;
            }

            at = end;
        }

        return known.Length;
    }

    private static bool IsHeld(ReadOnlySpan<char> written, ReadOnlySpan<char> token, int distance)
    {
        var shape = new ValueShape(token);
        return shape.IsMixed || (shape.IsDigits && distance <= NearDigits) || (written[0] is '"' or '\'' or '`' or '“' or '„' or '«' && shape.Letters > 0);
    }

    /// <summary>What a program calls with the name and more: <c>Mid$(password, i, 1)</c>.</summary>
    private static bool IsCall(ReadOnlySpan<char> text, int bracket, int end) => text[bracket] == '(' && bracket > 0 && !char.IsWhiteSpace(text[bracket - 1]) && end < text.Length && text[end] == ',';

    /// <summary>Not a word of the sentence.</summary>
    private static bool IsOdd(ReadOnlySpan<char> value, bool quoted, SecretKind kind)
    {
        var shape = new ValueShape(value.TrimEnd('!'));
        if (value.ContainsAny(Code) && !quoted)
        {
            return false;
        }

        return kind == SecretKind.Pin ? shape.Digits >= 3 : shape.IsMixed || quoted || (shape.IsDigits && kind == SecretKind.Password);
    }

    private static PossibleValue ValueAt(ReadOnlySpan<char> text, int start, int end)
    {
        while (end > start && text[end - 1] is ',' or '.' or ';' or ':')
        {
            end--;
        }

        while (start < end && text[start] is '¿' or '¡')
        {
            start++;
        }

        var quoted = end - start > 2 && ValueReader.IsQuote(text[start]) && ValueReader.IsQuote(text[end - 1]);
        return quoted
            ? new PossibleValue(start + 1, end - start - 2, ValueForm.Said, Quoted: true, Continues: false)
            : new PossibleValue(start, end - start, ValueForm.Said, Quoted: false, Continues: false);
    }

    /// <summary>Goes back over blanks and what joins: 1 for a sign between both, 0 for none, -1 where the sentence ends.</summary>
    private static int SkipBack(ReadOnlySpan<char> text, ref int at, ref bool bracket)
    {
        var lines = 0;
        var sign = 0;
        while (at > 0)
        {
            var c = text[at - 1];
            if (c is '\n')
            {
                if (++lines > 1)
                {
                    return -1;
                }
            }
            else if (c is '(' or '[')
            {
                bracket = true;
            }
            else if (c is '=' or '←' || (c is '-' or '–' or '—' && at < text.Length && char.IsWhiteSpace(text[at]) && at > 1 && text[at - 2] is ' ' or '-' or '<'))
            {
                sign = 1;
            }
            else if (c is '<' && sign == 1)
            {
                at--;
                continue;
            }
            else if (!char.IsWhiteSpace(c) && !(ValueReader.IsQuote(c) && at >= 2 && char.IsWhiteSpace(text[at - 2])))
            {
                return sign;
            }

            at--;
        }

        return sign;
    }

    private static bool EndsSentence(ReadOnlySpan<char> token) => token[^1] is '.' or '?' or ';' or ':' or '!' && token.Length > 1;

    /// <summary>The keyword is the last word of what is said, not the first of a longer name.</summary>
    private static bool GoesOn(ReadOnlySpan<char> text, int end, ReadOnlySpan<char> nearest)
    {
        while (end < text.Length && (ValueReader.IsQuote(text[end]) || text[end] is '*' or ')'))
        {
            end++;
        }

        if (end + 1 < text.Length && text[end] == '.' && char.IsAsciiLetter(text[end + 1]))
        {
            // password.min: a name of several parts.
            return false;
        }

        if (end >= text.Length || text[end] is '.' or ',' or ';' or ':' or '!' or '?' or '\n' or '\r' or ']')
        {
            return true;
        }

        if (text[end] != ' ')
        {
            return false;
        }

        if (end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]))
        {
            // "(code 2580)": the name has its own value behind it.
            return false;
        }

        var start = end;
        while (start < text.Length && text[start] is ' ' or '(')
        {
            start++;
        }

        end = start;
        while (end < text.Length && (char.IsLetter(text[end]) || text[end] == '\''))
        {
            end++;
        }

        var word = text[start..end];
        return word.IsEmpty || SpokenWords.Follows(word) || (SpokenWords.Enters(nearest) && SpokenWords.IsField(word));
    }
}
