using System.Buffers;

namespace GatewayStack.Router.Providers.Answers;

/// <summary>One server-sent event whose data is to be changed: <c>event: x</c>, <c>data: {...}</c>, an empty line.</summary>
/// <remarks>The event's bytes must outlive it.</remarks>
internal readonly struct SseEventText
{
    private readonly ReadOnlyMemory<byte> _event;

    private SseEventText(ReadOnlyMemory<byte> sse, ReadOnlyMemory<byte> data, bool isPlain) => (_event, Data, IsPlain) = (sse, data, isPlain);

    /// <summary>The data, its lines joined; empty where it has none.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>True where nothing but the data can hold a text: no comment, no field that is not known.</summary>
    public bool IsPlain { get; }

    /// <returns>The event, or null where parsers would disagree about its lines.</returns>
    public static SseEventText? TryRead(ReadOnlyMemory<byte> sse)
    {
        if (sse.Span.StartsWith("\uFEFF"u8))
        {
            sse = sse["\uFEFF"u8.Length..];
        }

        var data = ReadOnlyMemory<byte>.Empty;
        var plain = true;
        foreach (var line in new Lines(sse))
        {
            var span = line.Span;
            if (span.Contains((byte)'\r'))
            {
                // A carriage return alone ends a line for some.
                return null;
            }

            switch (FieldOf(span))
            {
                case Field.Data when data.IsEmpty:
                    data = line[ValueStart(span)..];
                    break;
                case Field.Data:
                    data = Join(data, line[ValueStart(span)..]);
                    break;
                case Field.Other:
                    plain = false;
                    break;
                default:
                    break;
            }
        }

        return new SseEventText(sse, data, plain);
    }

    /// <summary>Writes the event with other data. Comments lose their text, and fields that are not known are left out: nobody has looked at them.</summary>
    public void Write(IBufferWriter<byte> output, ReadOnlyMemory<byte> data)
    {
        var written = false;
        foreach (var line in new Lines(_event))
        {
            var span = line.Span;
            switch (FieldOf(span))
            {
                case Field.Data when !written:
                    output.Write(span.Length > 4 ? span[..ValueStart(span)] : "data:"u8);
                    WriteOneLine(output, data.Span);
                    output.Write("\n"u8);
                    written = true;
                    break;
                case Field.Known:
                    output.Write(span);
                    output.Write("\n"u8);
                    break;
                case Field.Other when span is [(byte)':', ..]:
                    output.Write(":\n"u8);
                    break;
                default:
                    break;
            }
        }

        output.Write("\n"u8);
    }

    /// <summary>Writes an event of our own.</summary>
    public static void WriteNew(IBufferWriter<byte> output, ReadOnlySpan<byte> data)
    {
        output.Write("data: "u8);
        output.Write(data);
        output.Write("\n\n"u8);
    }

    private enum Field
    {
        Empty,
        Data,
        Known,
        Other,
    }

    private static Field FieldOf(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty)
        {
            return Field.Empty;
        }

        var name = line.IndexOf((byte)':') is var colon and >= 0 ? line[..colon] : line;
        return name.SequenceEqual("data"u8) ? Field.Data : name.SequenceEqual("event"u8) || name.SequenceEqual("id"u8) || name.SequenceEqual("retry"u8) ? Field.Known : Field.Other;
    }

    private static int ValueStart(ReadOnlySpan<byte> line) => line.Length == 4 ? 4 : line.Length > 5 && line[5] == (byte)' ' ? 6 : 5;

    private static byte[] Join(ReadOnlyMemory<byte> first, ReadOnlyMemory<byte> second) => [.. first.Span, (byte)'\n', .. second.Span];

    private static void WriteOneLine(IBufferWriter<byte> output, ReadOnlySpan<byte> data)
    {
        // Joined lines: a line end can stand between JSON's tokens only.
        while (data.IndexOf((byte)'\n') is var end and >= 0)
        {
            output.Write(data[..end]);
            output.Write(" "u8);
            data = data[(end + 1)..];
        }

        output.Write(data);
    }

    /// <summary>The lines of an event, without their ends.</summary>
    private ref struct Lines(ReadOnlyMemory<byte> rest)
    {
        private ReadOnlyMemory<byte> _rest = rest;

        public ReadOnlyMemory<byte> Current { get; private set; } = ReadOnlyMemory<byte>.Empty;

        public readonly Lines GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_rest.IsEmpty)
            {
                return false;
            }

            var end = _rest.Span.IndexOf((byte)'\n');
            var line = end < 0 ? _rest : _rest[..end];
            _rest = end < 0 ? ReadOnlyMemory<byte>.Empty : _rest[(end + 1)..];
            Current = line.Span is [.., (byte)'\r'] ? line[..^1] : line;
            return true;
        }
    }
}
