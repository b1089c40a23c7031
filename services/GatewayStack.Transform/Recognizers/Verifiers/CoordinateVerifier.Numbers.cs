namespace GatewayStack.Transform.Recognizers.Verifiers;

/// <summary>How a number of degrees is written.</summary>
internal static partial class CoordinateVerifier
{
    /// <summary>The number that begins here.</summary>
    private static Number Read(ReadOnlySpan<char> text, int start)
    {
        var lead = start < text.Length && text[start] is 'N' or 'S' or 'E' or 'W' ? text[start] : '\0';
        var at = lead != '\0' || (start < text.Length && text[start] is '+' or '-') ? start + 1 : start;
        var whole = DigitsAt(text, at, 3);
        at += whole;
        if (whole == 0 || at >= text.Length)
        {
            return default;
        }

        var fraction = text[at] == '.' ? DigitsAt(text, at + 1, 15) : 0;
        at += fraction >= Decimals ? fraction + 1 : 0;
        var number = at;
        var ring = at < text.Length && text[at] == '°';
        if (!ring && fraction < Decimals)
        {
            return Minutes(text, start, at, fraction);
        }

        if (ring)
        {
            at = AfterMinutes(text, at + 1);
        }

        // A letter that stands apart belongs to a decimal number no more than the sign of degrees to its own.
        var letter = at < text.Length && text[at] == ' ' ? at + 1 : at;
        if (letter < text.Length && text[letter] is 'N' or 'S' or 'E' or 'W' or 'O' && (letter + 1 == text.Length || !char.IsLetterOrDigit(text[letter + 1])))
        {
            return new Number(start, ring || letter == at ? letter + 1 : at, number, letter + 1, text[letter], ring);
        }

        return new Number(start, at, number, at, lead, ring);
    }

    /// <summary>What only its letter makes a place: <c>54.46 N</c>, <c>52 37.85 N</c>.</summary>
    private static Number Minutes(ReadOnlySpan<char> text, int start, int at, int fraction)
    {
        var number = fraction == 2 ? at + 3 : at;
        if (fraction == 0)
        {
            var minutes = at < text.Length && text[at] == ' ' ? DigitsAt(text, at + 1, 3) : 0;
            var point = at + 1 + minutes;
            var parts = minutes == 2 && point < text.Length && text[point] == '.' ? DigitsAt(text, point + 1, 5) : 0;
            if (parts == 0)
            {
                return default;
            }

            number = point + 1 + parts;
        }
        else if (fraction != 2)
        {
            return default;
        }

        var letter = number < text.Length && text[number] is '\'' or '′' ? number + 1 : number;
        letter += letter < text.Length && text[letter] == ' ' ? 1 : 0;
        return letter < text.Length && text[letter] is 'N' or 'S' or 'E' or 'W' && (letter + 1 == text.Length || !char.IsLetterOrDigit(text[letter + 1]))
            ? new Number(start, fraction == 0 || letter == number ? letter + 1 : number, number, letter + 1, text[letter], HasRing: false, IsCoarse: true) : default;
    }

    /// <summary>Minutes and seconds; a number that has a sign of degrees itself is the next one.</summary>
    private static int AfterMinutes(ReadOnlySpan<char> text, int at)
    {
        var end = at;
        while (at < text.Length && at - end < 2)
        {
            if (char.IsAsciiDigit(text[at]))
            {
                var digits = DigitsAt(text, at, 6);
                digits += at + digits < text.Length && text[at + digits] == '.' ? 1 + DigitsAt(text, at + digits + 1, 6) : 0;
                if (at + digits < text.Length && text[at + digits] == '°')
                {
                    break;
                }

                at += digits;
                end = at;
            }
            else if (text[at] is '\'' or '"' or '′' or '″' or '’' or '”')
            {
                end = ++at;
            }
            else if (text[at] == ' ')
            {
                at++;
            }
            else
            {
                break;
            }
        }

        return end;
    }

    private static int DigitsAt(ReadOnlySpan<char> text, int at, int most)
    {
        var end = at;
        while (end < text.Length && end - at < most && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return end - at;
    }

    /// <summary>A number of degrees.</summary>
    /// <param name="Start">Where it begins, with its sign.</param>
    /// <param name="End">Where what is found of it ends; 0 for none.</param>
    /// <param name="NumberEnd">Where its digits end, for a decimal number.</param>
    /// <param name="Behind">Behind its letter.</param>
    /// <param name="Wind">Its letter.</param>
    /// <param name="HasRing">True when it has the sign of degrees.</param>
    /// <param name="IsCoarse">True for what is a place by both letters alone.</param>
    private readonly record struct Number(int Start, int End, int NumberEnd, int Behind, char Wind, bool HasRing, bool IsCoarse = false);
}
