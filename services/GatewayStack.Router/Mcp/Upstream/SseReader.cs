using System.Buffers;
using System.Text;

namespace GatewayStack.Router.Mcp.Upstream;

/// <summary>Reads a stream of events as it comes; an event is bounded, the stream is not.</summary>
internal sealed class SseReader(Stream stream, long maxEventBytes)
{
    private readonly byte[] _buffer = new byte[16 * 1024];
    private readonly ArrayBufferWriter<byte> _line = new();
    private int _start;
    private int _end;
    private bool _afterReturn;
    private bool _begun;

    /// <returns>The next event, or null at the stream's end; an event that the end cuts off is none.</returns>
    public async ValueTask<SseEvent?> ReadAsync(CancellationToken cancellationToken)
    {
        string? id = null, name = null, retry = null;
        ArrayBufferWriter<byte>? data = null;
        var (fields, comment) = (false, false);
        long size = 0;
        while (await ReadLineAsync(maxEventBytes - size, cancellationToken))
        {
            var line = _line.WrittenMemory;
            size += line.Length + 1;
            if (line.Length == 0)
            {
                if (fields || comment)
                {
                    return new SseEvent { Id = id, Name = name, Retry = retry, Data = data?.WrittenSpan.ToArray(), IsComment = !fields };
                }

                size = 0;
                continue;
            }

            if (line.Span[0] == (byte)':')
            {
                comment = true;
                continue;
            }

            fields = true;
            var (field, value) = Split(line.Span);
            switch (field)
            {
                case "data":
                    if (data is null)
                    {
                        data = new ArrayBufferWriter<byte>(Math.Max(value.Length, 256));
                    }
                    else
                    {
                        data.Write("\n"u8);
                    }

                    data.Write(value);
                    break;
                case "id" when !value.Contains((byte)0):
                    id = Encoding.UTF8.GetString(value);
                    break;
                case "event":
                    name = Encoding.UTF8.GetString(value);
                    break;
                case "retry" when value.Length > 0 && !value.AsSpan().ContainsAnyExceptInRange((byte)'0', (byte)'9'):
                    retry = Encoding.ASCII.GetString(value);
                    break;
                default:
                    break;
            }
        }

        return null;
    }

    private static (string Field, byte[] Value) Split(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        if (colon < 0)
        {
            return (Encoding.UTF8.GetString(line), []);
        }

        var value = line[(colon + 1)..];
        return (Encoding.UTF8.GetString(line[..colon]), (value is [(byte)' ', ..] ? value[1..] : value).ToArray());
    }

    // A line ends with LF, CR, or CR and LF.
    private async ValueTask<bool> ReadLineAsync(long most, CancellationToken cancellationToken)
    {
        _line.ResetWrittenCount();
        while (true)
        {
            if (_start == _end)
            {
                _start = 0;
                _end = await stream.ReadAsync(_buffer, cancellationToken);
                if (_end == 0)
                {
                    return false;
                }

                SkipMark();
            }

            if (_afterReturn && _start < _end && _buffer[_start] == (byte)'\n')
            {
                _start++;
            }

            _afterReturn = false;
            var rest = _buffer.AsSpan(_start, _end - _start);
            var at = rest.IndexOfAny((byte)'\n', (byte)'\r');
            var part = at < 0 ? rest : rest[..at];
            if (_line.WrittenCount + part.Length > most)
            {
                throw new SseFormatException("event_too_large");
            }

            _line.Write(part);
            _start += part.Length;
            if (at >= 0)
            {
                _afterReturn = _buffer[_start] == (byte)'\r';
                _start++;
                return true;
            }
        }
    }

    private void SkipMark()
    {
        if (!_begun && _end >= 3 && _buffer.AsSpan(0, 3).SequenceEqual("\uFEFF"u8))
        {
            _start = 3;
        }

        _begun = true;
    }
}
