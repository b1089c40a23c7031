using GatewayStack.Transform.Recognizers.Cues;

namespace GatewayStack.Transform.Recognizers.Verifiers;

/// <summary>
/// A telephone number: international ones by the numbering plans of libphonenumber, national ones where their shape, or a word beside them, says
/// that they are dialled. A bare run of digits is no number of a telephone.
/// </summary>
internal static class PhoneVerifier
{
    private const int Attempts = 4;
    private const int Shortest = 7;
    private const int MostGroups = 7;

    private static readonly CueSet Dialled = CueSet.Of(CueKind.Phone);

    /// <summary>Words that are also said of other things.</summary>
    private static readonly CueSet Called = CueSet.Of(CueKind.Call);

    public static Verdict Verify(in Match match)
    {
        // A bracket that opens round the number is none of it.
        if (match.Value[0] == '(' && match.Value.Count('(') > match.Value.Count(')'))
        {
            var inner = Verify(match.From(1));
            return inner.Length == 0 ? Verdict.No : inner with { Offset = inner.Offset + 1 };
        }

        if (match.Value.IndexOf("  ") is var column and > 0)
        {
            // Columns of a table that is set with blanks.
            return column < Shortest ? Verdict.No : Verify(match.UpTo(column));
        }

        var value = match.Value;
        var plus = value[..2].Contains('+');
        var international = plus || (value.StartsWith("00") && value.Length > 2 && value[2] is not '0');
        if (WordStart.Joins('0', match.At(match.Length)) && !PhoneExtension.Begins(match.Text[(match.Start + match.Length)..]))
        {
            return Verdict.No;
        }

        if (!plus && match.At(-1) is '-' or '_' or '#' or '/' or '.' or ',' or '=' or '&' or '\\' or '$' or '€' or '£' or '%' or '~' or '^' && !IsKey(match))
        {
            return Verdict.No;
        }

        if (match.At(match.Length) == '-' && char.IsLetter(match.At(match.Length + 1)))
        {
            // 0800-4417-2290-B names a thing.
            return Verdict.No;
        }

        if ((match.At(-1) == ':' && char.IsAsciiDigit(match.At(-2))) || (match.At(match.Length) == ':' && char.IsAsciiDigit(match.At(match.Length + 1))))
        {
            // A row of times: 12:19 01:04 10:24.
            return Verdict.No;
        }

        // The next number of a list is matched with this one: what stands behind a blank may be left out.
        Span<char> digits = stackalloc char[PhoneShape.Longest];
        for (int attempt = 0, length = match.Length; attempt < Attempts && length > 0; attempt++)
        {
            var shape = PhoneShape.Read(value[..length], digits);
            if (shape.Digits.Length >= 7)
            {
                var odds = international ? International(match, shape, length) : National(match, shape, length, attempt > 0);
                if (odds > 0)
                {
                    return new Verdict(length + PhoneExtension.LengthAt(match.Text, match.Start + length), LogOdds.ToProbability(odds));
                }
            }

            length = value[..length].LastIndexOf(' ');
        }

        return Verdict.No;
    }

    /// <summary>The value of a parameter: <c>phone=4155552671</c>.</summary>
    private static bool IsKey(in Match match) => match.At(-1) is '=' or '/' or '#' or '.' && Around(match, match.Length).Says(Dialled);

    private static double International(in Match match, PhoneShape shape, int length)
    {
        if (shape.Digits.Length is < 7 or > 17 || !shape.IsBalanced || !shape.Digits.ContainsAnyExcept('0'))
        {
            return -1;
        }

        var around = Around(match, length);
        var number = shape.Digits.StartsWith("00") ? shape.Digits[2..] : shape.Digits;
        var written = match.Value[..2].Contains('+');
        var said = Math.Clamp(around.For(Dialled | Called), -2.5, 5);
        if (!written && shape.Groups == 1 && !around.Says(Dialled))
        {
            // A run of digits that begins with noughts: an article, a pallet, a line of a file.
            return -1;
        }

        if ((written ? 3.5 : 2.0) + said <= 0)
        {
            // Whatever the numbering plans say, which takes far longer to ask.
            return -1;
        }

        var odds = DialledNumbers.IsValidAbroad(number) ? written ? 3.5 : 2.0
            : written && shape.Digits.Length is >= 9 and <= 15 && shape.ShortestGroup >= 2 ? 1.8
            : -2.0;
        return odds + said;
    }

    private static double National(in Match match, PhoneShape shape, int length, bool isCut)
    {
        if (!shape.IsBalanced || shape.IsOtherNumber || (shape.IsPair && (shape.Digits[..2] is "19" or "20")) || shape.Digits.Length is < 7 or > 13
            || shape.Groups > MostGroups || CheckSame(shape.Digits))
        {
            return -1;
        }

        var continues = IsContinuation(match);
        var grouped = shape.Groups > 1 && shape.ShortestGroup >= 2;
        var northAmerican = shape.IsNorthAmerican && shape.Digits[^10] is >= '2' and <= '9';
        var trunk = grouped && shape.FirstGroup >= 2 && shape.Digits[0] == '0' && shape.Digits[1] != '0' && shape.Digits.Length >= 9;
        var around = Around(match, length);
        if ((around.Says(Dialled) && !(around.IsTaken && around.IsAbove)) || (around.Nearest.Meets(Called) && around.Distance <= 12)
            || (around.Right.Meets(Dialled) && around.RightDistance <= 20))
        {
            if ((continues && !grouped) || (!match.Value.StartsWith("0") && IsTimes(match.Value[..length])) || PhoneLabel.NamesThing(match))
            {
                return -1;
            }

            return around.For(Dialled | Called) + (northAmerican || trunk ? 1.0 : grouped || shape.Groups == 1 ? -1.5 : -2.5);
        }

        if (PhoneLabel.NamesOther(match))
        {
            // "Dossier n°", the head of another column: whatever it looks like, it is the number of that.
            return -1;
        }

        if (continues && !(northAmerican && shape.Separator != ' '))
        {
            // Only where a number begins: the numbering plans accept the tail of almost anything.
            return -1;
        }

        if (IsTimes(match.Value[..length]))
        {
            return -1;
        }

        if ((shape.IsRussian && DialledNumbers.IsValid(shape.Digits, "RU")) || (shape.IsBrazilian && DialledNumbers.IsValid(shape.Digits, "BR")))
        {
            // Nothing else is written so.
            return around.For(Dialled) + 2.0;
        }

        var around0 = around.For(Dialled) - PhoneLabel.Unknown(match, northAmerican && shape.Separator != '(' ? 1.5 : 0.7);
        if (northAmerican)
        {
            // Numbers of things are written alike; few of them have an area's code, or that of invented telephones.
            var isDashed = shape.Separator is '-' or '.';
            return around0 + (shape.Separator == '(' ? 3.0 : DialledNumbers.IsValid(shape.Digits, "US") || shape.Digits[^10..^7] is "555" ? isDashed ? 1.4 : 0.4 : isDashed ? -0.3 : -1);
        }

        if (match.Value[0] == '(' && match.Value.IndexOf(')') is >= 3 and <= 6 && shape.Groups >= 3 && shape.Digits.Length is >= 9 and <= 11)
        {
            return around0 + 1.2;
        }

        if (shape.Digits.Length == 9 && shape.Separator == ' ' && shape.Digits[0] is '5' or '6' or '7' or '8' or '9'
            && (shape.IsInThrees ? PhoneLabel.IsOfSomebody(match) : shape.IsSpanish)
            && (DialledNumbers.IsValid(shape.Digits, "ES") || (shape.IsInThrees && DialledNumbers.IsValid(shape.Digits, "PL"))))
        {
            // Numbers of things are written in threes too: only behind a name is it a line. Nothing else is written as three digits and three pairs.
            return around0 + (shape.IsInThrees ? 0.8 : 0.4);
        }

        // Written with dashes and a long first group, things have such numbers more often than lines.
        return trunk && !(shape.Separator == '-' && (shape.FirstGroup >= 4 || (shape.FirstGroup >= 3 && shape.ShortestGroup < 3))) && around0 > -1.5
            && !(isCut && shape.FirstGroup == 2 && shape.ShortestGroup == 2) && DialledNumbers.IsValidSomewhere(shape.Digits)
            ? around0 + (shape.Separator == '-' ? 1.0 : 1.5) + (PhoneLabel.IsOfSomebody(match) ? 0.7 : 0) : -1;
    }

    /// <summary>Times of a day in a row: <c>0412 1131 1415</c>, <c>0412 16.13</c>.</summary>
    private static bool IsTimes(ReadOnlySpan<char> written)
    {
        foreach (var range in written.Split(' '))
        {
            var time = written[range];
            if (!(time is [>= '0' and <= '2', _, >= '0' and <= '5', _] or [>= '0' and <= '2', _, '.', >= '0' and <= '5', _]) || (time[0] == '2' && time[1] > '3'))
            {
                return false;
            }
        }

        return written.Contains(' ');
    }

    private static Surroundings Around(in Match match, int length) => Surroundings.Read(match, match.Start, match.Start + length);

    private static bool CheckSame(ReadOnlySpan<char> digits) => !digits.ContainsAnyExcept(digits[0]);

    private static bool IsContinuation(in Match match) =>
        match.At(-1) is ' ' or '-' or '.' or '/' or ')' && (char.IsAsciiDigit(match.At(-2)) || match.At(-2) == ')');
}
