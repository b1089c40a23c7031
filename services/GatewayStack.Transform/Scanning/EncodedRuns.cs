using System.Buffers;
using System.Buffers.Text;
using System.Text;
using GatewayStack.Transform.Recognizers;

namespace GatewayStack.Transform.Scanning;

/// <summary>
/// Finds runs of base64 or hex that stand for readable text, and scans that once: a value that somebody has encoded is still theirs. What is found inside
/// covers the run.
/// </summary>
internal static class EncodedRuns
{
    /// <summary>A shorter run hides nothing, in UTF-16 units.</summary>
    public const int Shortest = 16;

    /// <summary>A longer run is a file, and is left alone.</summary>
    public const int Longest = 2048;

    private const int Probe = 12;
    private const int MostPadding = 2;
    private const double Loss = 0.95;

    private static readonly SearchValues<char> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_");

    /// <summary>The same, for a look at one unit.</summary>
    private static readonly bool[] InAlphabet = [.. Enumerable.Range(0, 128).Select(c => Alphabet.Contains((char)c))];

    /// <summary>Where the next run begins that may be worth decoding; <see cref="int.MaxValue"/> when there is none. A run at the text's end may still grow.</summary>
    public static int Next(ReadOnlySpan<char> text, int from, bool final, out int end)
    {
        for (var start = from; start < text.Length; start = Math.Max(end, start + 1))
        {
            start = SkipShort(text, start, final);

            // The rest of a run that was looked at, or of one that is too long, is passed over.
            end = EndOf(text, start);
            if (start > 0 && IsInAlphabet(text[start - 1]))
            {
                continue;
            }

            var length = end - start;
            if (end == text.Length && !final ? length > 0 && length <= Longest && (length < Probe || IsReadable(text[start..end])) : length is >= Shortest and <= Longest
                && IsReadable(text[start..end]))
            {
                return start;
            }
        }

        end = text.Length;
        return int.MaxValue;
    }

    /// <summary>Passes over runs that are too short: one that is long enough has the unit that stands so far ahead, and most texts have none there.</summary>
    private static int SkipShort(ReadOnlySpan<char> text, int start, bool final)
    {
        const int Least = Shortest - MostPadding;
        var known = final ? text.Length : text.Length - MostPadding;
        while (start + Least <= known)
        {
            var i = start + Least - 1;
            while (i >= start && IsInAlphabet(text[i]))
            {
                i--;
            }

            if (i < start)
            {
                break;
            }

            start = i + 1;
        }

        return start;
    }

    /// <summary>Decodes a run and scans what it stands for.</summary>
    /// <returns>The best candidate in it, covering the run; null when there is none.</returns>
    public static Candidate? Scan(ReadOnlySpan<char> text, int start, int end, Scanner scanner, CancellationToken cancellationToken)
    {
        Span<byte> bytes = stackalloc byte[Longest];
        Span<char> chars = stackalloc char[Longest];
        var decoded = Decode(text[start..end], bytes);
        if (decoded == 0 || !Encoding.UTF8.TryGetChars(bytes[..decoded], chars, out var count))
        {
            return null;
        }

        List<Candidate>? found = null;
        scanner.AdvanceInside(chars[..count], ref found, cancellationToken);
        Candidate? best = null;
        foreach (var candidate in found ?? [])
        {
            if (candidate.Row.Marks && candidate.Score > (best?.Score ?? 0))
            {
                best = candidate;
            }
        }

        return best is { } inner && inner.Score * Loss >= RowMatcher.LeastScore ? new Candidate(start, end, inner.Row, inner.Score * Loss) : null;
    }

    private static bool IsInAlphabet(char c) => c < InAlphabet.Length && InAlphabet[c];

    private static int EndOf(ReadOnlySpan<char> text, int start)
    {
        var run = text[start..].IndexOfAnyExcept(Alphabet);
        var end = run < 0 ? text.Length : start + run;
        for (var padding = 0; padding < MostPadding && end > start && end < text.Length && text[end] == '='; padding++)
        {
            end++;
        }

        return end;
    }

    /// <summary>True when the first bytes are text: of other tokens hardly one in ten thousand begins so.</summary>
    private static bool IsReadable(ReadOnlySpan<char> run)
    {
        Span<byte> bytes = stackalloc byte[Probe];
        var count = Decode(run[..Math.Min(run.Length, Probe)], bytes);
        foreach (var b in bytes[..count])
        {
            if (b is (< 0x20 or >= 0x7F) and not (0x0A or 0x0D or 0x09 or >= 0xC3))
            {
                return false;
            }
        }

        return count >= 6;
    }

    private static int Decode(ReadOnlySpan<char> run, Span<byte> bytes)
    {
        run = run.TrimEnd('=');
        if (!run.ContainsAnyExcept(Alphabets.Hex))
        {
            return run.Length % 2 == 0 && Convert.FromHexString(run, bytes, out _, out var hex) == OperationStatus.Done ? hex : 0;
        }

        Span<char> plain = run.Length <= Probe ? stackalloc char[Probe] : stackalloc char[Longest];
        run.CopyTo(plain);
        plain = plain[..run.Length];
        plain.Replace('+', '-');
        plain.Replace('/', '_');
        return run.Length % 4 != 1 && Base64Url.DecodeFromChars(plain, bytes, out _, out var count) == OperationStatus.Done ? count : 0;
    }
}
