using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace GatewayStack.Transform.Evaluation.Gold;

/// <summary>Reads a stream line by line, as bytes, one at a time.</summary>
internal static class JsonLines
{
    /// <summary>The longest line that is read, in bytes.</summary>
    public const int MostBytes = 512 * 1024 * 1024;

    /// <summary>The lines that are not blank, with their numbers from 1. A byte order mark at the start is no part of the first.</summary>
    /// <exception cref="BadLineException">A line is longer than <see cref="MostBytes"/>.</exception>
    public static async IAsyncEnumerable<(long Number, byte[] Line)> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
        try
        {
            var number = 0L;
            while (true)
            {
                var read = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                var rest = read.Buffer;
                while (TakeLine(ref rest, read.IsCompleted) is { } line)
                {
                    number++;
                    if (number == 1 && line.AsSpan().StartsWith("\uFEFF"u8))
                    {
                        line = line[3..];
                    }

                    if (!IsBlank(line))
                    {
                        yield return (number, line);
                    }
                }

                if (rest.Length > MostBytes)
                {
                    throw new BadLineException(number + 1, $"is longer than {MostBytes} bytes");
                }

                reader.AdvanceTo(rest.Start, rest.End);
                if (read.IsCompleted)
                {
                    break;
                }
            }
        }
        finally
        {
            await reader.CompleteAsync().ConfigureAwait(false);
        }
    }

    private static byte[]? TakeLine(ref ReadOnlySequence<byte> rest, bool isEnd)
    {
        if (rest.PositionOf((byte)'\n') is { } end)
        {
            var line = rest.Slice(0, end).ToArray();
            rest = rest.Slice(rest.GetPosition(1, end));
            return line;
        }

        if (!isEnd || rest.IsEmpty)
        {
            return null;
        }

        var last = rest.ToArray();
        rest = rest.Slice(rest.End);
        return last;
    }

    private static bool IsBlank(byte[] line) => line.AsSpan().IndexOfAnyExcept(" \t\r"u8) < 0;
}
