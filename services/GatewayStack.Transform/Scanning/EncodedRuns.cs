using System.Buffers;
using System.Buffers.Text;
using System.Numerics;
using System.Text;
using System.Text.Unicode;
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

    /// <summary>A longer run is decoded in pieces of this length, so that a stream never waits for more of it. A multiple of four: each piece decodes by itself.</summary>
    public const int Longest = 2048;

    /// <summary>From one piece to the next: what stands across the end of one stands in the next one whole.</summary>
    public const int Step = Longest - 512;

    private const int Probe = 12;
    private const int LeastBytes = 6;
    private const int MostPadding = 2;
    private const int MostFollowing = 3;
    private const double Loss = 0.95;

    private static readonly SearchValues<char> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_");

    /// <summary>The same, for a look at some units, and at one.</summary>
    private static readonly AsciiSet Units = new(Alphabet.Contains);

    /// <summary>Where the next run begins that may be worth decoding; <see cref="int.MaxValue"/> when there is none. A run at the text's end may still grow.</summary>
    public static int Next(ReadOnlySpan<char> text, int from, bool final, out int end)
    {
        for (var start = from; start < text.Length; start = Math.Max(end, start + 1))
        {
            start = SkipShort(text, start);

            // The rest of a run that was looked at is passed over.
            end = EndOf(text, start);
            if (start > 0 && Units.Contains(text[start - 1]))
            {
                continue;
            }

            var length = end - start;
            if (end == text.Length && !final ? length > 0 && (length < Probe || IsReadable(text[start..end])) : length >= Shortest && IsReadable(text[start..end]))
            {
                return start;
            }
        }

        end = text.Length;
        return int.MaxValue;
    }

    /// <summary>Passes over runs that are too short: of most texts all that can be looked at many units at a time.</summary>
    private static int SkipShort(ReadOnlySpan<char> text, int start)
    {
        // A bit for each unit of the alphabet, of this block above those of the one before: what is left of them begins a run that is long enough.
        var (block, runs) = (start, 0u);
        for (; block + AsciiSet.Block <= text.Length; block += AsciiSet.Block)
        {
            runs = runs >> AsciiSet.Block | Units.Among(AsciiSet.Read(text[block..])) << AsciiSet.Block;
            if (BeginningsOf(runs) is var found and not 0)
            {
                return block - AsciiSet.Block + BitOperations.TrailingZeroCount(found);
            }
        }

        // One that began before is too short, whatever pads it; one that the last block ends with may go on.
        return Math.Max(start, block - Shortest + 1);
    }

    /// <summary>Where as many bits follow one another as the shortest run has units: fourteen.</summary>
    private static uint BeginningsOf(uint bits)
    {
        bits &= bits >> 1;
        bits &= bits >> 2;
        bits &= bits >> 4;
        return bits & (bits >> (Shortest - MostPadding - 8));
    }

    /// <summary>Where a run ends that goes on at a position.</summary>
    public static int EndOf(ReadOnlySpan<char> text, int start)
    {
        var run = text[start..].IndexOfAnyExcept(Alphabet);
        var end = run < 0 ? text.Length : start + run;
        for (var padding = 0; padding < MostPadding && end > start && end < text.Length && text[end] == '='; padding++)
        {
            end++;
        }

        return end;
    }

    /// <summary>Decodes a run, or a piece of one, and scans what it stands for.</summary>
    /// <returns>The best candidate in it, covering the run; null when there is none.</returns>
    public static Candidate? Scan(ReadOnlySpan<char> text, int start, int end, Scanner scanner, CancellationToken cancellationToken)
    {
        Span<byte> bytes = stackalloc byte[Longest];
        Span<char> chars = stackalloc char[Longest];
        var decoded = Decode(text[start..end], bytes);
        var count = Read(bytes[..decoded], chars);
        if (count == 0)
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

    /// <summary>True when the first bytes are text: of other tokens hardly one in ten thousand begins so.</summary>
    private static bool IsReadable(ReadOnlySpan<char> run)
    {
        Span<byte> bytes = stackalloc byte[Probe];
        var count = Decode(run[..Math.Min(run.Length, Probe)], bytes);
        return count >= LeastBytes && (IsUtf16(bytes[..count]) || IsUtf8(bytes[..count]));
    }

    /// <summary>Printable, in whatever script; the last character may be cut off.</summary>
    private static bool IsUtf8(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] < 0x80)
            {
                if (bytes[i] is (< 0x20 or 0x7F) and not (0x0A or 0x0D or 0x09))
                {
                    return false;
                }

                continue;
            }

            var following = Following(bytes[i]);
            if (following == 0)
            {
                return false;
            }

            for (; following > 0 && i + 1 < bytes.Length; following--)
            {
                if (!IsFollowing(bytes[++i]))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>ASCII in units of two bytes, as Windows encodes commands.</summary>
    private static bool IsUtf16(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < Math.Min(bytes.Length, LeastBytes + 2); i++)
        {
            if (i % 2 == 0 ? bytes[i] is (< 0x20 or >= 0x7F) and not (0x0A or 0x0D or 0x09) : bytes[i] != 0)
            {
                return false;
            }
        }

        return bytes.Length >= LeastBytes;
    }

    /// <summary>Reads decoded bytes; 0 where they are no text. A piece may begin and end inside a character.</summary>
    private static int Read(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        if (IsUtf16(bytes))
        {
            return Encoding.Unicode.TryGetChars(bytes[..(bytes.Length & ~1)], chars, out var units) ? units : 0;
        }

        var start = 0;
        while (start < MostFollowing && start < bytes.Length && IsFollowing(bytes[start]))
        {
            start++;
        }

        var end = bytes.Length;
        for (var back = 1; back <= MostFollowing && back <= end - start; back++)
        {
            if (bytes[end - back] >= 0xC0)
            {
                end -= Following(bytes[end - back]) >= back ? back : 0;
                break;
            }
        }

        return Utf8.ToUtf16(bytes[start..end], chars, out _, out var count, replaceInvalidSequences: false) == OperationStatus.Done ? count : 0;
    }

    private static bool IsFollowing(byte value) => (value & 0xC0) == 0x80;

    private static int Following(byte lead) => lead switch
    {
        >= 0xC2 and <= 0xDF => 1,
        >= 0xE0 and <= 0xEF => 2,
        >= 0xF0 and <= 0xF4 => MostFollowing,
        _ => 0,
    };

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
