using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace GatewayStack.Events.Format;

/// <summary>Reads the value a reader stands on.</summary>
internal delegate T ReadValue<out T>(ref Utf8JsonReader json);

/// <summary>Values of an event. What has the wrong type throws, which the reader turns into an error.</summary>
internal static class JsonValues
{
    /// <summary>A text, or null where null stands.</summary>
    public static string? Text(this ref Utf8JsonReader json) => CommonWords.Find(in json) ?? json.GetString();

    /// <summary>A text; null is refused.</summary>
    public static string Required(this ref Utf8JsonReader json) => json.Text() ?? throw new FormatException();

    /// <summary>An integer; one beyond what a double holds stands as a text.</summary>
    public static long Integer(this ref Utf8JsonReader json) => json.TokenType == JsonTokenType.String
        ? long.Parse(json.GetString()!, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
        : json.GetInt64();

    public static int SmallInteger(this ref Utf8JsonReader json) => checked((int)json.Integer());

    public static DateTimeOffset Time(this ref Utf8JsonReader json) => EventWords.Time(json.Integer());

    public static ImmutableArray<string> Texts(this ref Utf8JsonReader json) => json.Each(static (ref j) => j.Required());

    public static ImmutableArray<T> Each<T>(this ref Utf8JsonReader json, ReadValue<T> read)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            throw new FormatException();
        }

        if (!json.Read() || json.TokenType == JsonTokenType.EndArray)
        {
            return [];
        }

        var first = read(ref json);
        if (!json.Read() || json.TokenType == JsonTokenType.EndArray)
        {
            return [first];
        }

        var items = ImmutableArray.CreateBuilder<T>(4);
        items.Add(first);
        do
        {
            items.Add(read(ref json));
        }
        while (json.Read() && json.TokenType != JsonTokenType.EndArray);

        return items.DrainToImmutable();
    }

    /// <summary>The bytes of the value, whatever it is.</summary>
    public static ReadOnlyMemory<byte> Raw(this ref Utf8JsonReader json, ReadOnlyMemory<byte> bytes)
    {
        var start = (int)json.TokenStartIndex;
        json.Skip();
        return bytes[start..(int)json.BytesConsumed];
    }

    /// <summary>What had to be there.</summary>
    public static T There<T>(this T? value)
        where T : class => value ?? throw new KeyNotFoundException();

    /// <summary>What had to be there.</summary>
    public static T There<T>(this T? value)
        where T : struct => value ?? throw new KeyNotFoundException();
}
