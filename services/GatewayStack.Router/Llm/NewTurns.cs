using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Router.Llm;

/// <summary>Tells the turns that a model has answered from what is new: a conversation comes again with each of its turns, and an old hit should not close it for ever.</summary>
internal static class NewTurns
{
    private const string Messages = "/messages/";

    private static readonly SearchValues<char> Unseen = SearchValues.Create(" \t\r\n\u00A0\u200B\u200C\u200D\u2060\uFEFF");

    private static readonly FrozenSet<string> Calls = new[] { "tool_calls", "function_call" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>How many messages, from the first, belong to answered turns: up to the last one of the model after which somebody says something. What is empty answers
    /// nothing, and an answer at the very end is one that the client has begun and the model is to go on with.</summary>
    public static int CountAnswered(JsonElement messages)
    {
        var (answered, last, index) = (0, 0, 0);
        foreach (var message in messages.EnumerateArray())
        {
            index++;
            var origin = ChatRequestReader.OriginOf(message.GetProperty("role"));
            if (origin == SegmentOrigin.System || !SaysSomething(message))
            {
                continue;
            }

            (last, answered) = origin == SegmentOrigin.Assistant ? (index, answered) : (last, last);
        }

        return answered;
    }

    /// <summary>The facts of what is new in a request.</summary>
    public static ContentMetadata Facts(ChatRequest chat, InspectionResult result)
    {
        var earlier = chat.Segments.Where(s => s.Earlier).Select(s => s.Id)
            .Concat(chat.Attachments.Where(a => IsAnswered(chat, a.Pointer)).Select(a => a.Id)).ToHashSet();
        return ContentSummary.Combine(
            [.. result.Segments.Where(s => !earlier.Contains(s.SegmentId))],
            [.. result.Metadata.Unscanned.Where(u => !IsAnswered(chat, u.Pointer))]);
    }

    private static bool IsAnswered(ChatRequest chat, string pointer)
    {
        if (!pointer.StartsWith(Messages, StringComparison.Ordinal))
        {
            return false;
        }

        var number = pointer.AsSpan(Messages.Length);
        var end = number.IndexOf('/');
        return int.TryParse(end < 0 ? number : number[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < chat.AnsweredMessages;
    }

    private static bool SaysSomething(JsonElement message)
    {
        foreach (var member in message.EnumerateObject())
        {
            if (member.NameEquals("content") || member.NameEquals("refusal") ? IsSaid(member.Value) : Calls.Contains(member.Name) && IsCall(member.Value))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsCall(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? value.EnumerateObject().Any() : value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0;

    private static bool IsSaid(JsonElement content) => content.ValueKind switch
    {
        JsonValueKind.String => content.GetString().AsSpan().ContainsAnyExcept(Unseen),
        JsonValueKind.Array => content.EnumerateArray().Any(IsSaid),

        // A part that is not text says something, too.
        JsonValueKind.Object => content.TryGetProperty("text", out var text) ? IsSaid(text) : content.EnumerateObject().Any(m => !m.NameEquals("type")),
        _ => false,
    };
}
