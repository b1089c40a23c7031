using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace GatewayStack.Transform.Evaluation.Gold;

/// <summary>Reads labelled text: one object a line, with <c>text</c>, <c>spans</c> of <c>start</c>, <c>end</c> (exclusive) and <c>type</c>, and if it likes <c>id</c>,
/// <c>group</c> (or <c>source</c>) and <c>label</c>. Other members are skipped.</summary>
internal static class GoldReader
{
    /// <summary>The documents, in the order of the file.</summary>
    /// <exception cref="BadLineException">A line is not such an object.</exception>
    public static async IAsyncEnumerable<GoldDocument> ReadAsync(Stream stream, OffsetUnit unit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (number, line) in JsonLines.ReadAsync(stream, cancellationToken).ConfigureAwait(false))
        {
            yield return Parse(line, number, unit);
        }
    }

    /// <summary>Reads one line.</summary>
    public static GoldDocument Parse(ReadOnlySpan<byte> line, long number, OffsetUnit unit)
    {
        try
        {
            return Parse(new Utf8JsonReader(line), number, unit);
        }
        catch (JsonException e)
        {
            throw new BadLineException(number, $"is not JSON (at byte {e.BytePositionInLine})");
        }
        catch (DecoderFallbackException)
        {
            throw new BadLineException(number, "is not UTF-8");
        }
    }

    private static GoldDocument Parse(Utf8JsonReader reader, long number, OffsetUnit unit)
    {
        string? id = null, group = null, source = null, text = null;
        int? label = null;
        List<Span> spans = [];
        Expect(reader.Read() && reader.TokenType == JsonTokenType.StartObject, number, "is not an object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonText.Read(ref reader);
            reader.Read();
            switch (name)
            {
                case "id" when reader.TokenType is JsonTokenType.String or JsonTokenType.Number:
                    id = reader.TokenType == JsonTokenType.String ? JsonText.Read(ref reader) : Encoding.UTF8.GetString(reader.ValueSpan);
                    break;
                case "group" when reader.TokenType == JsonTokenType.String:
                    group = JsonText.Read(ref reader);
                    break;
                case "source" when reader.TokenType == JsonTokenType.String:
                    source = JsonText.Read(ref reader);
                    break;
                case "text":
                    Expect(reader.TokenType == JsonTokenType.String, number, "has a text that is not a string");
                    text = JsonText.Read(ref reader);
                    break;
                case "label" when reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var value):
                    label = value;
                    break;
                case "spans":
                    ReadSpans(ref reader, number, spans);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        // The reader itself refuses what comes after the object.
        while (reader.Read())
        {
        }

        Expect(text is not null, number, "has no text");
        var map = OffsetMap.Of(text!, unit);
        return new GoldDocument
        {
            Id = id ?? FormattableString.Invariant($"{number}"),
            Group = group ?? source ?? string.Empty,
            Text = text!,
            Label = label,
            Spans = [.. spans.Select(s => ToUtf16(s, map, number)).OrderBy(s => s.Start)],
        };
    }

    private static void ReadSpans(ref Utf8JsonReader reader, long number, List<Span> spans)
    {
        Expect(reader.TokenType == JsonTokenType.StartArray, number, "has spans that are not a list");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Expect(reader.TokenType == JsonTokenType.StartObject, number, "has a span that is not an object");
            int? start = null, end = null;
            string? type = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = JsonText.Read(ref reader);
                reader.Read();
                switch (name)
                {
                    case "start" when reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var value):
                        start = value;
                        break;
                    case "end" when reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var value):
                        end = value;
                        break;
                    case "type" when reader.TokenType == JsonTokenType.String:
                        type = JsonText.Read(ref reader);
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }

            Expect(start is not null && end is not null && type is not null, number, "has a span without start, end or type");
            spans.Add(new Span(start!.Value, end!.Value, type!));
        }
    }

    private static Span ToUtf16(Span span, OffsetMap map, long number)
    {
        var start = map.ToUtf16(span.Start);
        var end = map.ToUtf16(span.End);
        Expect(start is not null && end is not null && start < end, number, $"has a span {span.Start} to {span.End} that is not in its text");
        return new Span(start!.Value, end!.Value, span.Type);
    }

    private static void Expect(bool condition, long number, string problem)
    {
        if (!condition)
        {
            throw new BadLineException(number, problem);
        }
    }
}
