using System.Buffers;

namespace GatewayStack.Transform.Recognizers.Credentials.Spoken;

/// <summary>Finds the value that a sentence says: "the password for staging is x", "pw x", "what is the pin? - it's 4711".</summary>
internal static class SentenceReader
{
    private const int MostWords = 14;
    private const int LongestJoined = 12;
    private const int WordsBehindVerb = 4;
    private const int MostSentences = 2;
    private const int LongHex = 20;
    private const int MostWordsBeforeWords = 6;
    private const int MostWordsBeforePin = 4;
    private const int WordsBeforeForeign = 3;

    private static readonly SearchValues<char> Closers = SearchValues.Create("\"»”」』’");
    private static readonly SearchValues<char> SettingLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
    private static readonly SearchValues<char> Names = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.");

    /// <summary>The likeliest value behind the word, with its score.</summary>
    public static PossibleValue Read(ReadOnlySpan<char> text, SecretName name, SecretKind kind, out double score)
    {
        var isVerb = text[name.Start..name.End].Equals("pass", StringComparison.OrdinalIgnoreCase);
        score = 0;
        var at = name.End;
        if (at + 1 < text.Length && (text[at] is '(' or '[' or '&' || (text[at] is '.' or '/' or '\\' && !char.IsWhiteSpace(text[at + 1]))))
        {
            // A member, a call, a path.
            return default;
        }

        var place = new Reading { BehindVerb = int.MaxValue };

        // Scripts without blanks: the verb is some of the characters up to the value.
        var joined = at;
        while (joined < text.Length && text[joined] > '\u2E7F' && joined - at < LongestJoined)
        {
            joined++;
        }

        var first = joined;
        if (joined > at && joined < text.Length)
        {
            first -= JapaneseWords.BeginningOf(text[at..joined]);
            (at, place.BehindVerb) = (joined, 0);
        }

        for (var words = 0; words < MostWords; words++)
        {
            var next = SkipBetween(text, name.End, at, ref place);
            if (next < 0)
            {
                return default;
            }

            var form = place.BehindVerb == 0 || (words == 0 && kind == SecretKind.Pin) ? ValueForm.Said : ValueForm.Mentioned;
            var value = ValueReader.Read(text, next, form);
            if (words == 0 && kind == SecretKind.Password && value.Length > 0
                && (WordPasswords.StandsAlone(text, value) || (WordPasswords.IsWordName(text[name.Start..name.End]) && WordPasswords.IsSaid(text, value))
                    || (next > name.End && (WordPasswords.IsForeign(text, name.End, value) || WordPasswords.IsPair(text, name.Start, value)))))
            {
                score = WordPasswords.Alone;
                return value;
            }

            if (value.Length > 0 && !place.IsOther)
            {
                var found = text.Slice(value.Start, value.Length);
                if (isVerb ? (place.BehindVerb <= 2 || (words == 0 && (char.IsAsciiDigit(found[^1]) || IsStrong(found) || (!value.Continues && ThoughtUp.Is(found)))))
                    && !text[name.End..value.Start].Contains('\n') : place.BehindVerb <= WordsBehindVerb || words == 0 || IsStrong(found)
                    || (words == 1 && !place.IsPurpose && value.Length >= 8)
                    || (kind == SecretKind.Pin && words <= MostWordsBeforePin && !GoesOn(text, value) && !found.ContainsAnyExcept(Alphabets.Digit))
                    || (value.Length >= 8 && IsLine(text, value)))
                {
                    var judged = MayStand(found, kind, value with { Continues = GoesOn(text, value) }, words, place.BehindVerb, !place.Asked
                        && text[name.End..value.Start].Contains('\n')) ? SecretValue.Score(found, kind, value) : 0;
                    judged = judged >= 0.5 || kind is not (SecretKind.Password or SecretKind.Secret) || isVerb || place.Sentences > 0 || words > MostWordsBeforeWords
                        || !(words == 0 || place.BehindVerb == 0) ? judged
                        : place.Equates && WordPasswords.IsWordName(text[name.Start..name.End]) && WordPasswords.IsSaid(text, value) ? WordPasswords.Alone
                        : WordPasswords.Score(text, value, place.Equates && kind == SecretKind.Password);
                    if (judged >= 0.5)
                    {
                        score = judged;
                        return value.Start == joined && !value.Quoted ? value with { Start = first, Length = value.Length + joined - first } : value;
                    }
                }
            }

            if (words is > 0 and <= WordsBeforeForeign && kind == SecretKind.Password && value.Length > 0 && WordPasswords.IsThoughtUpAbroad(text, name.End, value))
            {
                score = WordPasswords.Alone;
                return value;
            }

            // On to the next word.
            var end = next;
            while (end < text.Length && !char.IsWhiteSpace(text[end]))
            {
                end++;
            }

            if (next > 1 && text[next - 1] == '-' && text[next - 2] == '-')
            {
                // The next option of a command.
                return default;
            }

            if (IsOtherField(text, name.End, next, end, place.Asked))
            {
                return default;
            }

            var word = text[next..end].Trim("\"'`*()[],:;");
            if ((words == 0 && SpokenWords.IsAbout(word)) || IsSentenceEnd(text, next, end, ref place))
            {
                return default;
            }

            place.IsOther = SpokenWords.IsLabel(word) || (place.IsNumber && SpokenWords.Equates(word));
            place.IsNumber = SpokenWords.IsNumber(word);
            place.IsPurpose = SpokenWords.IsPurpose(word);
            place.Equates = SpokenWords.Equates(word) || text[end - 1] is ':' or '=';
            place.BehindVerb = text[end - 1] is ':' or '=' ? 0
                : SpokenWords.IsVerb(word, out var isDirect) ? (isDirect ? 0 : 1) : place.BehindVerb == int.MaxValue ? int.MaxValue : place.BehindVerb + 1;
            at = end;
        }

        return default;
    }

    /// <summary>True when somebody speaks in the line: "jo: what's the password".</summary>
    private static bool IsTalk(ReadOnlySpan<char> text)
    {
        var line = text[(text.LastIndexOf('\n') + 1)..];
        return line.Contains(": ", StringComparison.Ordinal) || line is ['<' or '>', ..];
    }

    /// <summary>A text of JSON ends in this word, or a line below begins with the name of something else.</summary>
    private static bool IsOtherField(ReadOnlySpan<char> text, int from, int start, int end, bool asked)
    {
        var token = text[start..end];
        var quote = token.LastIndexOf('"');
        return (quote > 0 && quote + 1 < token.Length && token[quote + 1] is ',' or '}' or ']')
            || (!asked && text[end - 1] is ':' or '=' && text[from..start].Contains('\n') && !IsTalk(text[..from]));
    }

    /// <summary>True when a word follows; a bracket explains.</summary>
    private static bool GoesOn(ReadOnlySpan<char> text, in PossibleValue value) =>
        value.Continues && ValueReader.SkipBlanks(text, value.Start + value.Length) is var next && next < text.Length && text[next] != '(';

    /// <summary>How far a sentence has been read.</summary>
    private struct Reading
    {
        /// <summary>Words since the last one that a value follows.</summary>
        public int BehindVerb;

        /// <summary>True directly behind the name of something else, and behind "serial is".</summary>
        public bool IsOther;

        /// <summary>True directly behind the name of a number.</summary>
        public bool IsNumber;

        /// <summary>True directly behind "is", or behind a colon.</summary>
        public bool Equates;

        /// <summary>True behind a word that says what the secret is for.</summary>
        public bool IsPurpose;

        /// <summary>True when a question has been asked.</summary>
        public bool Asked;

        /// <summary>Sentences that have ended.</summary>
        public int Sentences;
    }

    /// <summary>Letters, digits and marks mixed as no word of a sentence and no numbered name has them.</summary>
    public static bool IsStrong(ReadOnlySpan<char> value)
    {
        var shape = new ValueShape(value.TrimEnd("!.,;:"));
        return shape.Length >= 7 && shape.IsMixed && shape.Letters >= 3
            && ((shape.Symbols > shape.Joiners && shape.Digits > 0) || (shape.Digits > 0 && shape.Lowers > 0 && shape.Changes >= 2))
            && !PlainValues.IsNumberedName(value, shape) && (shape.Length >= LongHex || value.ContainsAnyExcept(Alphabets.Hex)) && !value.ContainsAny("/\\=()");
    }

    /// <summary>In a sentence only what no sentence has by chance; quoted words directly behind the verb.</summary>
    private static bool MayStand(ReadOnlySpan<char> value, SecretKind kind, in PossibleValue place, int words, int behindVerb, bool isNextLine)
    {
        var sign = value.IndexOf('=');
        if (sign > 0 && sign == value.Length - 1 && value.Contains('_') && !value[..sign].ContainsAnyExcept(SettingLetters))
        {
            // API_KEY= of the next line, before what a reader is to fill in.
            return false;
        }

        if ((sign > 0 && sign < value.Length - 1 && !value[..sign].ContainsAnyExcept(Names) && !(kind == SecretKind.Password && words == 0 && char.IsUpper(value[0])
            && char.IsUpper(value[sign + 1]))) || (place is { Quoted: false, Form: ValueForm.Mentioned } && value.Contains(',')))
        {
            // An assignment to another name, or a line of a list.
            return false;
        }

        // An exclamation mark ends a sentence more often than a password.
        var shape = new ValueShape(value.TrimEnd('!'));
        if (kind == SecretKind.Pin)
        {
            return !(place.Form == ValueForm.Mentioned && isNextLine) && (behindVerb <= 2 || words == 0 || (words <= MostWordsBeforePin && !place.Continues && shape.IsDigits));
        }

        if (place.Quoted && behindVerb == 0)
        {
            return !(value.Count(' ') >= 3 && value[^1] is '.' or '!' or '?');
        }

        if (shape.IsMixed)
        {
            return !(char.IsDigit(value[0]) && shape.Letters > 0 && shape.Length <= 5) && !value.Contains('/') | shape.Length > 12 && (behindVerb <= 1
                || shape.Length >= 6) && !value.Contains("'", StringComparison.Ordinal);
        }

        return behindVerb == 0 && (shape.IsDigits || !place.Continues);
    }

    /// <summary>Behind blanks and, in a chat, behind the next speaker; -1 at the sentence's end.</summary>
    private static int SkipBetween(ReadOnlySpan<char> text, int from, int at, ref Reading place)
    {
        var lines = 0;
        while (at < text.Length)
        {
            var c = text[at];
            if (c is '\n' or '\r')
            {
                lines += c == '\n' ? 1 : 0;
                if (lines > 2 || (lines > 1 && !place.Asked && !IsAnswer(text, at)))
                {
                    return -1;
                }
            }
            else if (c is '"' or '\'' && at + 1 < text.Length && text[at + 1] is ',' or ')' or '}' or ']' && (at + 2 >= text.Length
                || text[at + 2] is ' ' or ')' or '\r' or '\n' or ';' or ',' or '}'))
            {
                // The end of an argument: code, not a sentence.
                return -1;
            }
            else if (c == '?')
            {
                place.Asked = true;
            }
            else if (c == '=' && !place.Asked && text[from..at].Contains('\n'))
            {
                // The next line assigns to another name.
                return -1;
            }
            else if (!char.IsWhiteSpace(c) && c is not ('"' or '\'' or '`' or '*' or ')' or ':' or '=' or '-' or ',' or '>' or '(' or '→' or '–'
                or '—') || (c is '"' or '\'' or '`' && at + 1 < text.Length && char.IsLetterOrDigit(text[at + 1]) && at > 0
                && !char.IsLetterOrDigit(text[at - 1])))
            {
                return at;
            }

            // An arrow behind a quoted word leads from one entry of a menu to the next, and what it leads to may be any word.
            place.BehindVerb = c is ':' or '=' || (c == '→' && !text[from..at].ContainsAny(Closers)) ? 0 : place.BehindVerb;
            place.Equates |= c is ':' or '=';
            at++;
        }

        return -1;
    }

    /// <summary>True when a value is all that its line says.</summary>
    private static bool IsLine(ReadOnlySpan<char> text, in PossibleValue value)
    {
        var end = value.Start + value.Length;
        return !text.Slice(value.Start, value.Length).ContainsAny(',', '|', ';') && (value.Start == 0 || text[value.Start - 1] == '\n')
            && (end >= text.Length || text[end] is '\n' or '\r');
    }

    /// <summary>True when the line that begins behind this break is one word: in a chat, the answer below a name.</summary>
    private static bool IsAnswer(ReadOnlySpan<char> text, int at)
    {
        var line = text[(at + 1)..];
        var end = line.IndexOfAny('\n', '\r');
        line = (end < 0 ? line : line[..end]).Trim();
        return line.Length >= 8 && !line.ContainsAny(' ', '\t') && new ValueShape(line) is { IsMixed: true };
    }

    private static bool IsSentenceEnd(ReadOnlySpan<char> text, int start, int end, ref Reading place)
    {
        if (end >= text.Length)
        {
            return true;
        }

        var last = text[end - 1];
        if (last == '?')
        {
            place.Asked = true;
            return false;
        }

        if (place.Asked)
        {
            // "sure, it's x", "of course! here: x": an answer may begin with a sentence of its own.
            return false;
        }

        if (last is '.' or '!' && end - start > 1 && !(end - start == 2 && char.IsUpper(text[start])))
        {
            // "I reset your password. It's x."
            return ++place.Sentences >= MostSentences || !GoesOn(text, end);
        }

        return last is ';' or '{' or '}' or '(';
    }

    /// <summary>True when the next sentence begins with a word that looks back.</summary>
    private static bool GoesOn(ReadOnlySpan<char> text, int at)
    {
        var start = ValueReader.SkipBlanks(text, at);
        var end = start;
        while (end < text.Length && (char.IsLetter(text[end]) || text[end] is '\'' or '’'))
        {
            end++;
        }

        return end > start && SpokenWords.Returns(text[start..end]);
    }
}
