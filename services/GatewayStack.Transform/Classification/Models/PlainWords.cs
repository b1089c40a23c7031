using System.Buffers;
using GatewayStack.Transform.Scanning;

namespace GatewayStack.Transform.Classification.Models;

/// <summary>
/// Writes a text as phrases are looked for in it: small letters, Cyrillic and Greek ones as the Latin ones they look like, lines that go on as one, and no blanks between the
/// characters of scripts that write none.
/// </summary>
internal static class PlainWords
{
    private const char FirstOfScripts = '\u0370';

    private static readonly SearchValues<char> Closing = SearchValues.Create(":.!?。！？；;：।؟");

    /// <summary>Greek and Cyrillic, each letter as it looks like small or large: a word may have been read as Latin because of one letter in it.</summary>
    private static readonly char[] Alike = [.. Enumerable.Range(FirstOfScripts, 0x0530 - FirstOfScripts).Select(c => FindAlike((char)c))];

    /// <summary>Writes a text.</summary>
    /// <param name="text">The text, folded.</param>
    /// <param name="to">Has room for as much.</param>
    /// <returns>How much was written.</returns>
    public static int Write(ReadOnlySpan<char> text, Span<char> to)
    {
        var (count, sign) = (0, LineSign(text, out var from));
        for (var at = from; at < text.Length;)
        {
            var c = text[at];
            if (!char.IsWhiteSpace(c))
            {
                if (Letter(c) is var letter and not '\0')
                {
                    to[count++] = letter;
                }

                at++;
                continue;
            }

            var start = at;
            var breaks = 0;
            for (; at < text.Length && char.IsWhiteSpace(text[at]); at++)
            {
                breaks += text[at] == '\n' || (text[at] == '\r' && !text[(at + 1)..].StartsWith('\n')) ? 1 : 0;
            }

            var between = ' ';
            if (breaks > 0)
            {
                var next = LineSign(text[at..], out from);
                at += from;

                // A line goes on in the next one where both are marked alike, and neither says that something begins.
                between = breaks > 1 || next != sign || IsItem(text[at..]) || (start > 0 && Closing.Contains(text[start - 1])) ? '\n' : ' ';
                sign = next;
            }

            if (between == '\n' || at == text.Length || count == 0 || !IsUnspaced(to[count - 1]) || !IsUnspaced(text[at]))
            {
                to[count++] = between;
            }
        }

        return count;
    }

    /// <summary>The same for a word of a phrase.</summary>
    public static string Of(string word)
    {
        var to = new char[word.Length];
        return new string(to, 0, Write(word, to));
    }

    /// <summary>Writes the words of a text that are spelled in single letters, <c>w o r d s</c>, each in one; anything else ends the sentence.</summary>
    /// <returns>How much was written; 0 where there are none.</returns>
    public static int WriteSpelled(ReadOnlySpan<char> text, Span<char> to)
    {
        var count = 0;
        for (var at = 0; at < text.Length;)
        {
            if (!char.IsLetter(text[at]))
            {
                at++;
                continue;
            }

            if (at + 1 < text.Length && char.IsLetter(text[at + 1]))
            {
                var end = at;
                while (end < text.Length && char.IsLetter(text[end]))
                {
                    end++;
                }

                at = end;
                if (count > 0 && to[count - 1] != '\n')
                {
                    to[count++] = '\n';
                }

                continue;
            }

            to[count++] = text[at++];
            var isSame = at + 1 < text.Length && text[at] is ' ' or '.' or '-' or '_' or '*' && char.IsLetter(text[at + 1]);
            if (!isSame && at < text.Length)
            {
                to[count++] = ' ';
            }
        }

        return count;
    }

    /// <summary>What quotes or comments a line; NUL for a line that nothing does.</summary>
    private static char LineSign(ReadOnlySpan<char> text, out int length)
    {
        length = 0;
        var sign = '\0';
        for (; length < text.Length && text[length] is ' ' or '\t' or '>' or '#' or '|' or '/' or '%'; length++)
        {
            sign = sign == '\0' && text[length] is not (' ' or '\t') ? text[length] : sign;
        }

        return sign;
    }

    /// <summary>True where an item of a list begins.</summary>
    private static bool IsItem(ReadOnlySpan<char> text)
    {
        var digits = text.IndexOfAnyExceptInRange('0', '9');
        return text is ['-' or '*' or '+' or '•' or '·' or '–', ' ' or '\t', ..] || (digits > 0 && text[digits] is '.' or ')' or '、' or '．');
    }

    /// <summary>Chinese and Japanese.</summary>
    private static bool IsUnspaced(char c) => c is >= '\u2E80' and <= '\u9FFF' or >= '\uF900' and <= '\uFAFF';

    /// <summary>The letter as it is compared; NUL for one that is left out.</summary>
    private static char Letter(char c) => c switch
    {
        < (char)0x80 => char.ToLowerInvariant(c),
        'ı' or 'İ' => 'i',
        >= FirstOfScripts and < (char)0x0530 => Alike[c - FirstOfScripts],

        // Arabic: vowels and the line that stretches a word are written or not, and so is the sign on an alif.
        '\u0640' or (>= '\u064B' and <= '\u0652') => '\0',
        'أ' or 'إ' or 'آ' or 'ٱ' => 'ا',
        < '\u1E00' or (>= '\uFF00' and <= '\uFFEF') => char.ToLowerInvariant(c),
        _ => c,
    };

    private static char FindAlike(char c)
    {
        var small = char.ToLowerInvariant(c);
        small = small == 'ё' ? 'е' : small;
        foreach (var form in new[] { small == 'е' ? small : c, small, char.ToUpperInvariant(c) })
        {
            if (HiddenCharacters.Lookalike(form) is var latin and not '\0')
            {
                return char.ToLowerInvariant(latin);
            }
        }

        return small;
    }
}
