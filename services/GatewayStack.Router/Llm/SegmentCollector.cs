using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Routing;

namespace GatewayStack.Router.Llm;

/// <summary>Collects every text of a body: an unknown member may carry content as well as a known one, so only identifiers are left out.</summary>
internal sealed class SegmentCollector
{
    private const int MaxIdentifier = 40;
    private const int MaxIdentifierDigits = 6;

    /// <summary>Members that hold identifiers or enumerations, not text, as long as what stands there looks like one.</summary>
    private static readonly FrozenSet<string> Identifiers = new[] { "role", "type", "id", "tool_call_id", "detail", "format", "mime_type", "media_type" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Parts of a message that are not text; their base64 or URL would be scanned for nothing.</summary>
    private static readonly FrozenSet<string> Media = new[] { "image_url", "input_image", "input_audio", "file", "input_file", "video_url" }.ToFrozenSet(StringComparer.Ordinal);

    public ImmutableArray<ContentSegment>.Builder Segments { get; } = ImmutableArray.CreateBuilder<ContentSegment>();

    public ImmutableArray<JsonElement>.Builder Elements { get; } = ImmutableArray.CreateBuilder<JsonElement>();

    public ImmutableArray<UnscannedPart>.Builder Unscanned { get; } = ImmutableArray.CreateBuilder<UnscannedPart>();

    /// <summary>Set by <see cref="WalkMessage"/>, where parts may be media; elsewhere a member of such a name, as a tool's parameter, is one like any other.</summary>
    private bool _mayHoldMedia;

    /// <summary>A message of a conversation.</summary>
    public void WalkMessage(JsonElement message, string pointer, SegmentOrigin origin)
    {
        _mayHoldMedia = true;
        Walk(message, pointer, origin, "content");
        _mayHoldMedia = false;
    }

    public void Walk(JsonElement element, string pointer, SegmentOrigin origin, string part)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                Add(element, pointer, origin, part);
                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in element.EnumerateArray())
                {
                    Walk(item, pointer + "/" + index.ToString(CultureInfo.InvariantCulture), origin, part);
                    index++;
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    Member(member, pointer, origin);
                }

                break;
            default:
                break;
        }
    }

    public void Add(JsonElement element, string pointer, SegmentOrigin origin, string part)
    {
        var arguments = part is "arguments" or "input";
        Segments.Add(new ContentSegment
        {
            Id = Segments.Count,
            Pointer = pointer,
            Part = part,
            MediaType = arguments ? "application/json" : "text/plain",
            Origin = arguments ? SegmentOrigin.ToolArguments : origin,
            Editable = !Identifiers.Contains(part) && (origin != SegmentOrigin.ToolDefinition || part is "description" or "title"),
            Text = element.GetString()!,
        });
        Elements.Add(element);
    }

    private void Member(JsonProperty member, string pointer, SegmentOrigin origin)
    {
        var name = member.Name;
        if (member.Value.ValueKind == JsonValueKind.String && Identifiers.Contains(name) && IsIdentifier(member.Value))
        {
            return;
        }

        var place = pointer + "/" + JsonPath.Escape(name);
        if (IsEndUser(place))
        {
            return;
        }

        if (_mayHoldMedia && Media.Contains(name) && member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.String)
        {
            Unscanned.Add(new UnscannedPart { Pointer = place, Type = name, Reason = "not_text" });
            return;
        }

        Walk(member.Value, place, origin, name);
    }

    /// <summary>Replaced by our own name for the person, like <c>user</c>.</summary>
    private static bool IsEndUser(string pointer) => pointer == "/metadata/user_id";

    /// <summary>No blank, no dot, no sign of an address, few digits: neither a sentence nor a number that means a person stands there.</summary>
    private static bool IsIdentifier(JsonElement value)
    {
        var text = value.GetString()!;
        return text.Length <= MaxIdentifier
            && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '/' or '+')
            && text.Count(char.IsAsciiDigit) <= MaxIdentifierDigits;
    }
}
