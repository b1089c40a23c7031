using System.Buffers;
using GatewayStack.Transform.Recognizers.Credentials;
using GatewayStack.Transform.Recognizers.Persons;

namespace GatewayStack.Transform.Recognizers.Chats;

/// <summary>Who speaks in a chat: a nickname before a line, told from a setting, a level of a log and a field of a form by what stands round it: a time, other
/// speakers, and whether people talk so.</summary>
internal static class SpeakerVerifier
{
    /// <summary>So many units before a line's name are looked at for other speakers.</summary>
    public const int Before = 240;

    /// <summary>So many behind its line.</summary>
    public const int After = 160;

    private static readonly SearchValues<char> Scalar = SearchValues.Create("0123456789.,:%-/ ");

    private const int ShortestHead = 4;
    private const double Nobody = -2.5;
    private const double Marked = 1.5;
    private const double Timed = 1.2;
    private const double HeaderTimed = 1.8;
    private const double Bracketed = 2.0;
    private const double Talking = 1.3;
    private const double Others = 1.5;
    private const double Again = 0.4;
    private const double Silent = -1.2;
    private const double Label = -2.0;

    /// <summary>A nickname.</summary>
    public static Verdict Nick(in Match match) => Verify(match, person: false);

    /// <summary>A person's name, which stands there as well.</summary>
    public static Verdict Person(in Match match) => Verify(match, person: true);

    /// <summary>Who may speak in the line whose name ends at the gate: a bit for the <see cref="SpeakerKind"/>.</summary>
    public static int SpeakerAt(ReadOnlySpan<char> surroundings, int gate)
    {
        var start = surroundings[..gate].LastIndexOf('\n') + 1;
        if (start == 0 && gate >= Scanning.Scanner.GlanceBehind)
        {
            return 0;
        }

        var line = ChatLine.Read(surroundings, start);
        return Opens(line, gate) ? 1 << (int)Kind(surroundings[line.Start..line.End], line) : 0;
    }

    /// <summary>Where the line begins that may turn out to be a header: <c>nick 10:02</c>.</summary>
    public static int ReachOf(ReadOnlySpan<char> known)
    {
        var start = known.LastIndexOf('\n') + 1;
        if (start == 0 && known.Length >= ChatRows.Back)
        {
            return known.Length;
        }

        // Behind the second blank it is a sentence.
        var line = known[start..];
        var words = 0;
        for (var i = 1; i < line.Length; i++)
        {
            words += line[i - 1] is ' ' && line[i] is not (' ' or '—' or '–' or '-' or '[' or '(') ? 1 : 0;
        }

        var end = line.IndexOf(' ');
        return words > 1 || !MayHead(end < 0 ? line : line[..end]) ? known.Length : start;
    }

    /// <summary>A word that may stand above what is said. A stream holds it until the next word: a capital alone begins most lines, and is not held.</summary>
    private static bool MayHead(ReadOnlySpan<char> name)
    {
        if (name.Length < ShortestHead || name.Length > ChatLine.LongestName || !char.IsLetter(name[0]))
        {
            return false;
        }

        var inner = new ValueShape(name);
        return IsOdd(name) || inner.InnerUppers > 0 || inner.Uppers == 0;
    }

    private static bool Opens(in ChatLine line, int gate) => line.Form switch
    {
        ChatForm.Colon => line.End == gate || (line.HasTime && gate > line.End && gate < line.Text),
        ChatForm.Angle => gate >= line.Start - 2 && gate <= line.Start - 1,
        ChatForm.Header => (gate > line.End && gate < line.Text) || gate < line.Start,
        _ => false,
    };

    private static Verdict Verify(in Match match, bool person)
    {
        var text = match.Text;
        var gate = text[match.Start] is '<' or ':' ? match.Start : match.Start + match.Value.IndexOf(':');
        var start = text[..gate].LastIndexOf('\n') + 1;
        if (start == 0 && match.Start >= Before)
        {
            return Verdict.No;
        }

        var line = ChatLine.Read(text, start);
        if (!Opens(line, gate))
        {
            return Verdict.No;
        }

        var name = text[line.Start..line.End];
        if (Kind(name, line) != (person ? SpeakerKind.Person : SpeakerKind.Nick) || (line.Form == ChatForm.Header && match.Start > line.End && !MayHead(name))
            || (line.Form == ChatForm.Angle && text.Contains("</", StringComparison.Ordinal)))
        {
            return Verdict.No;
        }

        if (line is { Form: ChatForm.Colon, HasTime: false } && line.Start > start)
        {
            // A setting, indented.
            return Verdict.No;
        }

        if (line is { Form: ChatForm.Colon, HasTime: false } && Said(text, line).TrimStart(' ') is ['"' or '\'' or '[' or '{' or '|' or '>' or '&' or '!', ..])
        {
            // The value of a setting.
            return Verdict.No;
        }

        var round = Count(text, line, start);
        var isMarked = IsMarked(name);
        if (line is { Form: ChatForm.Colon, HasTime: false } && round.Talking == 0 && IsScalar(Said(text, line).Trim()))
        {
            // A setting, where nobody talks.
            return Verdict.No;
        }

        if (!person && (!isMarked || IsCounted(name)) && line.Form == ChatForm.Colon && !round.OthersMarked)
        {
            // Small words before a colon are posts more often than names: a shift, a kitchen, the desk, the second hall. Beside a nickname they are one.
            return Verdict.No;
        }

        var odds = Nobody + (line.Form == ChatForm.Header ? HeaderTimed : line.HasTime ? Timed : 0) + (line.Form == ChatForm.Angle ? Bracketed : 0) + (round.Others ? Others
            : 0) + (round.Again ? Again : 0);
        odds += !person && isMarked ? Marked : 0;
        odds += person && NameWords.IsGiven(name) ? Marked : 0;
        odds += ChatWords.IsTalk(Said(text, line)) ? Talking : round.Talking > 0 ? 0 : line.Form == ChatForm.Angle ? -0.5 : Silent;
        odds -= line.Form == ChatForm.Header && match.Start < line.Start ? 1.1 : 0;
        odds += ChatWords.IsLabel(name) ? Label : 0;
        return odds > 0 ? new Verdict(name.Length, LogOdds.ToProbability(odds)) { Offset = line.Start - match.Start } : Verdict.No;
    }

    private static bool IsScalar(ReadOnlySpan<char> said) => said.IsEmpty || !said.ContainsAnyExcept(Scalar) || said is "true" or "false" or "null" or "yes" or "no" or "on"
        or "off" or "none";

    /// <summary>The lines round one, in the same form.</summary>
    private struct Round
    {
        /// <summary>True when others speak.</summary>
        public bool Others;

        /// <summary>True when one of them has a nickname.</summary>
        public bool OthersMarked;

        /// <summary>True when the same one speaks.</summary>
        public bool Again;

        /// <summary>How many there are, this one included.</summary>
        public int Lines;

        /// <summary>In how many of them people talk.</summary>
        public int Talking;
    }

    private static Round Count(ReadOnlySpan<char> text, in ChatLine line, int own)
    {
        var round = new Round { Lines = 1, Talking = ChatWords.IsTalk(Said(text, line)) ? 1 : 0 };
        var name = text[line.Start..line.End];
        for (var at = 0; at < text.Length; at = NextLine(text, at))
        {
            if (at == own || (at == 0 && own > 0 && text.Length > Before))
            {
                // The first line may be the end of one.
                continue;
            }

            var other = ChatLine.Read(text, at);
            if (other.Form != line.Form || other.HasTime != line.HasTime)
            {
                continue;
            }

            var second = text[other.Start..other.End];
            var isSame = second.Equals(name, StringComparison.OrdinalIgnoreCase);
            var isOther = !isSame && !ChatWords.IsLabel(second) && !ChatWords.IsRole(second);
            round.Lines++;
            round.Talking += ChatWords.IsTalk(Said(text, other)) ? 1 : 0;
            round.Again |= isSame;
            round.Others |= isOther;
            round.OthersMarked |= isOther && IsMarked(second) && !IsCounted(second);
        }

        return round;
    }

    private static ReadOnlySpan<char> Said(ReadOnlySpan<char> text, in ChatLine line) => LineFrom(text, line.Form == ChatForm.Header ? NextLine(text, line.Text) : line.Text);

    /// <summary>A word with a capital alone is a person's name there, or a label; small letters, digits and marks make a nickname.</summary>
    private static SpeakerKind Kind(ReadOnlySpan<char> name, in ChatLine line)
    {
        if (name.Length > ChatLine.LongestName || !char.IsLetter(name[0]) && name[0] is not ('_' or '|' or '^') || ChatWords.IsRole(name)
            || (name.Contains('_') && !name.ContainsAnyInRange('a', 'z')) || name[^1] is '.' or '-' || References.IsLocation(name) || name.Count('.') > 2)
        {
            return SpeakerKind.None;
        }

        if (NameWords.IsGiven(name))
        {
            return SpeakerKind.Person;
        }

        if (IsMarked(name))
        {
            return SpeakerKind.Nick;
        }

        if (!char.IsUpper(name[0]))
        {
            return IsOdd(name) && line.Form == ChatForm.Colon ? SpeakerKind.None : SpeakerKind.Nick;
        }

        var inner = 0;
        for (var i = 1; i < name.Length; i++)
        {
            inner += char.IsUpper(name[i]) ? 1 : 0;
        }

        // NOTE, WARN and HTTP are no names; DerAndere and xXRavenXx are.
        return inner == 0 ? (line.HasTime || line.Form == ChatForm.Angle) && !NameWords.IsOther(name) && !ChatWords.IsLabel(name) ? SpeakerKind.Person : SpeakerKind.None
            : inner < name.Length - 1 && (line.HasTime || line.Form == ChatForm.Angle) ? SpeakerKind.Nick : SpeakerKind.None;
    }

    /// <summary>Written as no word is. A number behind a dash counts machines and shifts.</summary>
    private static bool IsMarked(ReadOnlySpan<char> name) => !(name.LastIndexOf('-') is > 0 and var dash && name.Length - dash <= 3
        && !name[(dash + 1)..].ContainsAnyExcept(Alphabets.Digit)) && IsOdd(name);

    /// <summary>Small letters and one digit: <c>hall2</c>, beside words that have none.</summary>
    private static bool IsCounted(ReadOnlySpan<char> name) => name.Length > 2 && name[^1] is >= '1' and <= '9' && !name[..^1].ContainsAnyExceptInRange('a', 'z');

    private static bool IsOdd(ReadOnlySpan<char> name) => name.ContainsAny('_', '|', '^') || name.ContainsAny(Alphabets.Digit) || (name.Contains('.') && !char.IsUpper(name[0]));

    private static int NextLine(ReadOnlySpan<char> text, int at)
    {
        var end = at < text.Length ? text[at..].IndexOf('\n') : -1;
        return end < 0 ? text.Length : at + end + 1;
    }

    private static ReadOnlySpan<char> LineFrom(ReadOnlySpan<char> text, int at)
    {
        if (at >= text.Length)
        {
            return [];
        }

        var end = text[at..].IndexOf('\n');
        return end < 0 ? text[at..] : text.Slice(at, end);
    }
}
