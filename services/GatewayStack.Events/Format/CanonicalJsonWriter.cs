using System.Buffers;
using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text;

namespace GatewayStack.Events.Format;

/// <summary>Writes RFC 8785 JSON into a rented buffer. The caller writes members in the order of their names.</summary>
internal ref struct CanonicalJsonWriter(EventBounds bounds)
{
    // What RFC 8785 escapes; everything else, U+2028 and U+007F too, stands as itself.
    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(c => (char)c), '"', '\\']);

    // A JSON number is a double to other readers: beyond this an integer is written as a string, as RFC 8785 advises.
    private const long LargestExact = (1L << 53) - 1;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(2048);
    private bool _comma;

    public EventBounds Bounds { get; } = bounds;

    public int Length { get; private set; }

    public readonly ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    /// <summary>Hands the buffer over; the receiver returns it to the shared pool.</summary>
    public readonly byte[] Detach() => _buffer;

    public readonly void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    public void BeginObject() => Open((byte)'{');

    public void BeginObject(scoped ReadOnlySpan<byte> name)
    {
        Name(name);
        Open((byte)'{');
    }

    public void EndObject() => Close((byte)'}');

    public void BeginArray(scoped ReadOnlySpan<byte> name)
    {
        Name(name);
        Open((byte)'[');
    }

    public void EndArray() => Close((byte)']');

    public void Text(scoped ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            Name(name);
            Value(EventBounds.Cut(value, Bounds.Text));
        }
    }

    public void Key(scoped ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            Name(name);
            Value(EventBounds.Cut(value, Bounds.Key));
        }
    }

    public void Texts(scoped ReadOnlySpan<byte> name, ImmutableArray<string> values)
    {
        if (values.IsDefaultOrEmpty)
        {
            return;
        }

        BeginArray(name);
        for (var i = 0; i < values.Length && i < Bounds.List; i++)
        {
            Value(EventBounds.Cut(values[i], Bounds.Text));
        }

        EndArray();
    }

    public void Bytes(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> value)
    {
        Name(name);
        Separate();
        var size = Base64Url.GetEncodedLength(value.Length);
        var target = Reserve(size + 2);
        target[0] = (byte)'"';
        _ = Base64Url.EncodeToUtf8(value, target[1..]);
        target[size + 1] = (byte)'"';
        Length += size + 2;
        _comma = true;
    }

    public void Integer(scoped ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } number)
        {
            Name(name);
            Value(number);
        }
    }

    public void Flag(scoped ReadOnlySpan<byte> name, bool value)
    {
        Name(name);
        Separate();
        Raw(value ? "true"u8 : "false"u8);
        _comma = true;
    }

    /// <summary>Writes a value that is canonical JSON already.</summary>
    public void Fragment(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> value)
    {
        Name(name);
        Raw(value);
        _comma = true;
    }

    /// <summary>Writes a name whose number the caller splices in later, and returns where.</summary>
    public int Hole(scoped ReadOnlySpan<byte> name)
    {
        Name(name);
        _comma = true;
        return Length;
    }

    private void Value(long value)
    {
        Separate();
        var quoted = value is > LargestExact or < -LargestExact;
        var target = Reserve(22);
        var at = 0;
        if (quoted)
        {
            target[at++] = (byte)'"';
        }

        _ = Utf8Formatter.TryFormat(value, target[at..], out var digits);
        at += digits;
        if (quoted)
        {
            target[at++] = (byte)'"';
        }

        Length += at;
        _comma = true;
    }

    private void Value(scoped ReadOnlySpan<char> value)
    {
        if (Length > EventWriter.MaxBytes)
        {
            // Too long already: what has been written is thrown away.
            return;
        }

        Separate();
        Raw("\""u8);
        while (true)
        {
            var plain = value.IndexOfAny(Escaped);
            var run = plain < 0 ? value : value[..plain];
            // The encoder puts U+FFFD in the place of a lone surrogate.
            Length += Encoding.UTF8.GetBytes(run, Reserve(Encoding.UTF8.GetMaxByteCount(run.Length)));
            if (plain < 0)
            {
                break;
            }

            Escape(value[plain]);
            value = value[(plain + 1)..];
        }

        Raw("\""u8);
        _comma = true;
    }

    private void Escape(char character)
    {
        var shorthand = character switch
        {
            '"' => "\\\""u8,
            '\\' => "\\\\"u8,
            '\b' => "\\b"u8,
            '\t' => "\\t"u8,
            '\n' => "\\n"u8,
            '\f' => "\\f"u8,
            '\r' => "\\r"u8,
            _ => default,
        };
        if (!shorthand.IsEmpty)
        {
            Raw(shorthand);
            return;
        }

        var hex = "0123456789abcdef"u8;
        Raw("\\u00"u8);
        Raw([hex[character >> 4], hex[character & 15]]);
    }

    private void Name(scoped ReadOnlySpan<byte> name)
    {
        Separate();
        Raw("\""u8);
        Raw(name);
        Raw("\":"u8);
        _comma = false;
    }

    private void Open(byte bracket)
    {
        Separate();
        Raw([bracket]);
        _comma = false;
    }

    private void Close(byte bracket)
    {
        Raw([bracket]);
        _comma = true;
    }

    private void Separate()
    {
        if (_comma)
        {
            Raw(","u8);
        }
    }

    private void Raw(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        Length += bytes.Length;
    }

    private Span<byte> Reserve(int size)
    {
        if (_buffer.Length - Length < size)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, Length + size));
            Written.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        return _buffer.AsSpan(Length);
    }
}
