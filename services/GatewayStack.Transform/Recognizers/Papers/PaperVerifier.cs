using GatewayStack.Transform.Recognizers.Cues;

namespace GatewayStack.Transform.Recognizers.Papers;

/// <summary>
/// A number that is said to be one of somebody's papers, whatever its country writes: behind the paper's word and a link ("the card is ...", "n° ...", "old=..."), at the
/// end of the sentence that names it, or as the answer in the next turns of a chat. The nearest word decides: one for an order, a part or another paper takes the value
/// away.
/// </summary>
internal static partial class PaperVerifier
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

    /// <summary>The verifier of a kind: of the first value, or of the one that is written like it.</summary>
    public static Verifier For(PaperKind kind, int index) => (in Match match) => Verify(match, kind, index);

    private static Verdict Verify(in Match match, PaperKind kind, int index)
    {
        var text = match.Text;
        var from = WordEnd(text, match.Start, match.Length);
        if (from < 0 || !(text[from..].ContainsAny(Alphabets.Digit) || SpokenNumber.MayStand(text[from..])) || match.At(-1) is '/' or '.' or '-' or '_' && !IsKey(match))
        {
            return Verdict.No;
        }

        if (index == 0 && Spoken(match, kind, from) is { Length: > 0 } said)
        {
            return said;
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
                    return new Verdict(value.End - value.Start, score * kind.Weight) { Offset = value.Start - match.Start };
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

    /// <summary>The number as it is said aloud.</summary>
    private static Verdict Spoken(in Match match, PaperKind kind, int from) =>
        SpokenNumber.MayStand(match.Text[from..]) && SpokenNumber.Find(match.Text, from) is { End: > 0 } said && said.Digits >= kind.FewestDigits - 2
            && Score(match, kind, from, said) is var score and > 0
            ? new Verdict(said.End - said.Start, score) { Offset = said.Start - match.Start } : Verdict.No;

    private static double Score(in Match match, PaperKind kind, int from, PaperValue value)
    {
        var text = match.Text;
        if (Taken(text, from, value.Start, kind) || (kind.Topic is not null && !text.ContainsAny(kind.Topic))
            || (kind.OfThings is not null && text.ContainsAny(kind.OfThings)))
        {
            return 0;
        }

        var between = text[from..value.Start];
        if (between.Contains('\n'))
        {
            return kind.IsDirect || (kind.IsBeside && !IsAnswer(text, from)) ? 0 : Answer(text, from, value);
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

        if (kind.IsBeside || kind.IsDirect)
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
        while (end < text.Length && end - line < LongestSpeaker
            && (char.IsLetterOrDigit(text[end]) || text[end] is ' ' or '_' or '-' or '.' or '[' or ']' or '<' or '>' or '(' or ')' or '@'
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
}
