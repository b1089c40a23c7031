using System.Collections.Immutable;
using System.Text.Json;

namespace GatewayStack.Demo.Providers;

/// <summary>A call that the simulated model makes.</summary>
internal sealed record SimulatedToolCall(string Id, string Name, string Arguments);

/// <summary>
/// Chooses a tool as a model would, but predictably: the one with the most words of its name in what the person wrote, where <c>list</c> counts as half a word
/// so that "what is in my calendar?" lists. A JSON object in the text becomes the arguments.
/// </summary>
internal static class OfferedTools
{
    /// <summary>The tool to call in answer to a person's message.</summary>
    /// <returns>The call, or null when no tool was offered, none was meant or none may be called.</returns>
    public static SimulatedToolCall? Choose(JsonElement body, string userText)
    {
        if (!body.TryGetProperty("tools", out var tools) || tools.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var names = tools.EnumerateArray().Select(Name).OfType<string>().ToImmutableArray();
        var choice = body.TryGetProperty("tool_choice", out var asked) ? asked : default;
        if (choice.ValueKind == JsonValueKind.Object)
        {
            return Name(choice) is { } named && names.Contains(named, StringComparer.Ordinal) ? Call(named, userText) : null;
        }

        var mode = choice.ValueKind == JsonValueKind.String ? choice.GetString() : "auto";
        var words = Words(userText);
        var best = names.Select(n => (Name: n, Score: Words(n).Sum(w => words.Contains(w, StringComparer.OrdinalIgnoreCase) ? 2 : IsList(w) ? 1 : 0)))
            .OrderByDescending(n => n.Score)
            .FirstOrDefault();
        return best.Name is not null && (mode == "required" || (mode != "none" && best.Score > 1)) ? Call(best.Name, userText) : null;
    }

    private static SimulatedToolCall Call(string name, string userText) => new($"call_{Guid.NewGuid():N}", name, Arguments(userText));

    private static string? Name(JsonElement tool) =>
        tool.TryGetProperty("function", out var function) && function.TryGetProperty("name", out var name) ? name.GetString() : null;

    private static bool IsList(string word) => word.Equals("list", StringComparison.OrdinalIgnoreCase);

    private static ImmutableArray<string> Words(string text) =>
        [.. string.Concat(text.Select(c => char.IsLetterOrDigit(c) ? c : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    private static string Arguments(string text)
    {
        if (text.IndexOf('{', StringComparison.Ordinal) is var start and >= 0 && text.LastIndexOf('}') is var end && end > start)
        {
            var json = text[start..(end + 1)];
            try
            {
                using var parsed = JsonDocument.Parse(json);
                return json;
            }
            catch (JsonException)
            {
                // Braces in prose.
            }
        }

        return "{}";
    }
}
