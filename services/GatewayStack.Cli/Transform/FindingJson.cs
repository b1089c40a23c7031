using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Evaluation.Gold;

namespace GatewayStack.Cli.Transform;

/// <summary>Writes what was found as one line of JSON.</summary>
/// <param name="unit">What its offsets count.</param>
/// <param name="withFacts">Whether labels, topics and the risk are written, too.</param>
internal sealed class FindingJson(OffsetUnit unit, bool withFacts)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The line, with its end.</summary>
    /// <param name="id">The id as JSON; null for none.</param>
    /// <param name="text">The text.</param>
    /// <param name="result">What was found in it.</param>
    public ReadOnlyMemory<byte> Line(byte[]? id, string text, InspectionResult result)
    {
        var buffer = new ArrayBufferWriter<byte>(128 + (64 * result.Findings.Length));
        using var json = new Utf8JsonWriter(buffer, Options);
        json.WriteStartObject();
        if (id is not null)
        {
            json.WritePropertyName("id"u8);
            json.WriteRawValue(id, skipInputValidation: true);
        }

        json.WriteStartArray("findings"u8);
        if (!result.Findings.IsEmpty)
        {
            var map = OffsetMap.Of(text, unit);
            foreach (var finding in result.Findings)
            {
                json.WriteStartObject();
                json.WriteNumber("start"u8, map.FromUtf16(finding.Start));
                json.WriteNumber("end"u8, map.FromUtf16(finding.End));
                json.WriteString("type"u8, finding.Type);
                json.WriteNumber("score"u8, Math.Round(finding.Score, 4));
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
        if (withFacts)
        {
            WriteFacts(json, result.Metadata);
        }

        json.WriteEndObject();
        json.Flush();
        buffer.GetSpan(1)[0] = (byte)'\n';
        buffer.Advance(1);
        return buffer.WrittenMemory;
    }

    private static void WriteFacts(Utf8JsonWriter json, ContentMetadata facts)
    {
        json.WriteStartArray("types"u8);
        foreach (var type in facts.Types)
        {
            json.WriteStringValue(type);
        }

        json.WriteEndArray();
        json.WriteStartArray("labels"u8);
        foreach (var label in facts.Labels)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, label.Name);
            json.WriteNumber("confidence"u8, Math.Round(label.Confidence, 4));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("topics"u8);
        foreach (var topic in facts.Topics)
        {
            json.WriteStringValue(topic);
        }

        json.WriteEndArray();
        json.WriteBoolean("contains_pii"u8, facts.ContainsPii);
        json.WriteNumber("risk_score"u8, Math.Round(facts.RiskScore, 4));
    }
}
