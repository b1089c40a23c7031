using GatewayStack.Transform.Checksums;
using GatewayStack.Transform.Recognizers.Cues;

namespace GatewayStack.Transform.Recognizers.Verifiers;

/// <summary>
/// A card: a network's number, grouped as people group it, that passes Luhn. Of numbers of sixteen digits that nothing is said about one in thirty passes, and most that
/// do are cards; of other lengths there are many more things than cards, and a number that the text calls something else is that.
/// </summary>
internal static class CardVerifier
{
    private static readonly CueSet Cards = CueSet.Of(CueKind.Card);

    private const int Longest = 19;
    private const int Shortest = 12;
    private const int NearLines = 20;

    /// <summary>Digits of a number that is written so that it can be read again.</summary>
    private const int MostOfNumber = 17;

    public static Verdict Verify(in Match match)
    {
        // The decimals of a number are no card; neither are numbers that no network begins with.
        if (match.At(0) is '0' or '1' or '7' || (match.At(-1) is '.' or '-' && char.IsAsciiLetterOrDigit(match.At(-2)) && !IsNumbered(match))
            || (match.At(-1) == ',' && AreDecimals(match)) || (match.At(-1) == '_' && !IsInNameOfCard(match)) || IsDump(match))
        {
            return Verdict.No;
        }

        Span<char> digits = stackalloc char[Longest];
        Span<int> ends = stackalloc int[Longest + 1];
        var count = 0;
        for (var i = 0; i < match.Length && count < Longest; i++)
        {
            if (char.IsAsciiDigit(match.At(i)))
            {
                digits[count++] = match.At(i);
                ends[count] = i + 1;
            }
        }

        // What follows a card in the same breath (an expiry date, a code) was matched with it: the longest part that is a card counts.
        for (var length = count; length >= Shortest && !IsTable(match, digits[..count]); length--)
        {
            if (!WordStart.Joins('0', match.At(ends[length])) && CardNetworks.Issues(digits[..length]) && Luhn.IsValid(digits[..length])
                && digits[..length].ContainsAnyExcept(digits[0]) && IsGrouped(match.Value[..ends[length]]))
            {
                return PublishedNumbers.IsTestCard(match, digits[..length], ends[length]) ? Verdict.No : new Verdict(ends[length], LogOdds.ToProbability(Odds(match, length, ends[length])));
            }
        }

        return IsMistyped(match, digits[..count]) ? new Verdict(match.Length, LogOdds.ToProbability(0.6)) : Verdict.No;
    }

    /// <summary>
    /// Behind a comma stands the next cell of a line, the next number of a list, or what a number has behind its point where that is a comma:
    /// <c>0,4532015112830366</c>. Such a number has no more digits than a machine writes, no comma goes before or behind it, and nothing calls it a card.
    /// </summary>
    private static bool AreDecimals(in Match match)
    {
        var first = -2;
        while (char.IsAsciiDigit(match.At(first)))
        {
            first--;
        }

        var integer = -2 - first;
        var digits = match.Value.ContainsAny(' ', '-') ? Longest : match.Length + (integer == 1 && match.At(-2) == '0' ? 0 : integer);
        return integer > 0 && digits <= MostOfNumber && match.At(first) is not (',' or '[') && match.At(match.Length) is not (',' or ']')
            && !Surroundings.Read(match, match.Start, match.Start + match.Length).Nearest.Meets(Cards);
    }

    /// <summary>Bytes that are written out, with more of them before or behind: <c>00 3e  40 10 00 00 00 00 00 00</c>.</summary>
    private static bool IsDump(in Match match) => match.At(2) == ' ' && match.At(5) == ' ' && (IsByteBefore(match) || IsByteBehind(match));

    private static bool IsByteBefore(in Match match)
    {
        var at = match.At(-2) == ' ' ? -3 : -2;
        return match.At(-1) == ' ' && char.IsAsciiHexDigit(match.At(at)) && char.IsAsciiHexDigit(match.At(at - 1)) && !char.IsLetterOrDigit(match.At(at - 2));
    }

    private static bool IsByteBehind(in Match match)
    {
        var at = match.Length + (match.At(match.Length + 1) == ' ' ? 2 : 1);
        return match.At(match.Length) == ' ' && char.IsAsciiHexDigit(match.At(at)) && char.IsAsciiHexDigit(match.At(at + 1)) && !char.IsLetterOrDigit(match.At(at + 2));
    }

    /// <summary>True for <c>CREDIT_CARD_4111...</c>: of other names a number is the number of a thing.</summary>
    private static bool IsInNameOfCard(in Match match)
    {
        var start = match.Start;
        while (start > 0 && (char.IsAsciiLetter(match.Text[start - 1]) || match.Text[start - 1] == '_'))
        {
            start--;
        }

        return match.Text[start..match.Start].EndsWith("card_", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Four groups of four with another mark between them; one on each line, which any list of numbers is, only beside a word for a card.</summary>
    public static Verdict VerifyGroups(in Match match)
    {
        Span<char> digits = stackalloc char[16];
        var count = 0;
        foreach (var c in match.Value)
        {
            if (char.IsAsciiDigit(c))
            {
                digits[count++] = c;
            }
        }

        if (!CardNetworks.Issues(digits) || !Luhn.IsValid(digits) || !digits.ContainsAnyExcept(digits[0])
            || (match.At(match.Length) is '.' or '_' or '/' or '\r' or '\n' && char.IsAsciiDigit(match.At(match.Length + 1))))
        {
            return Verdict.No;
        }

        if (match.At(4) is '\r' or '\n')
        {
            var around = Surroundings.Read(match, match.Start, match.Start + match.Length);
            return around.Nearest.Meets(Cards) && around.Distance <= NearLines ? new Verdict(match.Length, 0.9) : Verdict.No;
        }

        return PublishedNumbers.IsTestCard(match, digits, match.Length) ? Verdict.No : new Verdict(match.Length, LogOdds.ToProbability(Odds(match, count, match.Length)));
    }

    private static double Odds(in Match match, int digits, int length)
    {
        var around = Surroundings.Read(match, match.Start, match.Start + length);
        var grouped = match.Value[..length].ContainsAny(' ', '-');
        var alone = digits switch { 16 => 3.95, 15 => grouped ? 3.5 : 2.0, 14 => grouped ? 2.0 : 0.5, _ => -0.7 };
        return Math.Min(5, alone + Math.Max(-6, around.For(Cards)));
    }

    /// <summary>Behind the abbreviation of "number": <c>card no.4111111111111111</c>.</summary>
    private static bool IsNumbered(in Match match)
    {
        var before = match.Text[..match.Start];
        foreach (var word in (ReadOnlySpan<string>)["no.", "nr.", "num.", "n.", "nro."])
        {
            if (before.EndsWith(word, StringComparison.OrdinalIgnoreCase) && (before.Length == word.Length || !char.IsLetterOrDigit(before[^(word.Length + 1)])))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A number that fails, behind a word that says it is a card's: people mistype, and the rest of it is right.</summary>
    private static bool IsMistyped(in Match match, ReadOnlySpan<char> digits) =>
        digits.Length is >= 13 and <= 19 && digits.ContainsAnyExcept(digits[0]) && !WordStart.Joins('0', match.At(match.Length)) && IsGrouped(match.Value)
        && Surroundings.Read(match, match.Start, match.Start + match.Length) is var around && around.Nearest.Meets(Cards) && around.Distance <= 20 && around.Words == 0;

    /// <summary>Four numbers that follow one another, or groups among groups with letters: a table of codes.</summary>
    private static bool IsTable(in Match match, ReadOnlySpan<char> digits)
    {
        if (match.Length < 19 || match.At(4) != ' ' || digits.Length < 16)
        {
            return false;
        }

        var steps = 0;
        for (var group = 4; group < 16; group += 4)
        {
            steps += Math.Abs(CheckDigits.Number(digits.Slice(group, 4)) - CheckDigits.Number(digits.Slice(group - 4, 4))) is > 0 and <= 20 ? 1 : 0;
        }

        return steps >= 2;
    }

    /// <summary>Either one run, or a first group of at least four, or groups all alike: a list of numbers is none of these, a card is one.</summary>
    private static bool IsGrouped(ReadOnlySpan<char> value)
    {
        var first = value.IndexOfAnyExcept(Alphabets.Digit);
        if (first is < 0 or >= 4)
        {
            return true;
        }

        foreach (var group in value.SplitAny(" -"))
        {
            var (_, length) = group.GetOffsetAndLength(value.Length);
            if (length != first)
            {
                return false;
            }
        }

        return true;
    }
}
