using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace GatewayStack.Events.Format;

/// <summary>Finds the sealed text in what was set aside for it. Read only with a key: who has none takes the event as it is.</summary>
internal static class SealedParts
{
    private static readonly MemberNames Members = new("sealed");

    /// <summary>The text of the member <c>sealed</c>, which has to be there.</summary>
    public static ReadOnlyMemory<byte> OfObject(ReadOnlyMemory<byte> part)
    {
        ReadOnlyMemory<byte>? text = null;
        var json = new Utf8JsonReader(part.Span);
        _ = json.Read();
        var members = new ObjectMembers(in json, Members);
        while (members.Next(ref json, out _))
        {
            text = OfValue(json.Raw(part));
        }

        return text ?? throw new FormatException();
    }

    /// <summary>The text itself; null where null stands.</summary>
    public static ReadOnlyMemory<byte>? OfValue(ReadOnlyMemory<byte> value)
    {
        var json = new Utf8JsonReader(value.Span);
        _ = json.Read();
        if (json.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (json.TokenType != JsonTokenType.String || !Utf8.IsValid(json.ValueSpan))
        {
            throw new FormatException();
        }

        // Not copied: most of it has been opened lately, and is found by these bytes.
        return json.ValueIsEscaped ? Encoding.UTF8.GetBytes(json.GetString()!) : value[1..^1];
    }
}
