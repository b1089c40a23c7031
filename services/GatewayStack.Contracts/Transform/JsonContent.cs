using System.Text;
using System.Text.Json;

namespace GatewayStack.Contracts.Transform;

/// <summary>Says whether a text is JSON: the same for whoever gives it a media type and for whoever edits it.</summary>
public static class JsonContent
{
    /// <summary>In so many strings JSON may stand, each in JSON that stands in the next, and is still read.</summary>
    public const int MostStrings = 4;

    /// <summary>True for a text that is JSON: one value, or one behind the other as in JSON Lines, nested no deeper than 64.</summary>
    public static bool Is(string text)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), new JsonReaderOptions { AllowMultipleValues = true });
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The same for a text that nobody has called JSON: a number or a word in quotes is a text like any other, an object or an array is JSON.</summary>
    public static bool IsObjectOrArray(string text) => text.AsSpan().TrimStart() is ['{' or '[', ..] && Is(text);
}
