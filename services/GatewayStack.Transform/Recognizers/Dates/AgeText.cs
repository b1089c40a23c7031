namespace GatewayStack.Transform.Recognizers.Dates;

/// <summary>The words round a number.</summary>
internal static class AgeText
{
    private const int LongestWord = 16;

    private static readonly string[] Fractions =
    [
        " and a half", " and three quarters", " and three-quarters", " and a quarter", "½", " ½", " 1/2", " et demi", " et demie", " y medio", " y media", " e mezzo", " e meio", " e meia", " en een half",
        " en half", " i pół", " och ett halvt", " och en halv", "einhalb", " einhalb", " und ein halbes",
    ];

    /// <summary>The word that ends at a place.</summary>
    public static ReadOnlySpan<char> LastWord(ReadOnlySpan<char> text, int end)
    {
        var at = end;
        while (at > 0 && end - at < LongestWord && IsOfWord(text[at - 1]))
        {
            at--;
        }

        return text[at..end];
    }

    /// <summary>The next word, behind blanks or a dash.</summary>
    public static ReadOnlySpan<char> NextWord(ReadOnlySpan<char> text, int at, out bool joined, out int end)
    {
        joined = at < text.Length && text[at] == '-';
        while (at < text.Length && text[at] is ' ' or '-')
        {
            at++;
        }

        end = at;
        while (end < text.Length && end - at < LongestWord && (IsOfWord(text[end])
            || (text[end] is '/' or '.' && end == at + 1 && end + 1 < text.Length && char.IsLetter(text[end + 1]))))
        {
            end++;
        }

        return at < text.Length ? text[at..end] : [];
    }

    /// <summary>A letter, or a mark that is written round one.</summary>
    public static bool IsOfWord(char c) => char.IsLetter(c) || WordStart.IsMark(c);

    /// <summary>Behind the part of a year that children tell: "six and three quarters", "dwa i pół".</summary>
    public static int AfterFraction(ReadOnlySpan<char> text, int end)
    {
        foreach (var fraction in Fractions)
        {
            if (text[end..].StartsWith(fraction, StringComparison.OrdinalIgnoreCase)
                && (end + fraction.Length >= text.Length || !char.IsLetterOrDigit(text[end + fraction.Length])))
            {
                return end + fraction.Length;
            }
        }

        return end;
    }

    /// <summary>The word that begins at a place.</summary>
    public static ReadOnlySpan<char> WordAt(ReadOnlySpan<char> text, int at)
    {
        var end = at;
        while (end < text.Length && end - at < LongestWord && (char.IsLetter(text[end]) || text[end] is '\'' or '’'))
        {
            end++;
        }

        return at < text.Length ? text[at..end] : [];
    }

    /// <summary>The word that ends at a place, an apostrophe being part of it.</summary>
    public static ReadOnlySpan<char> WordBefore(ReadOnlySpan<char> text, int end, out int start)
    {
        start = end;
        while (start > 0 && end - start < LongestWord && (char.IsLetter(text[start - 1]) || text[start - 1] is '\'' or '’'))
        {
            start--;
        }

        return text[start..end];
    }

    /// <summary>Where the number or the date begins that ends at a place.</summary>
    public static int NumberStart(ReadOnlySpan<char> text, int end)
    {
        while (end > 0 && (char.IsAsciiDigit(text[end - 1]) || text[end - 1] is '-' or '.' or '/'))
        {
            end--;
        }

        return end;
    }
}
