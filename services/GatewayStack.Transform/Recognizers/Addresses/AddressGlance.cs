namespace GatewayStack.Transform.Recognizers.Addresses;

/// <summary>Tells in a few steps the numbers that may stand in an address from the many that cannot.</summary>
internal static class AddressGlance
{
    private const int LongestNumber = 6;
    private const int LeftWords = 7;
    private const int RightWords = 4;

    /// <summary>True when the number may belong to an address.</summary>
    public static bool IsWorthIt(ReadOnlySpan<char> text, int gate, int gateLength)
    {
        var end = gate + gateLength;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        if (end - gate > LongestNumber || !CanFollow(text, gate) || !CanPrecede(text, end))
        {
            return false;
        }

        var rest = AfterNumber(text, gate, end, out var isDate);
        return rest >= 0 && !isDate && !(rest == end && IsAmongNumbers(text, gate, end)) && (IsStreetAhead(text, rest) || IsStreetBehind(text, gate, end, rest));
    }

    private static bool CanFollow(ReadOnlySpan<char> text, int gate)
    {
        if (gate == 0)
        {
            return true;
        }

        var previous = text[gate - 1];
        var before = gate > 1 ? text[gate - 2] : ' ';
        return previous switch
        {
            ' ' or '\n' or '\t' or '\r' or '"' or '\'' or '(' or '>' or '|' or '#' or '[' or '*' or 'º' or '°' or '№' or '=' or '`' => true,
            ',' => !char.IsAsciiDigit(before),
            ':' => !char.IsAsciiDigit(before) && before != ':',
            '.' or '-' => Lexer.IsLetter(before) || before is 'º',
            _ => previous >= 0x80 && !char.IsLetterOrDigit(previous) && previous is not ('€' or '£' or '¥'),
        };
    }

    private static bool CanPrecede(ReadOnlySpan<char> text, int end)
    {
        if (end >= text.Length)
        {
            return true;
        }

        var next = end + 1 < text.Length ? text[end + 1] : ' ';
        return text[end] switch
        {
            '%' or '_' or '@' or '$' or '=' or '+' or '(' or '€' or '£' or '&' or '~' or '^' => false,
            '.' or ':' => !char.IsAsciiDigit(next),
            ',' => !char.IsAsciiDigit(next) || next is '1' or '2' or '3' or '4' or '5' or '6' or '7' or '8' or '9' or '0' && end + 2 < text.Length,
            _ => true,
        };
    }

    /// <summary>Where the text goes on behind the number, its letter and its range; -1 when it is no number of a house nor a postcode.</summary>
    private static int AfterNumber(ReadOnlySpan<char> text, int gate, int end, out bool isDate)
    {
        isDate = false;
        var i = end;
        while (i < text.Length && Lexer.IsLetter(text[i]))
        {
            i++;
        }

        var letters = text[end..i];
        if (letters.Length > 3 || (letters.Length == 2 && end - gate > 1)
            || (letters.Length == 3 && !letters.Equals("bis", StringComparison.OrdinalIgnoreCase) && !letters.Equals("ter", StringComparison.OrdinalIgnoreCase)))
        {
            return -1;
        }

        if (letters.Length == 1 && i < text.Length && char.IsAsciiDigit(text[i]))
        {
            return end - gate == 1 ? i : -1;
        }

        var parts = 0;
        while (i + 1 < text.Length && text[i] is '-' or '/' && char.IsLetterOrDigit(text[i + 1]))
        {
            i++;
            parts++;
            while (i < text.Length && char.IsLetterOrDigit(text[i]))
            {
                i++;
            }
        }

        isDate = parts >= 2 && end - gate == 4;
        return parts > 3 ? -1 : i;
    }

    /// <summary>Directly behind a number, and before another one or a measure: <c>3704 0044 0532</c>, <c>2 200 14ms</c>. Three digits may be half a postcode.</summary>
    private static bool IsAmongNumbers(ReadOnlySpan<char> text, int gate, int end)
    {
        var behind = text[..gate].TrimEnd(' ');
        if (behind.IsEmpty || behind.Length == gate || !char.IsAsciiDigit(behind[^1]) || (behind.TrimEnd("0123456789") is [.., var last] && Lexer.IsLetter(last)))
        {
            return false;
        }

        var next = WordAt(text, Skip(text, end));
        return next.Length > 1 && char.IsAsciiDigit(next[0]) && (Lexer.IsMixed(next) || (end - gate != 3 && !next.ContainsAnyExceptInRange('0', '9')));
    }

    private static bool IsStreetAhead(ReadOnlySpan<char> text, int index)
    {
        var i = Skip(text, index);
        if (WordAt(text, i) is "bis" or "ter" or "quater" or "Bis")
        {
            i = Skip(text, i + WordAt(text, i).Length);
        }

        i = i < text.Length && text[i] == ',' ? Skip(text, i + 1) : i;
        if (i >= text.Length)
        {
            return false;
        }

        if (char.IsAsciiDigit(text[i]))
        {
            var word = WordAt(text, i);
            i = Skip(text, i + word.Length);
            return i > index && word.Length > 1 && i < text.Length && (Lexer.IsLetter(text[i]) || Lexer.IsLetter(word[^1]));
        }

        for (var words = 0; words < RightWords && i < text.Length && Lexer.IsLetter(text[i]); words++)
        {
            if (words == 0 && (text[i] >= 0x80 || char.IsAsciiLetterUpper(text[i])))
            {
                return true;
            }

            var word = WordAt(text, i);
            var found = AddressWords.Classify(word);
            if ((found & (words == 0 ? WordClass.Prefix | WordClass.SoftPrefix | WordClass.Solo : WordClass.StrongType | WordClass.MediumType)) != WordClass.None)
            {
                return true;
            }

            i = Skip(text, i + word.Length);
        }

        return false;
    }

    private static bool IsStreetBehind(ReadOnlySpan<char> text, int gate, int end, int rest)
    {
        var i = gate;
        for (var signs = 0; i > 0 && signs < 5 && (text[i - 1] is ' ' or '\t' || (!char.IsLetterOrDigit(text[i - 1]) && text[i - 1] is not ('\n' or '\r'))); signs++)
        {
            i--;
        }

        var word = WordBefore(text, i);
        if (word.Length == 0)
        {
            return false;
        }

        var found = AddressWords.Classify(word);
        if ((found & (WordClass.Box | WordClass.ZipCue | WordClass.LastType | WordClass.Military)) != WordClass.None)
        {
            return true;
        }

        var isCapital = char.IsUpper(word[0]);
        if ((found & WordClass.StateCode) != WordClass.None && isCapital && end - gate == 5)
        {
            return true;
        }

        if (rest > end && rest - gate <= 3 && char.IsAsciiDigit(word[^1]) | char.IsAsciiDigit(word[word.Length > 1 ? 1 : 0]))
        {
            return true;
        }

        if (AddressWords.Suffix(word) != SuffixClass.None || (word.Length <= 2 && isCapital && gate > 0 && text[gate - 1] == '-'))
        {
            return true;
        }

        return (isCapital || char.IsAsciiDigit(word[0]) || (found & WordClass.NumberWord) != WordClass.None) && (IsPlaceAhead(text, rest) || IsFlatAhead(text, rest) || IsPrefixBehind(text, i))
            || (!isCapital && end - gate >= 4 && IsCodeBehind(text, i));
    }

    /// <summary><c>zip code is</c>.</summary>
    private static bool IsCodeBehind(ReadOnlySpan<char> text, int index)
    {
        var i = index;
        for (var words = 0; words < 3 && i > 0; words++)
        {
            var word = WordBefore(text, i);
            if ((AddressWords.Classify(word) & WordClass.ZipCue) != WordClass.None)
            {
                return true;
            }

            if (word is not ("is" or "code" or "ist"))
            {
                return false;
            }

            i -= word.Length;
            i -= i > 0 && text[i - 1] is ' ' or '_' or '-' ? 1 : 0;
        }

        return false;
    }

    /// <summary>A comma or a line break, and a number behind it.</summary>
    private static bool IsPlaceAhead(ReadOnlySpan<char> text, int index)
    {
        var i = index;
        while (i < text.Length && i < index + 4 && text[i] is ',' or ' ' or '\n' or '\r' or '\\' or 'n')
        {
            i++;
        }

        return i > index && i < text.Length
            && (char.IsAsciiDigit(text[i]) || (i + 2 < text.Length && char.IsAsciiLetterUpper(text[i]) && (text[i + 1] == '-' || text[i + 2] == '-')));
    }

    /// <summary><c>, кв. 12</c>.</summary>
    private static bool IsFlatAhead(ReadOnlySpan<char> text, int index) => text[index..].TrimStart(", ").StartsWith("кв", StringComparison.OrdinalIgnoreCase);

    private static bool IsPrefixBehind(ReadOnlySpan<char> text, int index)
    {
        var i = index;
        for (var words = 0; words < LeftWords && i > 0; words++)
        {
            var word = WordBefore(text, i);
            if (word.Length == 0)
            {
                return false;
            }

            if ((AddressWords.Classify(word) & (WordClass.Prefix | WordClass.SoftPrefix)) != WordClass.None)
            {
                return true;
            }

            i -= word.Length;
            for (var signs = 0; i > 0 && signs < 3 && text[i - 1] is ' ' or '.' or ',' or '\''; signs++)
            {
                i--;
            }
        }

        return false;
    }

    private static int Skip(ReadOnlySpan<char> text, int index)
    {
        while (index < text.Length && text[index] == ' ')
        {
            index++;
        }

        return index;
    }

    private static ReadOnlySpan<char> WordAt(ReadOnlySpan<char> text, int start)
    {
        var end = start;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || Lexer.IsLetter(text[end])))
        {
            end++;
        }

        return text[start..end];
    }

    private static ReadOnlySpan<char> WordBefore(ReadOnlySpan<char> text, int end)
    {
        var start = end;
        while (start > 0 && (char.IsAsciiDigit(text[start - 1]) || Lexer.IsLetter(text[start - 1])))
        {
            start--;
        }

        return text[start..end];
    }
}
