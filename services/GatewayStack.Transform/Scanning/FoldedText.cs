using System.Buffers;
using System.Globalization;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Transform.Scanning;

/// <summary>
/// A text as the recognisers see it, with the way back to where each character came from. It grows at its end and can forget its beginning, so
/// that a stream needs no more memory than what is still open.
/// </summary>
/// <remarks>Belongs to one scan: not safe for concurrent use. Positions in the original are counted from its first unit, whatever was forgotten.</remarks>
/// <param name="json">True when the text is JSON source: escapes such as <c>\n</c> and <c>\"</c> are read as what they stand for. Those of the form <c>\u0040</c> are in
/// every text: pieces of JSON and of programs stand in prose and in logs.</param>
/// <param name="capacity">How long it is expected to be.</param>
/// <param name="waits">False where the last letter of a piece is read before it is known whether a mark belongs to it.</param>
internal sealed class FoldedText(bool json, int capacity = 128, bool waits = true) : IDisposable
{
    private const int LongestLookahead = 24;
    private const int HexDigits = 4;
    private const int NoHex = -1;

    /// <summary>Backslashes before a letter: an escape of JSON that stands in as many strings as are read, each in JSON that stands in the next.</summary>
    private const int MostSigns = 1 << JsonContent.MostStrings;

    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdefABCDEF");

    private char[] _chars = ArrayPool<char>.Shared.Rent(capacity);
    private int[] _starts = ArrayPool<int>.Shared.Rent(capacity);
    private int[] _ends = ArrayPool<int>.Shared.Rent(capacity);
    private int _count;
    private bool _isLatin;

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
        var end = final || !waits ? text.Length : CombiningMarks.Complete(text);
        while (i < end)
        {
            var c = text[i];
            var width = c is '\\' or '%' or '&' ? ReadEscape(text[i..], final, ref c) : 1;
            if (width == 0 || (c >= 0x80 && !TryAppendWide(text, i, ref width, c, final)))
            {
                break;
            }

            if (c < 0x80)
            {
                _isLatin = char.IsAsciiLetter(c) || (_isLatin && char.IsAsciiLetterOrDigit(c));
                Add(c, Consumed + i, Consumed + i + width);
            }

            i += width;
        }

        Consumed += i;
    }

    /// <summary>Adds what is not ASCII.</summary>
    /// <returns>False when more text must be known.</returns>
    private bool TryAppendWide(ReadOnlySpan<char> text, int i, ref int width, char c, bool final)
    {
        var start = Consumed + i;
        if (CombiningMarks.Is(c) && _count > 0 && CombiningMarks.Compose(_chars[_count - 1], c) is var composed and not '\0')
        {
            _chars[_count - 1] = composed;
            _ends[_count - 1] = start + width;
            return true;
        }

        if (HiddenCharacters.IsLead(c))
        {
            var rest = text[(i + width)..];
            var low = rest.IsEmpty ? '\0' : rest[0];
            var lowWidth = low == '\\' ? ReadEscape(rest, final, ref low) : 1;
            if ((rest.IsEmpty && !final) || lowWidth == 0)
            {
                return false;
            }

            if (char.IsLowSurrogate(low) && HiddenCharacters.FoldPair(c, low) is var pair and not 0)
            {
                width += lowWidth;
                if (pair != HiddenCharacters.Nothing)
                {
                    Add((char)pair, start, start + width);
                }

                return true;
            }
        }

        if (HiddenCharacters.Decompose(c) is { } plain)
        {
            foreach (var part in plain)
            {
                Add(part, start, start + width);
            }

            _isLatin = true;
            return true;
        }

        if (HiddenCharacters.Lookalike(c) is var latin and not '\0')
        {
            var isLatin = _isLatin ? true : LeadsToLatin(text[(i + width)..], final);
            if (isLatin is null)
            {
                return false;
            }

            _isLatin = isLatin.Value;
            Add(_isLatin ? latin : c, start, start + width);
            return true;
        }

        var folded = HiddenCharacters.Fold(c);
        if (folded != HiddenCharacters.Nothing)
        {
            _isLatin = char.IsLetter(c) && _isLatin;
            Add((char)folded, start, start + width);
        }

        return true;
    }

    /// <summary>Whether the word goes on with a Latin letter before it ends; null when the text ends first. Escapes are read, as they are in what is folded.</summary>
    private bool? LeadsToLatin(ReadOnlySpan<char> rest, bool final)
    {
        for (var (i, at) = (0, 0); i < LongestLookahead; i++)
        {
            if (at == rest.Length)
            {
                return final ? false : null;
            }

            var c = rest[at];
            var width = c is '\\' or '%' or '&' ? ReadEscape(rest[at..], final, ref c) : 1;
            if (width == 0)
            {
                return null;
            }

            if (char.IsAsciiLetter(c))
            {
                return true;
            }

            if (!char.IsLetter(c) && HiddenCharacters.Fold(c) != HiddenCharacters.Nothing)
            {
                return false;
            }

            at += width;
        }

        return false;
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

    /// <summary>
    /// Reads an escape of JSON (<c>\n</c>, <c>\u0041</c>), of a URL (<c>%40</c>, <c>%C3%BC</c>, <c>%2540</c>) or of HTML (<c>&amp;#64;</c>, <c>&amp;commat;</c>), also
    /// such as JSON has escaped (<c>\u0026#64;</c>).
    /// </summary>
    /// <returns>The length of what was read, 1 for a character that stands for itself, 0 when the text ends inside.</returns>
    private int ReadEscape(ReadOnlySpan<char> text, bool final, ref char value)
    {
        var width = value == '\\' ? ReadBackslash(text, final, ref value) : 1;
        width = width > 0 && value is '%' or '&' ? TextEscapes.Read(text, width, final, ref value) : width;
        return width == 0 && final ? 1 : width;
    }

    /// <summary>
    /// Reads <c>\u0040</c>, in JSON what else it escapes, and elsewhere an escape for a line's end or a tab where one is written
    /// (<see cref="TextEscapes.EndsLine"/>): what follows begins there. In JSON a backslash is written as two, and each time such a text is put into another as twice as many:
    /// in JSON that stands in a string, and in programs, what follows them is an escape again.
    /// </summary>
    private int ReadBackslash(ReadOnlySpan<char> text, bool final, ref char value)
    {
        var signs = text[..Math.Min(text.Length, MostSigns + 1)].IndexOfAnyExcept('\\');
        if (signs < 0 && text.Length <= MostSigns && !final)
        {
            return 0;
        }

        if (signs is 2 or 4 or 8 or 16 && text[signs] == 'u' && ReadHex(text[(signs + 1)..], final, ref value) is var read && read != NoHex)
        {
            return read == 0 ? 0 : signs + 1 + read;
        }

        if (json && signs is 7 or 15 && text[signs] == '"')
        {
            value = '"';
            return signs + 1;
        }

        if (json && signs is 4 or 8 or 16 && text[signs] is 'n' or 'r' or 't' && Chars is [.., ':' or ',' or ';' or '.' or '!' or '?'])
        {
            // Behind a blank or a quote it may be a machine: \\nas\share.
            var next = text[(signs + 1)..];
            if (next.Length < 2 && !final)
            {
                return 0;
            }

            if (!next.IsEmpty && TextEscapes.EndsLine(Chars, next[..Math.Min(2, next.Length)]))
            {
                value = '\n';
                return signs + 1;
            }
        }

        var isTwice = json && text is [_, '\\', ..];
        var lead = isTwice ? 2 : 1;
        var behind = text[lead..];
        var incomplete = final ? lead : 0;
        if (behind.IsEmpty)
        {
            return incomplete;
        }

        if (behind[0] == 'u')
        {
            var digits = ReadHex(behind[1..], final, ref value);
            return digits == NoHex ? lead : digits == 0 ? 0 : lead + 1 + digits;
        }

        if (json && !isTwice)
        {
            value = behind[0] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'b' or 'f' => ' ', var other => other };
            return 2;
        }

        if (behind[0] is not ('n' or 'r' or 't'))
        {
            return lead;
        }

        if (behind.Length == 1 || (behind.Length == 2 && !final))
        {
            return incomplete;
        }

        value = TextEscapes.EndsLine(Chars, behind[1..Math.Min(3, behind.Length)]) ? '\n' : value;
        return value == '\n' ? lead + 1 : lead;
    }

    /// <summary>Reads four hex digits.</summary>
    /// <returns>How many; 0 when the text ends inside, <see cref="NoHex"/> where something else stands.</returns>
    private static int ReadHex(ReadOnlySpan<char> text, bool final, ref char value)
    {
        var digits = text[..Math.Min(text.Length, HexDigits)];
        if (digits.ContainsAnyExcept(Hex) || (final && digits.Length < HexDigits))
        {
            return NoHex;
        }

        if (digits.Length < HexDigits)
        {
            return 0;
        }

        value = (char)ushort.Parse(digits, NumberStyles.AllowHexSpecifier);
        return HexDigits;
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
