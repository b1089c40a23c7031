using System.Buffers;
using System.Buffers.Text;

namespace GatewayStack.Events.Format;

/// <summary>An event's bytes without its number: that is spliced in where the order is decided, under the spool's lock.</summary>
internal readonly struct EncodedEvent(byte[] buffer, int length, int hole) : IDisposable
{
    /// <summary>Digits of the largest number.</summary>
    public const int MaxDigits = 19;

    public ReadOnlySpan<byte> Head => buffer.AsSpan(0, hole);

    public ReadOnlySpan<byte> Tail => buffer.AsSpan(hole, length - hole);

    /// <summary>The most bytes it has once its number stands in it.</summary>
    public int MaxLength => length + MaxDigits;

    /// <summary>The whole event under its number.</summary>
    public byte[] ToBytes(long sequence)
    {
        Span<byte> digits = stackalloc byte[MaxDigits];
        _ = Utf8Formatter.TryFormat(sequence, digits, out var count);
        return [.. Head, .. digits[..count], .. Tail];
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);
}
