using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;

namespace GatewayStack.Router.Llm.Attachments;

/// <summary>
/// Finds encoded bytes inside a text that nobody can look into: a picture in a Markdown link, an archive in a log. Base64 of text is none: Transform decodes it once, where it stands
/// on one line.
/// </summary>
internal static class EmbeddedData
{
    /// <summary>A shorter run of base64 is a key, a signature or a hash, and looked at as such, in characters.</summary>
    private const int Shortest = 512;

    /// <summary>What a data URL says to be base64 is; a shorter one is an ornament.</summary>
    private const int ShortestOfUrl = 256;

    /// <summary>So many characters of the alphabet stand together somewhere in a run, however it is wrapped or escaped.</summary>
    private const int Seed = 24;

    private const int LeastLine = 32;
    private const int MostIndent = 8;
    private const int Probe = 9;

    /// <summary>So far before the first line of a key stands its head, with what an encrypted one says of itself.</summary>
    private const int LongestHead = 200;

    /// <summary>A JWE has five parts; what is before them is none.</summary>
    private const int MostPartsBefore = 4;

    private const int LongestHeader = 2048;

    /// <summary>From one piece that Transform decodes to the next, in bytes.</summary>
    private const int PieceStep = 1152;

    private const string Mark = ";base64,";

    private static readonly SearchValues<char> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_");

    private static readonly SearchValues<char> TitleLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ ");

    private static readonly SearchValues<byte> Controls =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Where(b => b is not (0x09 or 0x0A or 0x0D)).Select(b => (byte)b), 0x7F]);

    /// <summary>True where a text has bytes in it that are no text.</summary>
    public static bool IsIn(ReadOnlySpan<char> text) => IsIn(text, isInside: false);

    private static bool IsIn(ReadOnlySpan<char> text, bool isInside)
    {
        for (var from = 0; from + Shortest / 2 <= text.Length;)
        {
            var start = NextSeed(text, from);
            if (start < 0)
            {
                return false;
            }

            // The letter of an escape is none of the run.
            start += start > 0 && text[start - 1] == '\\' && text[start] is 'n' or 'r' or 't' ? 1 : 0;
            var isUrl = text[..start].EndsWith(Mark, StringComparison.OrdinalIgnoreCase);
            var run = new Run(text, start);
            try
            {
                from = run.End;
                if (run.Count >= (isUrl ? ShortestOfUrl : Shortest) && (isUrl || run.IsMixed) && (isUrl || !IsOfToken(text, start)) && !IsPrivateKey(text, start)
                    && !run.IsKnown && (isInside || !IsRead(ref run)))
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
    private static int NextSeed(ReadOnlySpan<char> text, int start)
    {
        while (start + Seed <= text.Length)
        {
            var before = text.Slice(start, Seed).LastIndexOfAnyExcept(Alphabet);
            if (before < 0)
            {
                return start;
            }

            start += before + 1;
        }

        return -1;
    }

    /// <summary>A private key is found by what stands above it, whatever it is made of.</summary>
    private static bool IsPrivateKey(ReadOnlySpan<char> text, int start)
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
    private static bool IsRead(ref Run run)
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
                return !bytes.Contains((byte)0) && !bytes[..Probe].ContainsAny(Controls) && !IsIn(Encoding.UTF8.GetString(bytes[..^cut]), isInside: true);
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

    /// <summary>One run: lines of it, and what escapes of JSON and of URLs stand for, are read together.</summary>
    private ref struct Run
    {
        private readonly ReadOnlySpan<char> _text;
        private readonly int _start;
        private byte[] _bytes = [];
        private int _decoded = -1;
        private int _capitals;
        private int _small;
        private int _digits;

        public Run(ReadOnlySpan<char> text, int start)
        {
            _text = text;
            _start = start;
            End = Math.Max(Walk(default), start + 1);
        }

        /// <summary>Where it ends.</summary>
        public int End { get; }

        /// <summary>How many characters it has.</summary>
        public int Count { get; private set; }

        /// <summary>True where it stands on several lines, or has escapes in it: Transform reads each piece by itself.</summary>
        public bool IsWrapped { get; private set; }

        /// <summary>Base64 of bytes has some of everything, and few signs; words, numbers and paths do not.</summary>
        public readonly bool IsMixed => _capitals * 64 > Count && _small * 64 > Count && _digits * 64 > Count && (_capitals + _small + _digits) * 8 > Count * 7;

        /// <summary>True for keys and certificates (DER, and what SSH writes): the rows know them.</summary>
        public bool IsKnown
        {
            get
            {
                var bytes = Decode();
                return bytes is [0x30, 0x82, var high, var low, 0x30 or 0x02, ..] ? Math.Abs(bytes.Length - 4 - ((high << 8) | low)) <= 3
                    : bytes is [0, 0, 0, > 6 and < 64, ..] && bytes.Slice(4, 4).SequenceEqual("ssh-"u8);
            }
        }

        /// <summary>The bytes it stands for.</summary>
        public ReadOnlySpan<byte> Decode()
        {
            if (_decoded < 0)
            {
                var count = Count;
                var chars = ArrayPool<char>.Shared.Rent(count);
                var to = chars.AsSpan(0, count);
                Walk(to);
                to.Replace('-', '+');
                to.Replace('_', '/');
                _bytes = ArrayPool<byte>.Shared.Rent(count / 4 * 3);
                _decoded = Convert.TryFromBase64Chars(to[..(count / 4 * 4)], _bytes, out var written) ? written : 0;
                ArrayPool<char>.Shared.Return(chars, clearArray: true);
            }

            return _bytes.AsSpan(0, _decoded);
        }

        /// <summary>Others must not see what it was.</summary>
        public readonly void Dispose()
        {
            if (_bytes.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(_bytes, clearArray: true);
            }
        }

        /// <summary>Goes through the run and writes what is of the alphabet, if there is room for it.</summary>
        private int Walk(Span<char> to)
        {
            Count = _capitals = _small = _digits = 0;
            var (at, line) = (_start, 0);
            while (at < _text.Length)
            {
                var length = _text[at..].IndexOfAnyExcept(Alphabet);
                length = length < 0 ? _text.Length - at : length;
                if (length > 0)
                {
                    Add(_text.Slice(at, length), to);
                    at += length;
                    line += length;
                    continue;
                }

                var (skipped, isBreak) = Skip(_text, at, out var stands);
                if (skipped == 0 || (isBreak && (line < LeastLine || !IsLine(_text[(at + skipped)..]))))
                {
                    break;
                }

                if (stands != '\0')
                {
                    Add([stands], to);
                }

                // Transform reads the escapes of what it takes for JSON, and of URLs, and no line with the next.
                IsWrapped = true;
                line = isBreak ? 0 : line;
                at += skipped;
            }

            return at;
        }

        /// <summary>What stands between two pieces of a run: the end of a line with what quotes and indents the next, or an escape.</summary>
        private static (int Length, bool IsBreak) Skip(ReadOnlySpan<char> text, int at, out char stands)
        {
            stands = '\0';
            if (text[at] is '\r' or '\n')
            {
                var next = at + (text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1);
                for (var indent = 0; indent < MostIndent && next < text.Length && text[next] is ' ' or '\t' or '>' or '|' or '#' or '*'; indent++)
                {
                    next++;
                }

                return (next - at, true);
            }

            if (text[at] == '\\' && at + 1 < text.Length)
            {
                stands = text[at + 1] == '/' ? '/' : '\0';
                return text[at + 1] is '/' or 'n' or 'r' ? (2, false) : (0, false);
            }

            if (text[at] == '%' && at + 2 < text.Length)
            {
                stands = (text[at + 1], (char)(text[at + 2] & ~0x20)) switch { ('2', 'B') => '+', ('2', 'F') => '/', _ => '\0' };
                return stands != '\0' || (text[at + 1] == '0' && text[at + 2] is 'A' or 'a' or 'D' or 'd') ? (3, false) : (0, false);
            }

            return (0, false);
        }

        /// <summary>True where nothing but base64 stands on a line.</summary>
        private static bool IsLine(ReadOnlySpan<char> text)
        {
            var end = text.IndexOfAnyExcept(Alphabet);
            return end != 0 && (end < 0 || text[end] is '\r' or '\n' or '=' or '\\' or '"' or '%' or '\'' or ')' or '<');
        }

        private void Add(scoped ReadOnlySpan<char> piece, Span<char> to)
        {
            if (!to.IsEmpty)
            {
                piece.CopyTo(to[Count..]);
            }

            foreach (var c in piece)
            {
                _capitals += char.IsAsciiLetterUpper(c) ? 1 : 0;
                _small += char.IsAsciiLetterLower(c) ? 1 : 0;
                _digits += char.IsAsciiDigit(c) ? 1 : 0;
            }

            Count += piece.Length;
        }
    }
}
