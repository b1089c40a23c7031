using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace GatewayStack.Events.Format;

/// <summary>Members of an event by name. What is absent is null; what has the wrong type throws, which the reader turns into an error.</summary>
internal static class JsonElementExtensions
{
    public static string? Text(this JsonElement json, ReadOnlySpan<byte> name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    public static string Required(this JsonElement json, ReadOnlySpan<byte> name) => json.GetProperty(name).GetString() ?? throw new FormatException();

    public static long? Integer(this JsonElement json, ReadOnlySpan<byte> name) =>
        json.TryGetProperty(name, out var value) ? Integer(value) : null;

    public static long Number(this JsonElement json, ReadOnlySpan<byte> name) => Integer(json.GetProperty(name));

    public static bool Flag(this JsonElement json, ReadOnlySpan<byte> name) => json.TryGetProperty(name, out var value) && value.GetBoolean();

    public static JsonElement? Object(this JsonElement json, ReadOnlySpan<byte> name)
    {
        if (!json.TryGetProperty(name, out var value))
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Object ? value : throw new FormatException();
    }

    public static ImmutableArray<string> Texts(this JsonElement json, ReadOnlySpan<byte> name) =>
        json.Each(name, static e => e.GetString() ?? throw new FormatException());

    public static ImmutableArray<T> Each<T>(this JsonElement json, ReadOnlySpan<byte> name, Func<JsonElement, T> read)
    {
        if (!json.TryGetProperty(name, out var value))
        {
            return [];
        }

        var items = ImmutableArray.CreateBuilder<T>(value.GetArrayLength());
        foreach (var element in value.EnumerateArray())
        {
            items.Add(read(element));
        }

        return items.MoveToImmutable();
    }

    private static long Integer(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? long.Parse(value.GetString()!, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
        : value.GetInt64();
}
