using System.Collections.Immutable;
using System.Text.Json;

namespace GatewayStack.Router.Llm;

/// <summary>
/// The names by which rules know the tools of a request: <c>{"type":"function","function":{"name":"x"}}</c>, the same for <c>custom</c>, the older
/// <c>functions:[{"name":"x"}]</c>; a tool that the provider hosts, such as <c>{"type":"web_search"}</c>, is known by its type.
/// </summary>
internal static class ToolNames
{
    public static bool TryRead(JsonElement root, out ImmutableArray<string> names)
    {
        names = [];
        if (!root.TryGetProperty("tools", out _) && !root.TryGetProperty("functions", out _))
        {
            return true;
        }

        var found = ImmutableArray.CreateBuilder<string>();
        foreach (var tool in Entries(root, "tools"))
        {
            if (NameOf(tool) is not { } name)
            {
                return false;
            }

            found.Add(name);
        }

        foreach (var function in Entries(root, "functions"))
        {
            if (Text(function, "name") is not { } name)
            {
                return false;
            }

            found.Add(name);
        }

        names = found.ToImmutable();
        return true;
    }

    private static JsonElement.ArrayEnumerator Entries(JsonElement root, string member) =>
        root.TryGetProperty(member, out var entries) && entries.ValueKind == JsonValueKind.Array ? entries.EnumerateArray() : default;

    private static string? NameOf(JsonElement tool)
    {
        var type = Text(tool, "type");
        foreach (var kind in (ReadOnlySpan<string>)["function", "custom"])
        {
            if (tool.ValueKind == JsonValueKind.Object && tool.TryGetProperty(kind, out var definition))
            {
                return type is null || string.Equals(type, kind, StringComparison.Ordinal) ? Text(definition, "name") : null;
            }
        }

        return type is "function" or "custom" ? Text(tool, "name") : type;
    }

    private static string? Text(JsonElement element, string member) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
        && value.GetString() is { Length: > 0 } text ? text : null;
}
