using System.Collections.Frozen;
using System.Text;

namespace GatewayStack.Transform.Scanning;

/// <summary>Marks that stand behind the letter they belong to: accents as some systems write them (NFD), and strokes that hide what they cross out.</summary>
internal static class CombiningMarks
{
    /// <summary>So many behind one letter wait for one another.</summary>
    private const int Most = 8;

    /// <summary>True for a mark of Latin, Greek, Cyrillic or kana.</summary>
    public static bool Is(char c) => c is (>= '\u0300' and <= '\u036F') or '\u3099' or '\u309A' or (>= '\u20D0' and <= '\u20F0') or (>= '\u1AB0' and <= '\u1AFF');

    /// <summary>What a letter and its mark are together: one letter, or the letter itself where nothing is written so; NUL where the mark is not Latin's.</summary>
    public static char Compose(char letter, char mark) =>
        Compositions.Pairs.TryGetValue((letter << 16) | mark, out var composed) ? composed
        : char.IsAsciiLetterOrDigit(letter) || letter is >= '\u00C0' and < '\u0250' || (char.IsAscii(letter) && char.IsPunctuation(letter)) ? letter
        : '\0';

    /// <summary>How much of a text can be read whatever follows: a mark may belong to its last letter.</summary>
    public static int Complete(ReadOnlySpan<char> text)
    {
        var end = text.Length;
        while (end > 0 && text.Length - end < Most && Is(text[end - 1]))
        {
            end--;
        }

        return end > 0 && (char.IsLetterOrDigit(text[end - 1]) || (end < text.Length && char.IsPunctuation(text[end - 1]))) ? end - 1 : end;
    }

    private static class Compositions
    {
        public static readonly FrozenDictionary<int, char> Pairs = Find();

        private static FrozenDictionary<int, char> Find()
        {
            var found = new Dictionary<int, char>();
            foreach (var code in Enumerable.Range(0xC0, 0x2000 - 0xC0).Concat(Enumerable.Range(0x3040, 0xC0)))
            {
                var apart = ((char)code).ToString().Normalize(NormalizationForm.FormD);
                if (apart.Length > 1 && Is(apart[^1]) && apart[..^1].Normalize(NormalizationForm.FormC) is [var letter])
                {
                    found.TryAdd((letter << 16) | apart[^1], (char)code);
                }
            }

            return found.ToFrozenDictionary();
        }
    }
}
