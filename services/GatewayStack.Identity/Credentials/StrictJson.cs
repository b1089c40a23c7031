using System.Text.Json;
using System.Text.Unicode;

namespace GatewayStack.Identity.Credentials;

/// <summary>JSON that every reader reads alike: valid UTF-8, no member twice, no lone surrogates, bounded depth, nothing after it.</summary>
internal static class StrictJson
{
    private const int MaxDepth = 16;

    public static bool TryParseObject(ReadOnlySpan<byte> utf8, out JsonElement root)
    {
        root = default;
        if (!Utf8.IsValid(utf8))
        {
            return false;
        }

        try
        {
            CheckEscapes(utf8);
            root = JsonElement.Parse(utf8, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = MaxDepth });
            return root.ValueKind == JsonValueKind.Object;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is how the reader refuses the escape of half a surrogate pair.
            return false;
        }
    }

    private static void CheckEscapes(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
            {
                _ = reader.GetString();
            }
        }
    }
}
