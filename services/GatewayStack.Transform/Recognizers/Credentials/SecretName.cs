using System.Runtime.InteropServices;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>The name, or the word of a sentence, that a keyword stands in.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends.</param>
/// <param name="IsArgument">True behind dashes, as arguments of commands are written.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SecretName(int Start, int End, bool IsArgument)
{
    private const int Reach = 40;
    private const int MostDigits = 4;

    /// <summary>Reads the name round a keyword; false when it does not name a secret.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, int start, int length, SecretKind kind, out SecretName name)
    {
        var keyword = text.Slice(start, length);
        var end = start + length;
        var left = start;

        // In scripts without blanks what stands before the word is the sentence, and its full stop is read as a dot; a name goes on in ASCII alone.
        var isInSentence = !IsSpaced(keyword[0]);
        while (left > 0 && start - left < Reach && IsNamePart(text[left - 1]) && !(isInSentence && (!char.IsAscii(text[left - 1]) || text[left - 1] == '.')))
        {
            left--;
        }

        var dashes = left;
        while (left < start && !char.IsLetterOrDigit(text[left]))
        {
            left++;
        }

        // Scripts without blanks go on with the next word.
        var right = end;
        while (char.IsAscii(keyword[^1]) | IsSpaced(keyword[^1]) && right < text.Length && right - end < Reach && (char.IsLetterOrDigit(text[right])
            || text[right] is '_' or '-'))
        {
            right++;
        }

        while (right > end && text[right - 1] is '-' or '_')
        {
            right--;
        }

        if (left > 0 && text[left - 1] == '[' && right < text.Length && text[right] is ':' or '#' && IsCapital(text[left..right]))
        {
            // [API_KEY#...] is what stands in place of a finding.
            name = default;
            return false;
        }

        name = new SecretName(left, right, dashes < left && text[left - 1] == '-' && left - dashes <= 2);
        if (left > 1 && text[left - 1] == '{' && text[left - 2] is '$' or '{' or '#')
        {
            // ${PASSWORD}, {{password}}: what fills in a secret.
            return false;
        }

        // "$(pwd)" and "$PWD" are a folder; long names with digits are no names.
        return !(left > 0 && text[left - 1] is '(' or '{' or '$' && keyword.Equals("pwd", StringComparison.OrdinalIgnoreCase) && (text[left - 1] == '('
            || keyword[0] == 'P'))
            && DigitsIn(text[left..right]) <= MostDigits
            && IsBorder(text, start, end, keyword) && !NameParts.HasAny(text[left..start], kind is SecretKind.Password or SecretKind.Pin ? SecretWords.NoSecret : SecretWords.NoToken) && IsSecretWithSuffix(text[end..right], kind);
    }

    /// <summary>True when no further text makes another name of it.</summary>
    public static bool IsKnown(ReadOnlySpan<char> text, int start, int length)
    {
        var end = start + length;
        var right = end;
        while (right < text.Length && right - end < Reach && (char.IsLetterOrDigit(text[right]) || text[right] is '_' or '-'))
        {
            right++;
        }

        return right < text.Length;
    }

    private static int DigitsIn(ReadOnlySpan<char> name)
    {
        var digits = 0;
        foreach (var c in name)
        {
            digits += char.IsAsciiDigit(c) ? 1 : 0;
        }

        return digits;
    }

    private static bool IsNamePart(char c) => char.IsLetterOrDigit(c) || c is '_' or '-' or '.' or '$';

    private static bool IsSpaced(char c) => c < '\u0600';

    /// <summary>A short word counts only as a part of its own.</summary>
    private static bool IsBorder(ReadOnlySpan<char> text, int start, int end, ReadOnlySpan<char> keyword)
    {
        if (!SecretWords.Whole.GetAlternateLookup<ReadOnlySpan<char>>().Contains(keyword) && (keyword.Length >= 5 || !char.IsAscii(keyword[0])))
        {
            // "Authorization" and "tokenizer" apart, what goes on in small letters is looked at by its suffix.
            return true;
        }

        var before = start == 0 || !char.IsLetter(text[start - 1]) || (char.IsUpper(text[start]) && (char.IsLower(text[start - 1])
            || (keyword.Length >= 3 && IsCapital(text[start..end]))));
        var after = end >= text.Length || !char.IsLetter(text[end]) || (char.IsLower(text[end - 1]) && char.IsUpper(text[end])) || text[end] is 's' or 'S';
        return before && after;
    }

    private static bool IsCapital(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
        {
            if (char.IsLower(c))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsSecretWithSuffix(ReadOnlySpan<char> suffix, SecretKind kind)
    {
        if (suffix.IsEmpty)
        {
            return true;
        }

        if (char.IsLower(suffix[0]))
        {
            // The word itself goes on: an ending, or another word.
            var length = 0;
            while (length < suffix.Length && char.IsLower(suffix[length]))
            {
                length++;
            }

            if (suffix[..length] is not ("s" or "e" or "n" or "en" or "et" or "a" or "y" or "hash" or "key" or "token" or "im" or "in" or "m")
                || (kind == SecretKind.Token && suffix[..length] is "s"))
            {
                return false;
            }

            suffix = suffix[length..];
        }

        return !NameParts.HasAny(suffix, SecretWords.About);
    }
}
