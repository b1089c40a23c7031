using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using GatewayStack.Router.Json;

namespace GatewayStack.Router.Mcp.Lists;

/// <summary>Writes into a tool's entry which sign-in a call needs, as the Apps SDK reads it; under <c>_meta</c> as well, for clients that drop members they do not know.</summary>
internal static class SecuritySchemes
{
    private const string Name = "securitySchemes";

    /// <summary>The entry with its schemes: what the server says of them counts for nothing, the rules decide.</summary>
    public static ReadOnlyMemory<byte> Add(JsonElement tool, ImmutableArray<string> scopes)
    {
        var raw = JsonMarshal.GetRawUtf8Value(tool).ToArray();
        var schemes = Schemes(scopes);
        var splices = new BodySplices();
        Set(raw, tool, Name, schemes, splices);
        if (tool.TryGetProperty("_meta", out var meta) && meta.ValueKind == JsonValueKind.Object)
        {
            Set(raw, meta, Name, schemes, splices, Offset(tool, meta));
        }
        else if (meta.ValueKind == JsonValueKind.Undefined)
        {
            splices.Insert(1, BodySplices.Member("_meta", [.. "{\"securitySchemes\":"u8, .. schemes, .. "}"u8]));
        }

        return splices.Apply(raw);
    }

    private static void Set(byte[] raw, JsonElement owner, string name, byte[] value, BodySplices splices, int offset = 0)
    {
        if (owner.TryGetProperty(name, out var given))
        {
            var start = offset + Offset(owner, given);
            splices.Replace(new Range(start, start + JsonMarshal.GetRawUtf8Value(given).Length), value);
            return;
        }

        var member = BodySplices.Member(name, value);
        splices.Insert(offset + 1, owner.EnumerateObject().Any() ? member : member[..^1]);
    }

    private static int Offset(JsonElement owner, JsonElement member)
    {
        JsonMarshal.GetRawUtf8Value(owner).Overlaps(JsonMarshal.GetRawUtf8Value(member), out var offset);
        return offset;
    }

    private static byte[] Schemes(ImmutableArray<string> scopes)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            writer.WriteStartObject();
            writer.WriteString("type", "oauth2");
            writer.WriteStartArray("scopes");
            foreach (var scope in scopes)
            {
                writer.WriteStringValue(scope);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteEndArray();
        }

        return buffer.ToArray();
    }
}
