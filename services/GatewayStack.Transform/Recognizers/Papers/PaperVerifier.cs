using GatewayStack.Transform.Recognizers.Cues;

namespace GatewayStack.Transform.Recognizers.Papers;

/// <summary>
/// A number that is said to be one of somebody's papers, whatever its country writes: behind the paper's word and a link ("the card is ...", "n° ...", "old=..."), at the end of the sentence that
/// names it, or as the answer in the next turns of a chat. The nearest word decides: one for an order, a part or another paper takes the value away.
/// </summary>
internal static class PaperVerifier
{
    /// <summary>So many units from the word on are looked at.</summary>
    public const int Window = 220;

    /// <summary>So many units before it.</summary>
    public const int Before = 160;

    private const double Direct = 0.9;
    private const double Linked = 0.82;
    private const double Answered = 0.85;
    private const double Listed = 0.72;

    private const int LongAccount = 8;
    private const int LongestInflection = 4;
    private const int ShortWord = 6;
    private const int MostTurns = 6;
    private const int LongestSpeaker = 34;
    private const int MostWordsBefore = 4;

    /// <summary>What takes a value away from the paper before it.</summary>
    private static readonly CueSet Others = CueSet.Of(CueKind.Order, CueKind.Reference, CueKind.Version, CueKind.Hash, CueKind.Product, CueKind.Network, CueKind.Phone, CueKind.Iban,
        CueKind.Account, CueKind.Passport, CueKind.License, CueKind.Medical, CueKind.Plate, CueKind.NationalId, CueKind.TaxId, CueKind.SocialSecurity, CueKind.Amount, CueKind.Email,
        CueKind.Routing, CueKind.Npi, CueKind.Vin, CueKind.Imei, CueKind.Username, CueKind.Secret);

    private static readonly System.Collections.Frozen.FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Links = WordSet.Of(
        "is was are reads says shows number no nr num id ids code new old mine now to ist war lautet steht nummer neu neue alte est était sont numéro numero n es era son dice nº número è sono era "
            + "é são zijn nummer nr. jest to brzmi numer ma är var lyder");

    private static readonly System.Collections.Frozen.FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Articles = WordSet.Of(
        "the a der die das le la les el los il lo o os het de een den det ten");

    /// <summary>The verifier of a kind: of the first value, or of the one that is written like it.</summary>
    public static Verifier For(PaperKind kind, int index) => (in Match match) => Verify(match, kind, index);

    private static Verdict Verify(in Match match, PaperKind kind, int index)
    {
        var text = match.Text;
        var from = WordEnd(text, match.Start, match.Length);
        if (from < 0 || !text[from..].ContainsAny(Alphabets.Digit) || match.At(-1) is '/' or '.' or '-' or '_' && !IsKey(match))
        {
            return Verdict.No;
        }

        var first = default(PaperValue);
        for (var at = NextStart(text, from); at < text.Length; at = NextStart(text, at))
        {
            var value = PaperValue.Read(text, at);
            if (value.End == 0 || !Fits(kind, value) || kind.Check?.Invoke(text[value.Start..value.End]) == false)
            {
                at = value.End > 0 ? value.End : WordFrom(text, at);
                continue;
            }

            if (first.End == 0)
            {
                var score = Score(match, kind, from, value);
                if (score == 0)
                {
                    return Verdict.No;
                }

                if (index == 0)
                {
                    return new Verdict(value.End - value.Start, score) { Offset = value.Start - match.Start };
                }

                first = value;
            }
            else if (IsReplaced(text[first.End..value.Start]))
            {
                return new Verdict(value.End - value.Start, Linked) { Offset = value.Start - match.Start };
            }
            else if (PaperValue.IsAlike(text[first.Start..first.End], text[value.Start..value.End]) && (value.IsMixed || value.Digits >= LongAccount))
            {
                return Taken(text, first.End, value.Start, kind) || text[first.End..value.Start].Contains("\":", StringComparison.Ordinal) ? Verdict.No : new Verdict(value.End - value.Start, Linked) { Offset = value.Start - match.Start };
            }

            at = value.End;
        }

        return Verdict.No;
    }

    private static double Score(in Match match, PaperKind kind, int from, PaperValue value)
    {
        var text = match.Text;
        if (Taken(text, from, value.Start, kind) || (kind.Topic is not null && !text.ContainsAny(kind.Topic)))
        {
            return 0;
        }

        var between = text[from..value.Start];
        if (between.Contains('\n'))
        {
            return kind.IsBeside && !IsAnswer(text, from) ? 0 : Answer(text, from, value);
        }

        if (EndsSentence(between))
        {
            return 0;
        }

        var words = Words(between, out var linked, out var foreign);
        if (kind.Topic is not null && !value.IsMixed && value.Digits < LongAccount && between.ContainsAny('"', '='))
        {
            // The key of a document that has its own accounts.
            return 0;
        }

        if (foreign == 0 && !(kind.IsBeside && !between.ContainsAny(",:=(")))
        {
            return words == 0 && between.Trim(" \"'").Length == 0 && !value.IsMixed && value.Groups == 1 && value.Digits < kind.FewestDigits + 1 ? Listed : Direct;
        }

        if (kind.IsBeside)
        {
            return 0;
        }

        return linked && (value.IsMixed || value.Digits >= kind.FewestDigits + 1) ? Linked
            : (kind.Topic is null || kind.MayBeListed) && between.TrimEnd() is [.., ',' or '('] && value.IsMixed && value.Digits >= 4 && ClosesClause(text, value.End) ? Listed : 0;
    }

    /// <summary>What somebody says in one of the turns after the word, or what stands in the line below it.</summary>
    private static double Answer(ReadOnlySpan<char> text, int from, PaperValue value)
    {
        var line = text[..value.Start].LastIndexOf('\n') + 1;
        var said = AnswerStart(text, line);
        if (said > value.Start || !ClosesClause(text, value.End))
        {
            return 0;
        }

        var isChat = said > line;
        var turns = text[from..value.Start].Count('\n');
        var words = Words(text[said..value.Start], out var linked, out var foreign);
        if (!isChat)
        {
            // The line below a heading or a field.
            return turns <= 2 && words == 0 && text[from..line].Trim(" \t\r\n:*_|#").IsEmpty && EndsLine(text, value.End) ? Answered : 0;
        }

        if (turns > MostTurns || (foreign > MostWordsBefore && !linked) || !(value.IsMixed || value.Digits >= 7) || !AreTurns(text, from, line))
        {
            return 0;
        }

        return turns <= 1 || (foreign == 0 && value.IsMixed) ? Answered : 0;
    }

    private static bool AreTurns(ReadOnlySpan<char> text, int from, int line)
    {
        var at = from + text[from..].IndexOf('\n') + 1;
        while (at < line)
        {
            if (AnswerStart(text, at) == at && text[at] is not ('\n' or '\r'))
            {
                return false;
            }

            at += text[at..].IndexOf('\n') + 1;
        }

        return true;
    }

    private static bool IsAnswer(ReadOnlySpan<char> text, int from)
    {
        var line = from + text[from..].IndexOf('\n') + 1;
        return AnswerStart(text, line) > line;
    }

    /// <summary>Where what is said begins in a line: behind the speaker's name, or a dash.</summary>
    private static int AnswerStart(ReadOnlySpan<char> text, int line)
    {
        if (text[line..] is ['-' or '–' or '—' or '>', ' ', ..])
        {
            return line + 2;
        }

        var end = line;
        while (end < text.Length && end - line < LongestSpeaker && (char.IsLetterOrDigit(text[end]) || text[end] is ' ' or '_' or '-' or '.' or '[' or ']' or '<' or '>' or '(' or ')' or '@'
            || (text[end] == ':' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]))))
        {
            end++;
        }

        var at = end < text.Length && end > line && (text[end] == ':' || text[end - 1] == '>') ? end + (text[end] == ':' ? 1 : 0) : line;
        while (at > line && at < text.Length && text[at] == ' ')
        {
            at++;
        }

        return at;
    }

    /// <summary>The nearest cue between the word and the value speaks of something else.</summary>
    private static bool Taken(ReadOnlySpan<char> text, int from, int to, PaperKind kind)
    {
        CueSet last = default;
        for (var i = from; new CueReader(text).TryNext(i, to, to, out var cue); i = cue.End)
        {
            last = text[cue.Start..cue.End] is "run" or "runs" ? last : cue.Set.Meets(Others) || cue.Set.Meets(kind.Own) ? cue.Set : last;
        }

        return !last.IsEmpty && !last.Meets(kind.Own);
    }

    private static bool Fits(PaperKind kind, PaperValue value) =>
        value.Digits + value.Letters <= kind.Longest
        && (value.IsMixed ? !kind.HasNoLetters && value.Letters <= 9 : !kind.NeedsLetters && value.Digits >= kind.FewestDigits);

    /// <summary>What follows takes the place of what stands before: <c>old="..." new="..."</c>, <c>... -> ...</c>.</summary>
    private static bool IsReplaced(ReadOnlySpan<char> between) => between.Trim(" \"',;:=") is "new" or "to" or "->" or "=>" or "→" or "now" or "neu" or "new_value" or "newValue";

    /// <summary>How many words stand between; how many of them are neither links nor articles; whether the last of them links.</summary>
    private static int Words(ReadOnlySpan<char> between, out bool linked, out int foreign)
    {
        (linked, foreign) = (false, 0);
        var count = 0;
        var isLast = false;
        for (var at = 0; at < between.Length;)
        {
            if (!char.IsLetter(between[at]) && between[at] is not ('º' or '°'))
            {
                at++;
                continue;
            }

            var end = at;
            while (end < between.Length && (char.IsLetter(between[end]) || between[end] is 'º' or '°'))
            {
                end++;
            }

            var word = between[at..end];
            var isArticle = Articles.Contains(word);
            var isLink = Links.Contains(word) || word is "n°" or "n" or "nr";
            isLast = isLink || (isArticle && isLast);
            foreign += isLink || isArticle ? 0 : 1;
            count++;
            at = end;
        }

        linked = isLast || between.TrimEnd(" \"'`*") is [.., ':' or '=' or '(' or '#' or '>'];
        return count;
    }

    private static bool EndsSentence(ReadOnlySpan<char> between)
    {
        for (var i = 0; i + 1 < between.Length; i++)
        {
            if (between[i] is '!' or '?' || (between[i] is '.' or ';' && between[i + 1] == ' ' && i > 2 && char.IsLetter(between[i - 1]) && char.IsLetter(between[i - 2]) && char.IsLetter(between[i - 3])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool ClosesClause(ReadOnlySpan<char> text, int end) =>
        end >= text.Length || text[end] is ',' or '.' or ';' or ')' or '\n' or '\r' or '"' or '\'' or '!' or '?' or '|' or '<' or ']' || text[end..].StartsWith(" and ") || text[end..].StartsWith(" then ")
        || text[end..].StartsWith(" - ") || text[end..].StartsWith(" – ") || text[end..].StartsWith(" (");

    private static bool EndsLine(ReadOnlySpan<char> text, int end) => end >= text.Length || text[end] is '\n' or '\r';

    /// <summary>A key of a document: <c>field=passport_no old="..."</c>, <c>"user.passport": "..."</c>.</summary>
    private static bool IsKey(in Match match) => match.At(match.Length) is '_' or '"' or '=' or ':' || match.At(-1) is '_' or '.';

    /// <summary>Behind the word and its ending; -1 where another word begins so.</summary>
    private static int WordEnd(ReadOnlySpan<char> text, int start, int length)
    {
        var end = start + length;
        if (char.IsAsciiDigit(text[end - 1]) || !char.IsLetter(text[end - 1]))
        {
            return end;
        }

        var at = end;
        while (at < text.Length && char.IsLetter(text[at]))
        {
            at++;
        }

        return at - end == 0 || (at < text.Length && at - end == 1 && text[end] == 's') || (length >= ShortWord && at - end <= LongestInflection) ? at : -1;
    }

    /// <summary>The next place where a number may begin: a digit or a capital behind what is no letter.</summary>
    private static int NextStart(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && !((char.IsAsciiDigit(text[at]) || char.IsAsciiLetterUpper(text[at])) && (at == 0 || !(char.IsLetterOrDigit(text[at - 1]) || text[at - 1] is '+' or '$' or '€' or '£' or '_' or '@' or '#' && !IsHash(text, at)))))
        {
            at++;
        }

        return at;
    }

    private static bool IsHash(ReadOnlySpan<char> text, int at) => text[at - 1] == '#' && at > 1 && text[at - 2] == ' ';

    private static int WordFrom(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || (text[at] is '.' or ',' or ':' or '/' or '-' && at + 1 < text.Length && char.IsLetterOrDigit(text[at + 1]))))
        {
            at++;
        }

        return at;
    }
}
