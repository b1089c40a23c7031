using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Json;

namespace GatewayStack.Router.Llm;

/// <summary>What one target is sent instead of the original.</summary>
internal sealed record ChatBodyChanges
{
    public required string Model { get; init; }

    /// <summary>Highest number of output tokens the target may give.</summary>
    public required long MaxOutputTokens { get; init; }

    public required string MaxTokensMember { get; init; }

    /// <summary>Our name for the person; the client's own is never passed on.</summary>
    public required string EndUser { get; init; }

    public ImmutableArray<TextEdit> Edits { get; init; } = [];

    /// <summary>What is put before the messages; null for nothing.</summary>
    public string? SystemPrompt { get; init; }
}

/// <summary>Splices a target's changes into the original bytes.</summary>
internal static class ChatBodyWriter
{
    public static ReadOnlyMemory<byte> Write(ChatRequest request, ChatBodyChanges changes)
    {
        var splices = new BodySplices();
        var root = request.Root;
        var body = request.Body.Span;
        var afterBrace = StrictJson.Locate(body, root).Start.Value + 1;
        if (!string.Equals(changes.Model, request.Model.Model, StringComparison.Ordinal))
        {
            splices.Replace(StrictJson.Locate(body, root.GetProperty("model")), BodySplices.Literal(changes.Model));
        }

        MaxTokens(splices, root, body, afterBrace, changes);
        if (request.Model.Stream && !request.AsksForUsage)
        {
            IncludeUsage(splices, root, body, afterBrace);
        }

        foreach (var member in (ReadOnlySpan<string>)["user", "safety_identifier"])
        {
            if (root.TryGetProperty(member, out var claimed))
            {
                splices.Replace(StrictJson.Locate(body, claimed), BodySplices.Literal(changes.EndUser));
            }
            else if (member == "user")
            {
                splices.Insert(afterBrace, BodySplices.Member("user", BodySplices.Literal(changes.EndUser)));
            }
        }

        if (root.TryGetProperty("metadata", out var metadata) && metadata.ValueKind == JsonValueKind.Object && metadata.TryGetProperty("user_id", out var named))
        {
            splices.Replace(StrictJson.Locate(body, named), BodySplices.Literal(changes.EndUser));
        }

        if (changes.SystemPrompt is { } prompt)
        {
            splices.Insert(StrictJson.Locate(body, root.GetProperty("messages")).Start.Value + 1, SystemMessage(prompt));
        }

        SegmentSplices.Add(splices, body, request.Segments, request.SegmentElements, request.Files, changes.Edits);
        return splices.Apply(request.Body);
    }

    /// <summary>A system message with its comma, to stand before other messages.</summary>
    public static byte[] SystemMessage(string text) => [.. "{\"role\":\"system\",\"content\":"u8, .. BodySplices.Literal(text), .. "},"u8];

    private static void MaxTokens(BodySplices splices, JsonElement root, ReadOnlySpan<byte> body, int afterBrace, ChatBodyChanges changes)
    {
        var stated = false;
        foreach (var member in (ReadOnlySpan<string>)["max_completion_tokens", "max_tokens"])
        {
            if (!root.TryGetProperty(member, out var value) || value.ValueKind != JsonValueKind.Number)
            {
                continue;
            }

            stated = true;
            if (value.GetInt64() > changes.MaxOutputTokens)
            {
                splices.Replace(StrictJson.Locate(body, value), BodySplices.Literal(changes.MaxOutputTokens));
            }
        }

        if (stated)
        {
            return;
        }

        // Providers refuse a request that states both members, so only the target's own one is set; a null beside it says nothing.
        if (root.TryGetProperty(changes.MaxTokensMember, out var empty))
        {
            splices.Replace(StrictJson.Locate(body, empty), BodySplices.Literal(changes.MaxOutputTokens));
        }
        else
        {
            splices.Insert(afterBrace, BodySplices.Member(changes.MaxTokensMember, BodySplices.Literal(changes.MaxOutputTokens)));
        }
    }

    private static void IncludeUsage(BodySplices splices, JsonElement root, ReadOnlySpan<byte> body, int afterBrace)
    {
        if (!root.TryGetProperty("stream_options", out var options))
        {
            splices.Insert(afterBrace, BodySplices.Member("stream_options", "{\"include_usage\":true}"u8));
        }
        else if (options.ValueKind == JsonValueKind.Null)
        {
            splices.Replace(StrictJson.Locate(body, options), "{\"include_usage\":true}"u8.ToArray());
        }
        else if (options.TryGetProperty("include_usage", out var declined))
        {
            splices.Replace(StrictJson.Locate(body, declined), "true"u8.ToArray());
        }
        else
        {
            var place = StrictJson.Locate(body, options).Start.Value + 1;
            var bytes = options.EnumerateObject().Any() ? BodySplices.Member("include_usage", "true"u8) : "\"include_usage\":true"u8.ToArray();
            splices.Insert(place, bytes);
        }
    }
}

/// <summary>Applies edits to a text.</summary>
internal static class TextEdits
{
    public static string Apply(string text, IEnumerable<TextEdit> edits)
    {
        var result = new StringBuilder(text.Length);
        var position = 0;
        foreach (var edit in edits.OrderBy(e => e.Start))
        {
            result.Append(text, position, edit.Start - position).Append(edit.Replacement);
            position = edit.End;
        }

        return result.Append(text, position, text.Length - position).ToString();
    }
}
