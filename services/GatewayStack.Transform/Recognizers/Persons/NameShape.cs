using System.Runtime.InteropServices;

namespace GatewayStack.Transform.Recognizers.Persons;

/// <summary>Words that may be a name, written as names are.</summary>
/// <param name="Start">First unit, behind a title.</param>
/// <param name="End">First unit after it.</param>
/// <param name="Words">How many words of a name there are; 0 when it is none.</param>
/// <param name="IsKnown">True when one of them is a usual given name, or a title stands before.</param>
/// <param name="Ends">True when nothing of a sentence follows.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct NameShape(int Start, int End, int Words, bool IsKnown, bool Ends)
{
    private const int MostWords = 5;
    private const int LongestWord = 24;

    /// <summary>So many blanks stand between the columns of a form, not between the words of a name.</summary>
    private const int Column = 3;

    /// <summary>Reads a name from <paramref name="start"/> on.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="small">True to take small letters too.</param>
    public static NameShape Read(ReadOnlySpan<char> text, int start, bool small = false)
    {
        var at = start;
        var first = start;
        var end = start;
        var words = 0;
        var known = false;
        while (words < MostWords && at < text.Length)
        {
            var word = Word(text, at);
            if (word.Length == 0)
            {
                break;
            }

            var isCapital = !char.IsLower(word[0]);
            if (words == 0 && isCapital && NameWords.IsTitle(word))
            {
                known = true;
                at += word.Length;
                at += At(text, at) == '.' ? 1 : 0;
                at = Skip(text, at);
                first = at;
                continue;
            }

            if (words > 0 && !isCapital && !small && !NameWords.IsParticle(word))
            {
                break;
            }

            if (NameWords.IsOther(word) || (word.Length > 1 && IsCamel(word)) || word.Length > LongestWord || char.IsAsciiDigit(At(text, at + word.Length)))
            {
                return default;
            }

            if (!isCapital && !small && !(words > 0 && NameWords.IsParticle(word)))
            {
                break;
            }

            known |= NameWords.IsGiven(word);
            words += isCapital || small ? 1 : 0;
            at += word.Length;
            end = isCapital || small ? at : end;
            if (At(text, at) == '.' && word.Length <= 2)
            {
                at++;
                end = word.Length == 1 || word is "Jr" or "Sr" ? at : end;
            }

            // Doe, John
            var next = Skip(text, at);
            if (At(text, next) == ',' && words == 1 && next == at && Word(text, Skip(text, at + 1)) is { Length: > 0 } second && char.IsUpper(second[0])
                && NameWords.IsGiven(second))
            {
                next = Skip(text, at + 1);
            }

            if (next == at || next >= at + Column)
            {
                break;
            }

            at = next;
        }

        var possessive = end > first + 2 && text[end - 1] is 's' && text[end - 2] is '\'' or '’' ? 2 : 0;
        end -= possessive;
        var rest = Skip(text, end);
        return new NameShape(first, end, words, known, rest >= text.Length || rest >= end + Column || "\n\r\"',;<>|()[]{}.*_\\/\t-:".Contains(text[rest]));
    }

    /// <summary>Where blanks end.</summary>
    public static int Skip(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && text[at] is ' ')
        {
            at++;
        }

        return at;
    }

    /// <summary>The word that begins here.</summary>
    public static ReadOnlySpan<char> Word(ReadOnlySpan<char> text, int at)
    {
        var end = at;
        while (end < text.Length && (char.IsLetter(text[end]) || (text[end] is '\'' or '’' or '-' && end > at && end + 1 < text.Length && char.IsLetter(text[end + 1]))))
        {
            end++;
        }

        return at < text.Length ? text[at..end] : [];
    }

    /// <summary>Names of programs have a capital inside; Mc, Mac, De and O' are names of people.</summary>
    private static bool IsCamel(ReadOnlySpan<char> word)
    {
        for (var i = 1; i < word.Length; i++)
        {
            if (char.IsUpper(word[i]) && char.IsLower(word[i - 1])
                && !(i <= 3 && (word.StartsWith("Mc") || word.StartsWith("Mac") || word.StartsWith("De") || word.StartsWith("La") || word.StartsWith("Di"))))
            {
                return true;
            }
        }

        return false;
    }

    private static char At(ReadOnlySpan<char> text, int at) => (uint)at < (uint)text.Length ? text[at] : '\0';
}
