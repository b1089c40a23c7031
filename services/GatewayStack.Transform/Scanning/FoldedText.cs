using System.Buffers;
using System.Globalization;

namespace GatewayStack.Transform.Scanning;

/// <summary>
/// A text as the recognisers see it, with the way back to where each character came from. It grows at its end and can forget its beginning, so
/// that a stream needs no more memory than what is still open.
/// </summary>
/// <remarks>Belongs to one scan: not safe for concurrent use. Positions in the original are counted from its first unit, whatever was forgotten.</remarks>
/// <param name="json">True when the text is JSON source: escapes such as <c>\u0040</c> and <c>\n</c> are read as what they stand for.</param>
/// <param name="capacity">How long it is expected to be.</param>
internal sealed class FoldedText(bool json, int capacity = 128) : IDisposable
{
    private char[] _chars = ArrayPool<char>.Shared.Rent(capacity);
    private int[] _starts = ArrayPool<int>.Shared.Rent(capacity);
    private int[] _ends = ArrayPool<int>.Shared.Rent(capacity);
    private int _count;

    /// <summary>The folded characters that are kept.</summary>
    public ReadOnlySpan<char> Chars => _chars.AsSpan(0, _count);

    /// <summary>How much of the original has been folded. Less than what was given only inside an escape that is not complete.</summary>
    public int Consumed { get; private set; }

    /// <summary>Where the folded character begins in the original; the end of what was folded for the position after the last.</summary>
    public int StartOf(int index) => index < _count ? _starts[index] : Consumed;

    /// <summary>Where the original goes on after the folded character.</summary>
    public int EndOf(int index) => _ends[index];

    /// <summary>Folds more text.</summary>
    /// <param name="text">The original from <see cref="Consumed"/> on.</param>
    /// <param name="final">True when nothing follows.</param>
    public void Append(ReadOnlySpan<char> text, bool final)
    {
        var i = 0;
        while (i < text.Length)
        {
            var width = 1;
            var c = text[i];
            if (json && c == '\\')
            {
                width = ReadEscape(text[i..], out c);
                if (width == 0 && !final)
                {
                    break;
                }

                width = Math.Max(width, 1);
            }

            if (HiddenCharacters.Fold(c) is var folded && folded != HiddenCharacters.Nothing)
            {
                Add((char)folded, Consumed + i, Consumed + i + width);
            }

            i += width;
        }

        Consumed += i;
    }

    /// <summary>Forgets the first characters.</summary>
    public void Forget(int count)
    {
        _chars.AsSpan(count, _count - count).CopyTo(_chars);
        _starts.AsSpan(count, _count - count).CopyTo(_starts);
        _ends.AsSpan(count, _count - count).CopyTo(_ends);
        _count -= count;
    }

    public void Dispose()
    {
        if (_chars.Length > 0)
        {
            Return(ref _chars);
            Return(ref _starts);
            Return(ref _ends);
            _count = 0;
        }
    }

    /// <summary>Reads <c>\n</c> or <c>\u0041</c>; 0 when the text ends inside it.</summary>
    private static int ReadEscape(ReadOnlySpan<char> text, out char value)
    {
        value = '\\';
        if (text.Length < 2)
        {
            return 0;
        }

        if (text[1] != 'u')
        {
            value = text[1] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'b' or 'f' => ' ', var other => other };
            return 2;
        }

        for (var digit = 2; digit < 6; digit++)
        {
            if (digit >= text.Length)
            {
                return 0;
            }

            if (!char.IsAsciiHexDigit(text[digit]))
            {
                return 1;
            }
        }

        value = (char)ushort.Parse(text.Slice(2, 4), NumberStyles.AllowHexSpecifier);
        return 6;
    }

    private void Add(char c, int start, int end)
    {
        if (_count == Math.Min(_chars.Length, Math.Min(_starts.Length, _ends.Length)))
        {
            Grow(ref _chars);
            Grow(ref _starts);
            Grow(ref _ends);
        }

        _chars[_count] = c;
        _starts[_count] = start;
        _ends[_count] = end;
        _count++;
    }

    private void Grow<T>(ref T[] array)
    {
        var larger = ArrayPool<T>.Shared.Rent(_count * 2);
        array.AsSpan(0, _count).CopyTo(larger);
        Return(ref array);
        array = larger;
    }

    /// <summary>Others must not see what this text was.</summary>
    private static void Return<T>(ref T[] array)
    {
        ArrayPool<T>.Shared.Return(array, clearArray: typeof(T) == typeof(char));
        array = [];
    }
}
