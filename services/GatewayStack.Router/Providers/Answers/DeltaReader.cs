using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using GatewayStack.Router.Routing;

namespace GatewayStack.Router.Providers.Answers;

/// <summary>
/// Finds the texts of one choice of a chat completion, or of a piece of it: what its known members say goes on from event to event in a channel of its own, and
/// so does whatever stands at the same place below one that is not known.
/// </summary>
internal readonly struct DeltaReader(FoundTexts found, int choice)
{
    /// <summary>Finds the texts of a delta, or of a whole message.</summary>
    public void Read(JsonElement delta)
    {
        foreach (var member in delta.EnumerateObject())
        {
            ImmutableArray<PathStep> path = [new PathStep(member.Name)];
            switch (member.Name)
            {
                case "content" when member.Value.ValueKind == JsonValueKind.Array:
                    Parts(member.Value, path);
                    break;
                case "content":
                    Add(member.Value, AnswerTextKind.Content, string.Empty, path);
                    break;
                case "tool_calls" when member.Value.ValueKind == JsonValueKind.Array:
                    ToolCalls(member.Value, path);
                    break;
                case "function_call" when member.Value.ValueKind == JsonValueKind.Object:
                    Function(member.Value, "tool/legacy", path);
                    break;
                case "audio" when member.Value.ValueKind == JsonValueKind.Object:
                    Audio(member.Value, path);
                    break;
                case "refusal" or "reasoning" or "reasoning_content" when member.Value.ValueKind == JsonValueKind.String:
                    Add(member.Value, AnswerTextKind.Other, member.Name, path);
                    break;
                default:
                    OtherMember(member, path);
                    break;
            }
        }
    }

    /// <summary>Content in parts is the same content: <c>[{"type":"text","text":"Hi"}]</c>.</summary>
    private void Parts(JsonElement parts, ImmutableArray<PathStep> path)
    {
        var position = 0;
        foreach (var part in parts.EnumerateArray())
        {
            var (number, stated) = AnswerMembers.IndexOf(part, position++);
            var place = path.Add(new PathStep(null, number, stated));
            if (part.ValueKind != JsonValueKind.Object)
            {
                Other(part, place);
                continue;
            }

            foreach (var member in part.EnumerateObject())
            {
                if (member.NameEquals("text"u8) && member.Value.ValueKind == JsonValueKind.String)
                {
                    Add(member.Value, AnswerTextKind.Content, string.Empty, path);
                }
                else
                {
                    OtherMember(member, place.Add(new PathStep(member.Name)));
                }
            }
        }
    }

    private void ToolCalls(JsonElement calls, ImmutableArray<PathStep> path)
    {
        var position = 0;
        foreach (var call in calls.EnumerateArray())
        {
            var (number, _) = AnswerMembers.IndexOf(call, position++);
            var place = path.Add(new PathStep(null, number, IsStated: true));
            if (call.ValueKind != JsonValueKind.Object)
            {
                Other(call, place);
                continue;
            }

            foreach (var member in call.EnumerateObject())
            {
                var inside = place.Add(new PathStep(member.Name));
                if (member.NameEquals("function"u8) && member.Value.ValueKind == JsonValueKind.Object)
                {
                    Function(member.Value, "tool/" + number.ToString(CultureInfo.InvariantCulture), inside);
                }
                else if (member.NameEquals("custom"u8) && member.Value.ValueKind == JsonValueKind.Object)
                {
                    Members(member.Value, inside, "input", "custom/" + number.ToString(CultureInfo.InvariantCulture));
                }
                else
                {
                    OtherMember(member, inside);
                }
            }
        }
    }

    private void Function(JsonElement function, string channel, ImmutableArray<PathStep> path) =>
        Members(function, path, "arguments", channel);

    private void Members(JsonElement element, ImmutableArray<PathStep> path, string known, string channel)
    {
        foreach (var member in element.EnumerateObject())
        {
            var place = path.Add(new PathStep(member.Name));
            if (member.NameEquals(known) && member.Value.ValueKind == JsonValueKind.String)
            {
                Add(member.Value, AnswerTextKind.Other, channel, place);
            }
            else
            {
                OtherMember(member, place);
            }
        }
    }

    private void Audio(JsonElement audio, ImmutableArray<PathStep> path)
    {
        foreach (var member in audio.EnumerateObject())
        {
            var place = path.Add(new PathStep(member.Name));
            if (member.NameEquals("transcript"u8) && member.Value.ValueKind == JsonValueKind.String)
            {
                Add(member.Value, AnswerTextKind.Other, "audio", place);
            }
            else if (!member.NameEquals("data"u8))
            {
                // The sound itself is no text.
                OtherMember(member, place);
            }
        }
    }

    private void OtherMember(JsonProperty member, ImmutableArray<PathStep> path)
    {
        if (AnswerMembers.IsRepeat(member))
        {
            found.AddRepeat(member.Value);
        }
        else if (member.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number) || !AnswerMembers.IsIdentifier(member))
        {
            Other(member.Value, path);
        }
    }

    private void Other(JsonElement element, ImmutableArray<PathStep> path)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                found.Add(element, AnswerTextKind.Other, choice, "x/" + Name(path), path);
                break;
            case JsonValueKind.Array:
                var position = 0;
                foreach (var item in element.EnumerateArray())
                {
                    var (number, stated) = AnswerMembers.IndexOf(item, position++);
                    Other(item, path.Add(new PathStep(null, number, stated)));
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    OtherMember(member, path.Add(new PathStep(member.Name)));
                }

                break;
            case JsonValueKind.Number:
                found.AddNumber(element, choice, "x/" + Name(path));
                break;
            default:
                break;
        }
    }

    private void Add(JsonElement element, AnswerTextKind kind, string channel, ImmutableArray<PathStep> path)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            found.Add(element, kind, choice, channel, path);
        }
        else
        {
            Other(element, path);
        }
    }

    // With dots between its steps, so that no member's name makes it look like a tool call.
    private static string Name(ImmutableArray<PathStep> path) =>
        string.Join('.', path.Select(s => s.Name is { } name ? JsonPath.Escape(name) : s.Index.ToString(CultureInfo.InvariantCulture)));
}
