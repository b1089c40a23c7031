using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using GatewayStack.Contracts.Limits;

namespace GatewayStack.Router.Providers;

/// <summary>
/// What is known of a stream of server-sent events so far. An event is one or more lines and an empty one:
/// <c>data: {"choices":[{"delta":{"content":"Hi"}}]}</c>, at the end <c>data: [DONE]</c>.
/// </summary>
internal sealed class StreamState(bool callerAsksForUsage)
{
    /// <summary>The usage the provider stated.</summary>
    public TokenUsage? Usage { get; private set; }

    /// <summary>True after <c>[DONE]</c>.</summary>
    public bool Done { get; private set; }

    /// <summary>True when a choice has finished: a stream that ends then, without <c>[DONE]</c>, is whole.</summary>
    public bool Finished { get; private set; }

    /// <summary>True once something was passed on.</summary>
    public bool Forwarded { get; private set; }

    /// <summary>Bytes of text and tool arguments received: no tokenizer makes more tokens of them.</summary>
    public long ContentBytes { get; private set; }

    /// <summary>The last bytes, for after the outcome.</summary>
    public ReadOnlyMemory<byte> HeldBack { get; private set; } = ReadOnlyMemory<byte>.Empty;

    /// <summary>Takes whole events from the buffer and writes those that the caller gets.</summary>
    /// <returns>How many bytes were taken, and whether anything was written.</returns>
    public (int Consumed, bool Wrote) Take(ReadOnlyMemory<byte> buffer, PipeWriter answer, Action begin)
    {
        var (position, run, wrote) = (0, 0, false);
        while (Next(buffer, position) is { Length: > 0 } next)
        {
            if (!next.IsKept)
            {
                wrote |= Write(buffer[run..position], answer, begin);
                run = position + next.Length;
            }

            position += next.Length;
        }

        wrote |= Write(buffer[run..position], answer, begin);
        return (position, wrote);
    }

    /// <summary>Takes whole events from the buffer and adds those that the caller gets to a list.</summary>
    /// <returns>How many bytes were taken.</returns>
    public int Take(ReadOnlyMemory<byte> buffer, ICollection<ReadOnlyMemory<byte>> events)
    {
        var position = 0;
        while (Next(buffer, position) is { Length: > 0 } next)
        {
            if (next.IsKept)
            {
                events.Add(buffer.Slice(position, next.Length));
            }

            position += next.Length;
        }

        if (Done)
        {
            // Whatever else stood in the event that ends the answer was not looked at.
            HeldBack = End();
        }

        return position;
    }

    /// <summary>Writes what the caller gets.</summary>
    /// <returns>Whether there was anything.</returns>
    public bool Write(ReadOnlyMemory<byte> events, PipeWriter answer, Action begin)
    {
        if (events.IsEmpty)
        {
            return false;
        }

        if (!Forwarded)
        {
            begin();
            Forwarded = true;
        }

        answer.Write(events.Span);
        return true;
    }

    private (int Length, bool IsKept) Next(ReadOnlyMemory<byte> buffer, int position)
    {
        if (Done || EndOfEvent(buffer.Span[position..]) is not (> 0 and var length))
        {
            return default;
        }

        var sse = buffer.Slice(position, length);
        var isKept = Keep(sse.Span);
        if (Done)
        {
            HeldBack = sse.ToArray();
        }

        return (length, isKept);
    }

    /// <summary>The stream ended with bytes that no empty line follows; only the end itself is taken from them.</summary>
    public void End(ReadOnlySpan<byte> rest)
    {
        if (IsDone(rest))
        {
            Done = true;
            HeldBack = End();
        }
    }

    private static byte[] End() => "data: [DONE]\n\n"u8.ToArray();

    /// <summary>Looks at one event; false for one that is not passed on now.</summary>
    private bool Keep(ReadOnlySpan<byte> sse)
    {
        if (IsDone(sse))
        {
            Done = true;
            return false;
        }

        ContentBytes += TextBytes(sse, "content\""u8) + TextBytes(sse, "\"arguments\""u8) + TextBytes(sse, "\"refusal\""u8);
        Finished |= TextBytes(sse, "\"finish_reason\""u8) > 0;

        return sse.IndexOf("\"usage\""u8) < 0 || KeepUsage(sse);
    }

    private bool KeepUsage(ReadOnlySpan<byte> sse)
    {
        try
        {
            using var document = JsonDocument.Parse(Data(sse));
            var root = document.RootElement;
            if (UsageJson.Read(root) is not { } usage)
            {
                return true;
            }

            Usage = usage;
            var extra = root.TryGetProperty("choices", out var choices) && choices.ValueKind == JsonValueKind.Array && choices.GetArrayLength() == 0;
            return callerAsksForUsage || !extra;
        }
        catch (JsonException)
        {
            // Not ours to judge: the client's parser sees the same bytes.
            return true;
        }
    }

    private static bool IsDone(ReadOnlySpan<byte> sse) => sse.IndexOf("[DONE]"u8) >= 0 && Data(sse).Span.Trim(" \r\n"u8).SequenceEqual("[DONE]"u8);

    /// <summary>The data of an event: its data lines, joined.</summary>
    private static ReadOnlyMemory<byte> Data(ReadOnlySpan<byte> sse)
    {
        var data = new ArrayBufferWriter<byte>(sse.Length);
        foreach (var range in sse.Split((byte)'\n'))
        {
            var line = sse[range].TrimEnd((byte)'\r');
            if (line.StartsWith("data:"u8))
            {
                data.Write(line[5..]);
            }
        }

        return data.WrittenMemory;
    }

    /// <summary>Length up to and including the empty line that ends the first event; 0 when it is not there yet.</summary>
    private static int EndOfEvent(ReadOnlySpan<byte> buffer)
    {
        for (var i = 0; buffer[i..].IndexOf((byte)'\n') is var next and >= 0;)
        {
            i += next + 1;
            if (i < buffer.Length && buffer[i] == (byte)'\n')
            {
                return i + 1;
            }

            if (i + 1 < buffer.Length && buffer[i] == (byte)'\r' && buffer[i + 1] == (byte)'\n')
            {
                return i + 2;
            }
        }

        return 0;
    }

    /// <summary>Length of the JSON strings that follow a member's name.</summary>
    private static int TextBytes(ReadOnlySpan<byte> sse, ReadOnlySpan<byte> name)
    {
        var total = 0;
        while (sse.IndexOf(name) is var at and >= 0)
        {
            sse = sse[(at + name.Length)..].TrimStart(" :"u8);
            if (sse.IsEmpty || sse[0] != (byte)'"')
            {
                continue;
            }

            sse = sse[1..];
            var end = 0;
            while (end < sse.Length && sse[end] != (byte)'"')
            {
                end += sse[end] == (byte)'\\' ? 2 : 1;
            }

            total += Math.Min(end, sse.Length);
            sse = sse[Math.Min(end, sse.Length)..];
        }

        return total;
    }
}
