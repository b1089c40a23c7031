using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using GatewayStack.Contracts.Events;

namespace GatewayStack.Audit.Records;

/// <summary>An event as its readers see it: the stored members, flat, with personal values in the clear and a sentence for people.</summary>
internal static class AuditJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ImmutableArray<byte> Write(string eventId, ReadOnlyMemory<byte> stored, GatewayEvent e)
    {
        var buffer = new ArrayBufferWriter<byte>(stored.Length + 512);
        using (var document = JsonDocument.Parse(stored))
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            var root = document.RootElement;
            json.WriteStartObject();
            json.WriteString("event_id"u8, eventId);
            json.WriteString("summary"u8, AuditSummary.Of(e));
            json.WriteString("type"u8, e.Type);
            json.WriteString("time"u8, e.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("tenant"u8, e.Tenant);
            json.WriteString("request_id"u8, e.RequestId);
            Personal(json, e.Personal);
            Rest(json, root.GetProperty("body"u8), e);
            foreach (var name in new[] { "degraded", "modes", "traceparent" })
            {
                if (root.TryGetProperty(name, out var value))
                {
                    json.WritePropertyName(name);
                    value.WriteTo(json);
                }
            }

            json.WriteEndObject();
        }

        return [.. buffer.WrittenSpan];
    }

    private static void Personal(Utf8JsonWriter json, EventPersonal? personal)
    {
        if (personal is null)
        {
            return;
        }

        json.WriteString("user_id"u8, personal.UserId);
        json.WriteString("subject"u8, personal.Subject);
        if (personal.DisplayName is { } name)
        {
            json.WriteString("display_name"u8, name);
        }
    }

    private static void Rest(Utf8JsonWriter json, JsonElement body, GatewayEvent e)
    {
        foreach (var member in body.EnumerateObject())
        {
            if (member.NameEquals("resources"u8))
            {
                Resources(json, member.Value, e.Resources);
            }
            else if (member.NameEquals("personal"u8))
            {
                json.WritePropertyName("commitments"u8);
                member.Value.GetProperty("commitments"u8).WriteTo(json);
            }
            else
            {
                member.WriteTo(json);
            }
        }
    }

    private static void Resources(Utf8JsonWriter json, JsonElement stored, ImmutableArray<Contracts.Router.ResourceReference> opened)
    {
        json.WriteStartArray("resources"u8);
        var i = 0;
        foreach (var resource in stored.EnumerateArray())
        {
            json.WriteStartObject();
            json.WriteString("type"u8, opened[i].Type);
            if (opened[i].Id.Length > 0)
            {
                json.WriteString("id"u8, opened[i].Id);
            }

            if (resource.TryGetProperty("commitment"u8, out var commitment))
            {
                json.WritePropertyName("commitment"u8);
                commitment.WriteTo(json);
            }

            json.WriteEndObject();
            i++;
        }

        json.WriteEndArray();
    }
}
