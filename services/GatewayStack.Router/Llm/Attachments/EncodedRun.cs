using System.Buffers;

namespace GatewayStack.Router.Llm.Attachments;

/// <summary>One run: lines of it, and what escapes of JSON and of URLs stand for, are read together.</summary>
internal ref struct EncodedRun
{
    private const int LeastLine = 32;
    private const int MostIndent = 8;

    private readonly ReadOnlySpan<char> _text;
    private readonly int _start;
    private byte[] _bytes = [];
    private int _decoded = -1;
    private int _capitals;
    private int _small;
    private int _digits;

    public EncodedRun(ReadOnlySpan<char> text, int start)
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
            var length = _text[at..].IndexOfAnyExcept(EmbeddedData.Alphabet);
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
        var end = text.IndexOfAnyExcept(EmbeddedData.Alphabet);
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
