using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers.Cues;
using GatewayStack.Transform.Scanning;

namespace GatewayStack.Transform.Recognizers.Codes;

/// <summary>Reads the token round a digit, and judges what it is written as: the masks, then each row's check, then the words on both sides.</summary>
internal static class CodeMatcher
{
    private const int LongestToken = 24;

    /// <summary>Speak of who drives, or of a person whose papers are told.</summary>
    private static readonly CueSet Drivers = CueSet.Of(CueKind.License, CueKind.Birth, CueKind.Phone, CueKind.Email, CueKind.Passport, CueKind.NationalId, CueKind.Plate,
        CueKind.Vehicle,
        CueKind.Address, CueKind.SocialSecurity, CueKind.Vin);

    private static readonly CueSet Banks = CueSet.Of(CueKind.Routing, CueKind.Account, CueKind.Iban, CueKind.Swift);

    private const int LongestLead = 5;
    private const int Longest = 64;

    /// <summary>What a failed check costs where the word directly before the code says what it is: people mistype their own numbers.</summary>
    private const double Failed = 1.5;

    private const int Adjacent = 28;

    /// <summary>What the sign of a field adds to what is found already.</summary>
    private const double Labelled = 1.2;
    private const int Label = 6;

    /// <summary>True when the token cannot be judged before more text is known.</summary>
    public static bool NeedsMore(ReadOnlySpan<char> text, CodeAutomaton automaton, int hit)
    {
        var start = TokenStart(text, hit);
        return start >= 0 && (NeedsMoreFrom(text, automaton, start) || (LeadStart(text, start) is var lead and >= 0
            && (NeedsMoreFrom(text, automaton, lead) || (SecondLead(text, lead) is var second and >= 0 && NeedsMoreFrom(text, automaton, second)))));
    }

    /// <summary>Tries all rows at a digit.</summary>
    public static void Try(in ScannedText text, CodeAutomaton automaton, int hit, ref List<Candidate>? found)
    {
        var start = TokenStart(text.Units, hit);
        if (start < 0)
        {
            return;
        }

        TryFrom(text, automaton, start, ref found);
        if (LeadStart(text.Units, start) is var lead and >= 0)
        {
            TryFrom(text, automaton, lead, ref found);
            if (SecondLead(text.Units, lead) is var second and >= 0)
            {
                TryFrom(text, automaton, second, ref found);
            }
        }
    }

    /// <summary>Where a code may begin whose first digit stands in the word that begins here: <c>AB 12 34 56 C</c> has it in its second.</summary>
    public static int LowestStart(ReadOnlySpan<char> text, int start) =>
        LeadStart(text, start) is var lead and >= 0 ? SecondLead(text, lead) is var second and >= 0 ? second : lead : start;

    /// <summary>The beginning of the letters that are joined to a lead by a dash: <c>HN-KL 482</c>.</summary>
    private static int SecondLead(ReadOnlySpan<char> text, int lead) => lead > 1 && text[lead - 1] == '-' ? LeadStart(text, lead) : -1;

    private static bool NeedsMoreFrom(ReadOnlySpan<char> text, CodeAutomaton automaton, int start)
    {
        var state = CodeAutomaton.Start;
        for (var i = start; i < text.Length; i++)
        {
            state = automaton.Step(state, text[i]);
            if (state == 0)
            {
                return false;
            }

            if (automaton.Accepts(state) is not null && i + 1 + Surroundings.After >= text.Length && IsWhole(text, start, i + 1)
                && !text[(i + 1)..].ContainsAny('\n', '\r'))
            {
                return true;
            }
        }

        return true;
    }

    private static void TryFrom(in ScannedText scanned, CodeAutomaton automaton, int start, ref List<Candidate>? found)
    {
        var text = scanned.Units;
        var state = CodeAutomaton.Start;
        for (var i = start; i < text.Length; i++)
        {
            state = automaton.Step(state, text[i]);
            if (state == 0)
            {
                return;
            }

            if (automaton.Accepts(state) is { } accept && IsWhole(text, start, i + 1))
            {
                Judge(scanned, accept, start, i + 1, ref found);
            }
        }
    }

    private static void Judge(in ScannedText scanned, CodeAutomaton.Accept accept, int start, int end, ref List<Candidate>? found)
    {
        var text = scanned.Units;
        // Of most tokens no row says anything by itself, and no word round them does.
        var isSaid = Surroundings.MaySay(scanned, start, end, accept.Cues);
        if (!isSaid && accept.NeedCues)
        {
            return;
        }

        Span<char> buffer = stackalloc char[Longest];
        var code = Compact(text[start..end], buffer, out var isShouted);
        if (!code.ContainsAnyInRange('1', '9'))
        {
            return;
        }

        Surroundings? surroundings = null;
        var isDate = IsDate(text[start..end]);
        var isMasked = IsMasked(text[start..end]);
        foreach (var entry in accept.Entries)
        {
            if (isDate && entry.Row.Code!.Check is null)
            {
                continue;
            }

            if ((isMasked || !isSaid) && entry.Row.Code!.NeedsCue)
            {
                continue;
            }

            var passes = entry.Row.Code!.Check?.Invoke(code) != false;
            if (!isSaid && !passes)
            {
                continue;
            }

            var around = surroundings ??= Surroundings.Read(scanned, start, end);
            var cues = entry.Row.Code.Cues;
            var said = around.Says(cues);
            if (!passes && !(around.Nearest.Meets(cues) && around.Distance <= Adjacent))
            {
                continue;
            }

            if (entry.Row.Code.NeedsCue && !said && !around.Right.Meets(cues) && !around.Far.Meets(cues))
            {
                continue;
            }

            if (entry.Row.Type == EntityTypes.DriverLicense && entry.Row.Code.NeedsCue && !around.Far.Meets(Drivers) && !around.Right.Meets(Drivers)
                && !around.Nearest.Meets(Drivers))
            {
                // A licence of which nothing says that it is a driver's, nor stands anything of a person beside it: of software, of a kitchen, of a frequency.
                continue;
            }

            if (entry.Row.Type == EntityTypes.AbaRouting && !around.Far.Meets(Banks) && !IsBeforeAccount(text, end))
            {
                // One number of nine digits in twenty passes: what is routed must be money.
                continue;
            }

            var odds = (passes ? entry.Odds : Math.Min(entry.Odds, 0) - Failed) + around.For(cues) + Neighbours(text, start, end, said) - (isShouted
                || (said && entry.Row.Type != EntityTypes.LicensePlate) ? 0 : 2.5);
            if (odds > 0 && said && around.Distance <= Label && IsLabelled(text, start))
            {
                // The value of a field of that name: whether it is one is settled before, this says how sure that is.
                odds += Labelled;
            }

            var score = LogOdds.ToProbability(odds);
            if (score >= RowMatcher.LeastScore)
            {
                (found ??= []).Add(new Candidate(start, end, entry.Row, score));
            }
        }
    }

    /// <summary>An account stands behind it in its line.</summary>
    private static bool IsBeforeAccount(ReadOnlySpan<char> text, int end)
    {
        var rest = text[end..Math.Min(text.Length, end + Surroundings.After)];
        var limit = rest.IndexOfAny('\n', '\r') is var line and >= 0 ? end + line : end + rest.Length;
        for (var i = end; new CueReader(text).TryNext(i, limit, limit, out var cue); i = cue.End)
        {
            if (cue.Set.Meets(Banks))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Directly behind the sign of a field: <c>MRN: 00482913</c>, <c>"passport_no": "X1234567"</c>.</summary>
    private static bool IsLabelled(ReadOnlySpan<char> text, int start) => text[..start].TrimEnd(" \"'") is [.., ':' or '='];

    /// <summary>A pattern, or what is left of a number that somebody has hidden: <c>XX-999-X</c>, <c>xxx-xx-8207</c>; or hexadecimal with its
    /// prefix.</summary>
    private static bool IsMasked(ReadOnlySpan<char> written) =>
        written.Contains("xx", StringComparison.OrdinalIgnoreCase) || written.StartsWith("0x", StringComparison.OrdinalIgnoreCase);

    /// <summary>Begins and ends where nothing else goes on.</summary>
    private static bool IsWhole(ReadOnlySpan<char> text, int start, int end)
    {
        if (end < text.Length)
        {
            var next = text[end];
            var after = end + 1 < text.Length ? text[end + 1] : '\0';
            if (WordStart.Joins(text[end - 1], next) || next == '%' || (next is '-' or '_' or '/' or '@' or '+' && char.IsLetterOrDigit(after))
                || (next is '.' or ',' && char.IsAsciiDigit(after) && next == '.'))
            {
                return false;
            }
        }

        if (start == 0)
        {
            return true;
        }

        var previous = text[start - 1];
        var before = start > 1 ? text[start - 2] : '\0';
        return previous is not ('$' or '€' or '£' or '+' or '@' or '%' or '^')
            && !(previous is '-' or '.' or '/' or '_' && char.IsAsciiDigit(before));
    }

    /// <summary>What the characters directly beside a code add to its log-odds.</summary>
    private static double Neighbours(ReadOnlySpan<char> text, int start, int end, bool said)
    {
        var odds = 0.0;
        var previous = start > 0 ? text[start - 1] : '\0';
        var before = start > 1 ? text[start - 2] : '\0';
        var next = end < text.Length ? text[end] : '\0';
        var after = end + 1 < text.Length ? text[end + 1] : '\0';
        var isBold = next == '*' && Emphasis.Ends(text, start, end);
        if (!said)
        {
            odds -= previous is '-' or '_' or '/' or '.' or '\\' && char.IsLetterOrDigit(before) ? 4
                : previous is '#' or '/' or '\\' or '~' || (previous == '*' && !isBold) ? 2.5 : 0;
        }

        odds -= previous == '#' && before is '[' or '(' ? 4 : 0;
        var spaced = text[start..end].Contains(' ') || !text[start..end].ContainsAny("-./");
        if (spaced && previous == ' ' && (char.IsAsciiDigit(before) || IsHexGroup(text, start - 1)))
        {
            odds -= 2;
        }

        odds -= spaced && next == ' ' && (char.IsAsciiDigit(after) || (end + 5 <= text.Length && IsHexGroup(text, end + 5))) ? 2 : 0;
        odds -= next == '.' && char.IsAsciiLetter(after) ? 3 : next is '=' or '^' || (next == '*' && !isBold) ? 3 : next == ':' && char.IsAsciiDigit(after) ? 2 : 0;
        return odds;
    }

    /// <summary>True when four capital hex digits end here: the value stands in a table of them.</summary>
    private static bool IsHexGroup(ReadOnlySpan<char> text, int end)
    {
        if (end < 4 || (end < text.Length && char.IsLetterOrDigit(text[end])) || (end > 4 && char.IsLetterOrDigit(text[end - 5])))
        {
            return false;
        }

        var letters = 0;
        foreach (var c in text[(end - 4)..end])
        {
            if (!char.IsAsciiHexDigitUpper(c))
            {
                return false;
            }

            letters += char.IsAsciiLetter(c) ? 1 : 0;
        }

        return letters is > 0 and < 4;
    }

    /// <summary>A date, or a span of years: <c>2019-12-03</c>, <c>3-12-2019</c>, <c>2004-2014</c>.</summary>
    private static bool IsDate(ReadOnlySpan<char> written)
    {
        var first = written.IndexOfAny('-', '.', '/');
        if (first is not (1 or 2 or 4))
        {
            return IsYear(written);
        }

        var rest = written[(first + 1)..];
        if (first == 4)
        {
            return IsYear(written[..4]) && (IsYear(rest) || (rest.Length is >= 3 and <= 5 && rest.ContainsAny('-', '.', '/') && !rest.ContainsAnyInRange('A', 'z')));
        }

        return rest.Length is 6 or 7 && rest[^5] is '-' or '.' or '/' && IsYear(rest[^4..]) && !written.ContainsAnyInRange('A', 'z');
    }

    private static bool IsYear(ReadOnlySpan<char> text) => text.Length == 4 && text[..2] is "19" or "20" && !text.ContainsAnyExcept(Alphabets.Digit);

    private static ReadOnlySpan<char> Compact(ReadOnlySpan<char> written, Span<char> buffer, out bool isShouted)
    {
        var count = 0;
        isShouted = true;
        foreach (var c in written)
        {
            if (char.IsAsciiLetterOrDigit(c) && count < buffer.Length)
            {
                isShouted &= !char.IsAsciiLetterLower(c);
                buffer[count++] = char.ToUpperInvariant(c);
            }
        }

        return buffer[..count];
    }

    /// <summary>The beginning of the token whose first digit this is; -1 when it has one before, or is too long for a code.</summary>
    private static int TokenStart(ReadOnlySpan<char> text, int hit)
    {
        var start = hit;
        while (start > 0 && hit - start <= LongestToken && char.IsAsciiLetterOrDigit(text[start - 1]))
        {
            start--;
            if (char.IsAsciiDigit(text[start]))
            {
                return -1;
            }
        }

        return hit - start > LongestToken || (start > 0 && WordStart.Joins(text[start], text[start - 1])) ? -1 : start;
    }

    /// <summary>The beginning of a short word of letters that stands before the token, joined by one mark; -1 when there is none. Behind a blank only
    /// capitals are one, or a stream would have to hold every short word.</summary>
    private static int LeadStart(ReadOnlySpan<char> text, int start)
    {
        if (start < 2 || text[start - 1] is not (' ' or '-' or '.'))
        {
            return -1;
        }

        var lead = start - 1;
        while (lead > 0 && start - 1 - lead <= LongestLead && char.IsAsciiLetter(text[lead - 1]) && (text[start - 1] != ' ' || char.IsAsciiLetterUpper(text[lead - 1])))
        {
            lead--;
        }

        return start - 1 - lead is > 0 and <= LongestLead && (lead == 0 || !WordStart.Joins(text[lead], text[lead - 1])) ? lead : -1;
    }
}
