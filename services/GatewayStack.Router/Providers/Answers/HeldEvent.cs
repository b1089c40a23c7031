using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GatewayStack.Router.Providers.Answers;

/// <summary>The data of an event for a text that was held back: <c>{"id":"c","choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":null}]}</c>.</summary>
internal static class HeldEvent
{
    private const int MostPadding = 64;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="frame">The members that all events share, each with a comma after it.</param>
    /// <param name="channel">The text's channel.</param>
    /// <param name="text">The text.</param>
    public static ReadOnlySpan<byte> Write(ReadOnlySpan<byte> frame, AnswerChannel channel, string text)
    {
        var output = new ArrayBufferWriter<byte>();
        output.Write("{"u8);
        output.Write(frame);
        output.Write("\"choices\":["u8);
        using (var writer = new Utf8JsonWriter(output, Readable))
        {
            writer.WriteStartObject();
            writer.WriteNumber("index"u8, channel.Choice);
            writer.WritePropertyName("delta"u8);
            Write(writer, channel.Path, text);
            writer.WriteNull("finish_reason"u8);
            writer.WriteEndObject();
        }

        output.Write("]}"u8);
        return output.WrittenSpan;
    }

    private static void Write(Utf8JsonWriter writer, ImmutableArray<PathStep> path, string text)
    {
        for (var i = 0; i < path.Length; i++)
        {
            Open(writer, path[i], i > 0 ? path[i - 1] : default);
        }

        writer.WriteStringValue(text);
        for (var i = path.Length - 1; i >= 0; i--)
        {
            if (path[i].Name is not null)
            {
                writer.WriteEndObject();
            }
            else
            {
                writer.WriteEndArray();
            }
        }
    }

    private static void Open(Utf8JsonWriter writer, PathStep step, PathStep around)
    {
        if (step.Name is { } name)
        {
            writer.WriteStartObject();
            if (around is { Name: null, IsStated: true })
            {
                writer.WriteNumber("index"u8, around.Index);
            }

            writer.WritePropertyName(name);
            return;
        }

        writer.WriteStartArray();
        for (var i = 0; !step.IsStated && i < Math.Min(step.Index, MostPadding); i++)
        {
            writer.WriteNullValue();
        }
    }
}
