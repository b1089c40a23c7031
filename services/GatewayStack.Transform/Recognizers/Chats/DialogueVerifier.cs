using GatewayStack.Transform.Recognizers.Persons;

namespace GatewayStack.Transform.Recognizers.Chats;

/// <summary>Who speaks where lines begin with names that come back between others, in any script and with more than one word: told from the fields of records and forms by
/// how people talk behind them.</summary>
internal static class DialogueVerifier
{
    /// <summary>So many units before a line's name are looked at for other speakers.</summary>
    public const int Before = 240;

    /// <summary>So many behind its line.</summary>
    public const int After = 120;

    /// <summary>So long is a name with a time before it.</summary>
    public const int Back = 64;

    private const int LongestName = 32;
    private const int MostWords = 3;
    private const int MostNames = 16;
    private const int FewestLines = 3;
    private const int FollowingRows = 2;
    private const int MostTalking = 3;
    private const double Nobody = -1.4;
    private const double Again = 1.2;
    private const double Others = 0.6;
    private const double Talking = 0.6;
    private const double Silent = -1.0;
    private const double Timed = 1.2;
    private const double Given = 1.5;

    /// <summary>True where the words between a line's beginning and a colon may be the name of who speaks.</summary>
    public static bool MaySpeak(ReadOnlySpan<char> surroundings, int gate, int gateLength)
    {
        var line = surroundings[..gate].LastIndexOf('\n') + 1;
        return (line > 0 || gate < Scanning.Scanner.GlanceBehind) && Line.Read(surroundings, line) is var read && read.End == gate && IsName(surroundings[read.Start..gate]);
    }

    /// <summary>Where a name begins that a colon may still follow.</summary>
    public static int ReachOf(ReadOnlySpan<char> known)
    {
        var line = known.LastIndexOf('\n') + 1;
        return line == 0 && known.Length >= Back ? known.Length : Line.BeginningOf(known, line);
    }

    /// <summary>The name.</summary>
    public static Verdict Verify(in Match match)
    {
        var text = match.Text;
        var start = text[..match.Start].LastIndexOf('\n') + 1;
        var line = Line.Read(text, start);
        if ((start == 0 && match.Start >= Before) || line.End != match.Start)
        {
            return Verdict.No;
        }

        var name = text[line.Start..line.End];
        var round = Count(text, name, start, isCut: match.Start >= Before);
        if ((round.HasLabels && !line.HasTime) || IsAlone(text, start, text.Length, open: false) || round.Lines < FewestLines || !round.HasOthers || !round.HasAgain || round.IsRecord
            || round.Lines * 2 < round.Rows)
        {
            return Verdict.No;
        }

        var odds = Nobody + Others + (round.IsAgain ? Again : 0) + (line.HasTime ? Timed : 0) + (NameWords.IsGiven(name) ? Given : 0)
            + (round.Talking == 0 ? Silent : Talking * Math.Min(round.Talking, MostTalking));
        return odds > 0 ? new Verdict(name.Length, LogOdds.ToProbability(odds)) { Offset = line.Start - match.Start } : Verdict.No;
    }

    /// <summary>Nothing more, where lines that are known say that nobody speaks.</summary>
    public static int? Outlook(in Match soFar, int known)
    {
        var text = soFar.Text;
        var start = text[..soFar.Start].LastIndexOf('\n') + 1;
        var line = Line.Read(text, start);
        var complete = text.LastIndexOf('\n') + 1;
        if (line.End == 0 || (start == 0 && soFar.Start >= Before) || IsAlone(text, start, complete, open: true)
            || (!line.HasTime && Count(text[..complete], text[line.Start..line.End], start, soFar.Start >= Before).HasLabels))
        {
            return null;
        }

        return line.Start - soFar.Start;
    }

    /// <summary>True where neither the line before nor one of the next two begins with a name.</summary>
    /// <param name="text">The surroundings.</param>
    /// <param name="own">Where the line begins.</param>
    /// <param name="end">Where what is known ends, with a line.</param>
    /// <param name="open">True when more lines may follow.</param>
    private static bool IsAlone(ReadOnlySpan<char> text, int own, int end, bool open)
    {
        var before = text[..own].TrimEnd();
        if (Line.Read(text, before.LastIndexOf('\n') + 1) is { End: > 0 } earlier && earlier.End < own)
        {
            return false;
        }

        var rows = 0;
        for (var at = NextLine(text, own); at < end && rows < FollowingRows; at = NextLine(text, at))
        {
            if (text[at..NextLine(text, at)].IsWhiteSpace())
            {
                continue;
            }

            if (Line.Read(text, at).End > 0)
            {
                return false;
            }

            rows++;
        }

        return rows == FollowingRows || !open;
    }

    /// <summary>The lines round one.</summary>
    private struct Round
    {
        /// <summary>Lines that are not empty.</summary>
        public int Rows;

        /// <summary>Those that begin with a name.</summary>
        public int Lines;

        /// <summary>Those in which people talk.</summary>
        public int Talking;

        /// <summary>True when other names begin lines.</summary>
        public bool HasOthers;

        /// <summary>True when one of the names comes back.</summary>
        public bool HasAgain;

        /// <summary>True when this one does.</summary>
        public bool IsAgain;

        /// <summary>True when one is the word for a field.</summary>
        public bool HasLabels;

        /// <summary>True when empty lines stand before one of them alone: a record has it first.</summary>
        public bool IsRecord;
    }

    private static Round Count(ReadOnlySpan<char> text, ReadOnlySpan<char> name, int own, bool isCut)
    {
        Span<Range> names = stackalloc Range[MostNames];
        var round = default(Round);
        var (count, firsts, isBehindEmpty, first) = (0, 0, false, default(Range));
        var isRecord = true;
        for (var at = isCut && own > 0 ? NextLine(text, 0) : 0; at < text.Length; at = NextLine(text, at))
        {
            var end = text[at..].IndexOf('\n') is var length and >= 0 ? at + length : text.Length;
            if (text[at..end].IsWhiteSpace())
            {
                isBehindEmpty = true;
                continue;
            }

            round.Rows++;
            var line = Line.Read(text, at);
            if (line.End > 0 && line.End < end)
            {
                var other = text[line.Start..line.End];
                var isSame = other.Equals(name, StringComparison.OrdinalIgnoreCase);
                round.Lines++;
                round.HasLabels |= (!isSame && !IsName(other)) || HasFields(text[(line.End + 1)..end]);
                round.HasOthers |= !isSame && IsName(other);
                round.IsAgain |= isSame && at != own;
                round.Talking += IsTalk(text[(line.End + 1)..end].Trim()) ? 1 : 0;
                foreach (var earlier in names[..count])
                {
                    round.HasAgain |= text[earlier].Equals(other, StringComparison.OrdinalIgnoreCase);
                }

                if (isBehindEmpty || (at == 0 && !isCut))
                {
                    isRecord &= firsts == 0 || text[first].Equals(other, StringComparison.OrdinalIgnoreCase);
                    first = line.Start..line.End;
                    firsts++;
                }

                if (count < MostNames)
                {
                    names[count++] = line.Start..line.End;
                }
            }

            isBehindEmpty = false;
        }

        round.IsRecord = isRecord && firsts > 1;
        return round;
    }

    /// <summary>No word for a role, a field or a part of a text.</summary>
    private static bool IsName(ReadOnlySpan<char> name)
    {
        if (NameWords.IsGiven(name))
        {
            return true;
        }

        if (name.Length < 2 || ChatWords.IsRole(name) || ChatWords.IsLabel(name) || (char.IsUpper(name[0]) && !HasSmall(name)))
        {
            return false;
        }

        foreach (var range in name.Split(' '))
        {
            if (NameWords.IsOther(name[range]) || ChatWords.IsLabel(name[range]) || ChatWords.IsRole(name[range]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Wide blanks and another field behind them, as forms set them.</summary>
    private static bool HasFields(ReadOnlySpan<char> said) => said.IndexOf("   ") is > 0 and var gap && said[gap..].Contains(':');

    private static bool HasSmall(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (char.IsLower(c))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Said by somebody: words of talk, or a sentence that begins small, as the values of fields do not.</summary>
    private static bool IsTalk(ReadOnlySpan<char> said) =>
        ChatWords.IsTalk(said) || (said.Count(' ') > 1 && char.IsLower(said[0]) && !said.ContainsAny('=', '/', '_'));

    private static int NextLine(ReadOnlySpan<char> text, int at) => text[at..].IndexOf('\n') is var end and >= 0 ? at + end + 1 : text.Length;

    /// <summary>A line as far as it says who speaks.</summary>
    /// <param name="Start">Where the name begins.</param>
    /// <param name="End">The colon behind it; 0 where there is none.</param>
    /// <param name="HasTime">True behind a time.</param>
    private readonly record struct Line(int Start, int End, bool HasTime)
    {
        public static Line Read(ReadOnlySpan<char> text, int at)
        {
            var start = BehindTime(text, at, out var hasTime);
            var end = WordsEnd(text, start);
            return end < text.Length && text[end] == ':' && end > start && end - start <= LongestName && end + 1 < text.Length && (text[end + 1] is ' ' or '\n' || WordStart.IsUnblanked(text[end + 1]))
                ? new Line(start, end, hasTime) : default;
        }

        /// <summary>Where the name begins whose line ends with the text, if nothing has stood there yet that no name has; the text's end otherwise.</summary>
        public static int BeginningOf(ReadOnlySpan<char> text, int at)
        {
            var start = BehindTime(text, at, out _);
            if (WordsEnd(text, start) < text.Length || text.Length - start > LongestName)
            {
                return text.Length;
            }

            foreach (var range in text[start..].Split(' '))
            {
                // Most lines begin with such a word, and are not held.
                var word = text[start..][range];
                if (NameWords.IsOther(word) && !NameWords.IsGiven(word))
                {
                    return text.Length;
                }
            }

            return start;
        }

        private static int BehindTime(ReadOnlySpan<char> text, int at, out bool hasTime)
        {
            var start = ChatLine.AfterTime(text, at);
            hasTime = start > at;
            start = Math.Max(start, at);
            while (start < text.Length && text[start] is ' ' or '-' or '–' && hasTime)
            {
                start++;
            }

            return start;
        }

        /// <summary>Where words end of which the first has a capital, or is of a script that has none.</summary>
        private static int WordsEnd(ReadOnlySpan<char> text, int start)
        {
            var at = start;
            for (var words = 0; words < MostWords; words++)
            {
                var word = at;
                while (at < text.Length && (char.IsLetter(text[at]) || WordStart.IsMark(text[at]) || (text[at] is '-' or '\'' or '’' or '.' && at > word)))
                {
                    at++;
                }

                if (at == word || !(char.IsUpper(text[word]) || WordStart.IsUncased(text[word])
                    || (words > 0 && NameWords.IsParticle(text[word..at]))))
                {
                    return word == text.Length ? word : 0;
                }

                if (at == text.Length || text[at] != ' ' || words + 1 == MostWords)
                {
                    return at;
                }

                at++;
            }

            return at;
        }
    }
}
