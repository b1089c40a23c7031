using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace GatewayStack.Router.Routing;

/// <summary>A JSON pointer (RFC 6901), parsed once.</summary>
internal sealed class JsonPath
{
    private readonly ImmutableArray<string> _tokens;

    private JsonPath(string text, ImmutableArray<string> tokens)
    {
        Text = text;
        _tokens = tokens;
    }

    public string Text { get; }

    public static JsonPath? TryParse(string text)
    {
        if (text.Length == 0 || text[0] != '/')
        {
            return null;
        }

        var tokens = ImmutableArray.CreateBuilder<string>();
        foreach (var part in text[1..].Split('/'))
        {
            for (var i = part.IndexOf('~', StringComparison.Ordinal); i >= 0; i = part.IndexOf('~', i + 1))
            {
                if (i + 1 >= part.Length || part[i + 1] is not ('0' or '1'))
                {
                    return null;
                }
            }

            tokens.Add(part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));
        }

        return new JsonPath(text, tokens.ToImmutable());
    }

    /// <summary>One token, escaped for a pointer.</summary>
    public static string Escape(string token) => token.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    public bool TryFind(JsonElement root, out JsonElement found)
    {
        found = root;
        foreach (var token in _tokens)
        {
            switch (found.ValueKind)
            {
                case JsonValueKind.Object when found.TryGetProperty(token, out var member):
                    found = member;
                    break;
                case JsonValueKind.Array when IsIndex(token, out var index) && index < found.GetArrayLength():
                    found = found[index];
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    /// <summary>A member on the way that is spelt in another case: many parsers would take it for the one that is meant.</summary>
    public string? FindOtherSpelling(JsonElement root)
    {
        var at = root;
        foreach (var token in _tokens)
        {
            if (at.ValueKind == JsonValueKind.Array && IsIndex(token, out var index) && index < at.GetArrayLength())
            {
                at = at[index];
                continue;
            }

            if (at.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            foreach (var member in at.EnumerateObject())
            {
                if (string.Equals(member.Name, token, StringComparison.OrdinalIgnoreCase) && !string.Equals(member.Name, token, StringComparison.Ordinal))
                {
                    return token;
                }
            }

            if (!at.TryGetProperty(token, out at))
            {
                return null;
            }
        }

        return null;
    }

    private static bool IsIndex(string token, out int index) =>
        int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out index) && (token.Length == 1 || token[0] != '0');
}
