using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;

namespace GatewayStack.Router.Llm.Attachments;

/// <summary>
/// Finds encoded bytes inside a text that nobody can look into: a picture in a Markdown link, an archive in a log. Base64 of text is none: Transform decodes it once, where it
/// stands on one line.
/// </summary>
internal static class EmbeddedData
{
    /// <summary>A shorter run of base64 is a key, a signature or a hash, and looked at as such, in characters.</summary>
    internal const int Shortest = 512;

    /// <summary>What a data URL says to be base64 is; a shorter one is an ornament.</summary>
    private const int ShortestOfUrl = 256;

    /// <summary>So many characters of the alphabet stand together somewhere in a run, however it is wrapped or escaped.</summary>
    private const int Seed = 24;

    private const int Probe = 9;

    /// <summary>So far before the first line of a key stands its head, with what an encrypted one says of itself.</summary>
    private const int LongestHead = 200;

    /// <summary>A JWE has five parts; what is before them is none.</summary>
    private const int MostPartsBefore = 4;

    private const int LongestHeader = 2048;

    /// <summary>From one piece that Transform decodes to the next, in bytes.</summary>
    private const int PieceStep = 1152;

    private const string Mark = ";base64,";

    /// <summary>What base64 is written with, for files and for URLs.</summary>
    internal static readonly SearchValues<char> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_");

    private static readonly SearchValues<char> TitleLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ ");

    internal static readonly SearchValues<byte> Controls =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Where(b => b is not (0x09 or 0x0A or 0x0D)).Select(b => (byte)b), 0x7F]);

    /// <summary>True where a text has bytes in it that are no text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="cancellationToken">Ends a long search.</param>
    public static bool IsIn(ReadOnlySpan<char> text, CancellationToken cancellationToken) =>
        IsIn(text, isInside: false, cancellationToken) || EvenPieces.AreIn(text, cancellationToken);

    private static bool IsIn(ReadOnlySpan<char> text, bool isInside, CancellationToken cancellationToken)
    {
        for (var from = 0; from + Shortest / 2 <= text.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var start = NextSeed(text, from, Seed);
            if (start < 0)
            {
                return false;
            }

            // The letter of an escape is none of the run.
            start += start > 0 && text[start - 1] == '\\' && text[start] is 'n' or 'r' or 't' ? 1 : 0;
            var isUrl = text[..start].EndsWith(Mark, StringComparison.OrdinalIgnoreCase);
            var run = new EncodedRun(text, start);
            try
            {
                from = run.End;
                if (run.Count >= (isUrl ? ShortestOfUrl : Shortest) && (isUrl || run.IsMixed) && (isUrl || !IsOfToken(text, start)) && !IsPrivateKey(text, start)
                    && !IsKnown(run.Decode()) && (isUrl || !run.IsWrapped || !EvenPieces.IsList(text, start)) && (isInside || !IsRead(ref run, cancellationToken)))
                {
                    return true;
                }
            }
            finally
            {
                run.Dispose();
            }
        }

        return false;
    }

    /// <summary>The beginning of the next run that is long enough: it has the unit that stands so far ahead, and most texts have a blank before.</summary>
    internal static int NextSeed(ReadOnlySpan<char> text, int start, int seed)
    {
        while (start + seed <= text.Length)
        {
            var before = text.Slice(start, seed).LastIndexOfAnyExcept(Alphabet);
            if (before < 0)
            {
                return start;
            }

            start += before + 1;
        }

        return -1;
    }

    /// <summary>A private key is found by what stands above it, whatever it is made of.</summary>
    internal static bool IsPrivateKey(ReadOnlySpan<char> text, int start)
    {
        const string Begin = "-----BEGIN ";
        var above = text[Math.Max(0, start - LongestHead)..start];
        if (above.LastIndexOf(Begin, StringComparison.Ordinal) is not (>= 0 and var head))
        {
            return false;
        }

        var title = above[(head + Begin.Length)..];
        title = title[..Math.Max(0, title.IndexOf("-----", StringComparison.Ordinal))];
        return !title.ContainsAnyExcept(TitleLetters) && (title.EndsWith("PRIVATE KEY", StringComparison.Ordinal) || title.EndsWith("PRIVATE KEY BLOCK", StringComparison.Ordinal));
    }

    /// <summary>True for keys and certificates (DER, and what SSH writes): the rows know them.</summary>
    internal static bool IsKnown(ReadOnlySpan<byte> bytes) =>
        bytes is [0x30, 0x82, var high, var low, 0x30 or 0x02, ..] ? Math.Abs(bytes.Length - 4 - ((high << 8) | low)) <= 3
            : bytes is [0, 0, 0, > 6 and < 64, ..] && bytes.Slice(4, 4).SequenceEqual("ssh-"u8);

    /// <summary>The parts of a JWT are found, and taken out, as what they are: its header says by what it is signed or sealed.</summary>
    private static bool IsOfToken(ReadOnlySpan<char> text, int start)
    {
        for (var parts = 0; parts < MostPartsBefore && start > 1 && text[start - 1] == '.'; parts++)
        {
            var before = text[..(start - 1)].LastIndexOfAnyExcept(Alphabet) + 1;
            if (before == start - 1)
            {
                break;
            }

            start = before;
        }

        var header = text[start..Math.Min(text.Length, start + LongestHeader)];
        if (!header.StartsWith("eyJ", StringComparison.Ordinal) || header.IndexOfAnyExcept(Alphabet) is not (> 0 and var end) || header[end] != '.')
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[LongestHeader];
        return Base64Url.DecodeFromChars(header[..end], bytes, out _, out var written) == OperationStatus.Done && bytes[0] == '{' && bytes[..written].IndexOf("\"alg\""u8) > 0;
    }

    /// <summary>True for what Transform reads as text, piece by piece: one line of UTF-8 or of ASCII in UTF-16. What is encoded twice is not.</summary>
    private static bool IsRead(ref EncodedRun run, CancellationToken cancellationToken)
    {
        var bytes = run.Decode();
        if (run.IsWrapped || bytes.Length < Probe)
        {
            return false;
        }

        if (IsUtf16(bytes))
        {
            for (var piece = PieceStep; piece + Probe <= bytes.Length; piece += PieceStep)
            {
                if (!IsUtf16(bytes[piece..]))
                {
                    return false;
                }
            }

            return true;
        }

        // The last character may be cut off.
        for (var cut = 0; cut <= 3; cut++)
        {
            if (Utf8.IsValid(bytes[..^cut]))
            {
                return !bytes.Contains((byte)0) && !bytes[..Probe].ContainsAny(Controls) && !IsIn(Encoding.UTF8.GetString(bytes[..^cut]), isInside: true, cancellationToken);
            }
        }

        return false;
    }

    private static bool IsUtf16(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < Probe - 1; i++)
        {
            if (i % 2 == 0 ? bytes[i] >= 0x7F || Controls.Contains(bytes[i]) : bytes[i] != 0)
            {
                return false;
            }
        }

        return true;
    }
}
