using System.Collections.Immutable;
using System.Text.Json;

namespace GatewayStack.Identity.Claims;

/// <summary>A JSON pointer (RFC 6901), parsed once.</summary>
internal sealed class JsonPointer
{
    private readonly ImmutableArray<string> _path;

    private JsonPointer(ImmutableArray<string> path) => _path = path;

    /// <summary>Parses a pointer to a member; the pointer to the whole document is not one.</summary>
    public static bool TryParse(string text, out JsonPointer pointer)
    {
        pointer = new JsonPointer([]);
        if (text.Length < 2 || text[0] != '/' || text.Length > 512)
        {
            return false;
        }

        var path = ImmutableArray.CreateBuilder<string>();
        foreach (var token in text[1..].Split('/'))
        {
            for (var i = 0; i < token.Length; i++)
            {
                if (token[i] == '~' && (i + 1 == token.Length || token[i + 1] is not ('0' or '1')))
                {
                    return false;
                }
            }

            path.Add(token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));
        }

        pointer = new JsonPointer(path.ToImmutable());
        return true;
    }

    /// <summary>Parses a pointer that is known to be one.</summary>
    public static JsonPointer Parse(string text) => TryParse(text, out var pointer) ? pointer : throw new FormatException("not a JSON pointer");

    /// <summary>The value it points to; JSON's null counts as absent.</summary>
    public bool TryFind(JsonElement root, out JsonElement value)
    {
        value = root;
        foreach (var token in _path)
        {
            if (!TryStep(value, token, out value))
            {
                return false;
            }
        }

        return value.ValueKind != JsonValueKind.Null;
    }

    private static bool TryStep(JsonElement from, string token, out JsonElement value)
    {
        value = default;
        if (from.ValueKind == JsonValueKind.Object)
        {
            return from.TryGetProperty(token, out value);
        }

        var isIndex = token.Length is > 0 and < 10 && token.All(char.IsAsciiDigit) && (token.Length == 1 || token[0] != '0');
        if (from.ValueKind != JsonValueKind.Array || !isIndex)
        {
            return false;
        }

        var index = int.Parse(token);
        if (index >= from.GetArrayLength())
        {
            return false;
        }

        value = from[index];
        return true;
    }
}
