using System.Buffers;

namespace GatewayStack.Transform.Recognizers.Credentials.Spoken;

/// <summary>The seed of one-time codes: base32, written as one word or in groups of four.</summary>
internal static class SeedVerifier
{
    private const int Shortest = 16;
    private const int Longest = 80;
    private const int Reach = 140;

    private static readonly SearchValues<char> Base32 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567abcdefghijklmnopqrstuvwxyz");

    public static Verdict Verify(in Match match)
    {
        var text = match.Text;
        var limit = Math.Min(text.Length, match.Start + match.Length + Reach);
        for (var at = match.Start + match.Length; at < limit; at++)
        {
            if (!Base32.Contains(text[at]) || (at > 0 && WordStart.Joins(text[at], text[at - 1])))
            {
                continue;
            }

            var end = End(text, at);
            if (end - at is >= Shortest and <= Longest && IsSeed(text[at..end])
                && (end == text.Length || !(WordStart.Joins(text[end - 1], text[end]) || text[end] is '_' or '+' or '/' or '@')))
            {
                return new Verdict(end - at, 0.9) { Offset = at - match.Start };
            }
        }

        return Verdict.No;
    }

    /// <summary>Behind one run, or behind groups of four with the same sign between them.</summary>
    private static int End(ReadOnlySpan<char> text, int at)
    {
        var end = at;
        while (end < text.Length && Base32.Contains(text[end]))
        {
            end++;
        }

        if (end - at != 4)
        {
            return end;
        }

        var sign = end < text.Length ? text[end] : '\0';
        while (sign is ' ' or '-' && end + 5 <= text.Length && text[end] == sign && !text.Slice(end + 1, 4).ContainsAnyExcept(Base32)
            && (end + 5 == text.Length || !char.IsLetterOrDigit(text[end + 5])))
        {
            end += 5;
        }

        return end;
    }

    /// <summary>One case, with digits, and not the words of a sentence.</summary>
    private static bool IsSeed(ReadOnlySpan<char> value)
    {
        var shape = new ValueShape(value);
        return shape.Letters >= 8 && (shape.Uppers == 0 || shape.Lowers == 0) && (shape.Digits >= 2 || (shape.Digits == 1 && shape.Uppers > 0)
            || (shape.Uppers > 0 && shape.Length >= Shortest && Gibberish.RareShare(value) >= 0.3));
    }
}
