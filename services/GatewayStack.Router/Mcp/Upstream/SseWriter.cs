using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace GatewayStack.Router.Mcp.Upstream;

/// <summary>Writes events to a caller, each flushed at once.</summary>
internal static class SseWriter
{
    public static ValueTask<FlushResult> CommentAsync(PipeWriter writer, CancellationToken cancellationToken) => writer.WriteAsync(":\n\n"u8.ToArray(), cancellationToken);

    public static ValueTask<FlushResult> WriteAsync(PipeWriter writer, SseEvent sse, CancellationToken cancellationToken)
    {
        if (sse.IsComment)
        {
            return CommentAsync(writer, cancellationToken);
        }

        Field(writer, "event: "u8, sse.Name);
        Field(writer, "id: "u8, sse.Id);
        Field(writer, "retry: "u8, sse.Retry);
        var rest = sse.Data.AsSpan();
        while (sse.Data is not null)
        {
            var end = rest.IndexOf((byte)'\n');
            writer.Write("data: "u8);
            writer.Write(end < 0 ? rest : rest[..end]);
            writer.Write("\n"u8);
            if (end < 0)
            {
                break;
            }

            rest = rest[(end + 1)..];
        }

        writer.Write("\n"u8);
        return writer.FlushAsync(cancellationToken);
    }

    private static void Field(PipeWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            writer.Write(name);
            writer.Write(Encoding.UTF8.GetBytes(value));
            writer.Write("\n"u8);
        }
    }
}
