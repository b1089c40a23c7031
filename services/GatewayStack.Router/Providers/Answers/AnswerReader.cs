using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using GatewayStack.Router.Json;
using GatewayStack.Router.Llm;
using GatewayStack.Router.Routing;

namespace GatewayStack.Router.Providers.Answers;

/// <summary>
/// Finds the texts of an answer, or of one event of it: <c>{"choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":null}]}</c>. A member that is not known
/// may carry content as well as a known one, so that only names, identifiers and enumerations are left out.
/// </summary>
/// <remarks>Reads one document; not for use again.</remarks>
internal sealed class AnswerReader
{
    private const int MostIndex = 1_000_000;
    private const int MostTexts = 20_000;

    /// <summary>Milliseconds since 1970 have so many.</summary>
    private const int MostDigits = 13;

    /// <summary>Identifiers and enumerations, as long as what stands there looks like one.</summary>
    private static readonly FrozenSet<string> Identifiers = new[]
    {
        "id", "object", "model", "created", "system_fingerprint", "service_tier", "provider", "role", "type", "name", "index", "finish_reason", "native_finish_reason",
        "tool_call_id", "format", "obfuscation",

        // Numbers that say when, and how much was used.
        "created_at", "timestamp", "expires_at", "prompt_tokens", "completion_tokens", "total_tokens", "input_tokens", "output_tokens", "cached_tokens", "reasoning_tokens",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The answer's text once more, in tokens and their numbers: they would tell what was taken out.</summary>
    private static readonly FrozenSet<string> Repeats = new[] { "logprobs", "prompt_logprobs", "token_ids", "prompt_token_ids" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly List<AnswerText> _texts = [];
    private readonly List<Range> _repeats = [];
    private readonly List<int> _finished = [];
    private ReadOnlyMemory<byte> _json;

    private AnswerReader()
    {
    }

    /// <summary>The texts, in the order of their choices and members.</summary>
    public IReadOnlyList<AnswerText> Texts => _texts;

    /// <summary>Values that say the text once more.</summary>
    public IReadOnlyList<Range> RepeatedTexts => _repeats;

    /// <summary>Choices that end with this event.</summary>
    public IReadOnlyList<int> Finished => _finished;

    /// <summary>Members that every event of an answer shares, in the order and the bytes they came in.</summary>
    public ImmutableArray<(string Name, Range Value)> Frame { get; private set; } = [];

    /// <summary>Reads a document.</summary>
    /// <returns>The texts, or null where it is no JSON that every parser reads alike, or has too many of them.</returns>
    public static AnswerReader? TryRead(ReadOnlyMemory<byte> json)
    {
        if (!Utf8.IsValid(json.Span))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            var reader = new AnswerReader { _json = json };
            reader.Root(document.RootElement);
            reader._json = default;
            return reader._texts.Count <= MostTexts ? reader : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second one: a member's name with half of a surrogate pair.
            return null;
        }
    }

    /// <summary>For each text, whether it is the last one of its channel in this document.</summary>
    public bool[] LastOfChannels()
    {
        var last = new bool[_texts.Count];
        var seen = new HashSet<(int, string)>();
        for (var i = last.Length - 1; i >= 0; i--)
        {
            last[i] = _texts[i].Kind == AnswerTextKind.Whole || seen.Add((_texts[i].Choice, _texts[i].Channel));
        }

        return last;
    }

    private void Root(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            Whole(root, -1, "root");
            return;
        }

        var frame = ImmutableArray.CreateBuilder<(string, Range)>();
        foreach (var member in root.EnumerateObject())
        {
            if (member.NameEquals("choices"u8) && member.Value.ValueKind == JsonValueKind.Array)
            {
                var position = 0;
                foreach (var choice in member.Value.EnumerateArray())
                {
                    Choice(choice, position++);
                }
            }
            else
            {
                if (IsIdentifier(member))
                {
                    frame.Add((member.Name, Locate(member.Value)));
                }

                WholeMember(member, -1);
            }
        }

        Frame = frame.ToImmutable();
    }

    private void Choice(JsonElement choice, int position)
    {
        if (choice.ValueKind != JsonValueKind.Object)
        {
            Whole(choice, position, "choice");
            return;
        }

        var (number, _) = IndexOf(choice, position);
        foreach (var member in choice.EnumerateObject())
        {
            if ((member.NameEquals("delta"u8) || member.NameEquals("message"u8)) && member.Value.ValueKind == JsonValueKind.Object)
            {
                Delta(member.Value, number);
            }
            else
            {
                WholeMember(member, number);
            }
        }

        if (choice.TryGetProperty("finish_reason"u8, out var reason) && reason.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined))
        {
            _finished.Add(number);
        }
    }

    private void Delta(JsonElement delta, int choice)
    {
        foreach (var member in delta.EnumerateObject())
        {
            ImmutableArray<PathStep> path = [new PathStep(member.Name)];
            switch (member.Name)
            {
                case "content" when member.Value.ValueKind == JsonValueKind.Array:
                    Parts(member.Value, choice, path);
                    break;
                case "content":
                    Add(member.Value, AnswerTextKind.Content, choice, string.Empty, path);
                    break;
                case "tool_calls" when member.Value.ValueKind == JsonValueKind.Array:
                    ToolCalls(member.Value, choice, path);
                    break;
                case "function_call" when member.Value.ValueKind == JsonValueKind.Object:
                    Function(member.Value, choice, "tool/legacy", path);
                    break;
                case "audio" when member.Value.ValueKind == JsonValueKind.Object:
                    Audio(member.Value, choice, path);
                    break;
                case "refusal" or "reasoning" or "reasoning_content" when member.Value.ValueKind == JsonValueKind.String:
                    Add(member.Value, AnswerTextKind.Other, choice, member.Name, path);
                    break;
                default:
                    OtherMember(member, choice, path);
                    break;
            }
        }
    }

    /// <summary>Content in parts is the same content: <c>[{"type":"text","text":"Hi"}]</c>.</summary>
    private void Parts(JsonElement parts, int choice, ImmutableArray<PathStep> path)
    {
        var position = 0;
        foreach (var part in parts.EnumerateArray())
        {
            var (number, stated) = IndexOf(part, position++);
            var place = path.Add(new PathStep(null, number, stated));
            if (part.ValueKind != JsonValueKind.Object)
            {
                Other(part, choice, place);
                continue;
            }

            foreach (var member in part.EnumerateObject())
            {
                if (member.NameEquals("text"u8) && member.Value.ValueKind == JsonValueKind.String)
                {
                    Add(member.Value, AnswerTextKind.Content, choice, string.Empty, path);
                }
                else
                {
                    OtherMember(member, choice, place.Add(new PathStep(member.Name)));
                }
            }
        }
    }

    private void ToolCalls(JsonElement calls, int choice, ImmutableArray<PathStep> path)
    {
        var position = 0;
        foreach (var call in calls.EnumerateArray())
        {
            var (number, _) = IndexOf(call, position++);
            var place = path.Add(new PathStep(null, number, IsStated: true));
            if (call.ValueKind != JsonValueKind.Object)
            {
                Other(call, choice, place);
                continue;
            }

            foreach (var member in call.EnumerateObject())
            {
                var inside = place.Add(new PathStep(member.Name));
                if (member.NameEquals("function"u8) && member.Value.ValueKind == JsonValueKind.Object)
                {
                    Function(member.Value, choice, "tool/" + number.ToString(CultureInfo.InvariantCulture), inside);
                }
                else if (member.NameEquals("custom"u8) && member.Value.ValueKind == JsonValueKind.Object)
                {
                    Members(member.Value, choice, inside, "input", "custom/" + number.ToString(CultureInfo.InvariantCulture));
                }
                else
                {
                    OtherMember(member, choice, inside);
                }
            }
        }
    }

    private void Function(JsonElement function, int choice, string channel, ImmutableArray<PathStep> path) =>
        Members(function, choice, path, "arguments", channel);

    private void Members(JsonElement element, int choice, ImmutableArray<PathStep> path, string known, string channel)
    {
        foreach (var member in element.EnumerateObject())
        {
            var place = path.Add(new PathStep(member.Name));
            if (member.NameEquals(known) && member.Value.ValueKind == JsonValueKind.String)
            {
                Add(member.Value, AnswerTextKind.Other, choice, channel, place);
            }
            else
            {
                OtherMember(member, choice, place);
            }
        }
    }

    private void Audio(JsonElement audio, int choice, ImmutableArray<PathStep> path)
    {
        foreach (var member in audio.EnumerateObject())
        {
            var place = path.Add(new PathStep(member.Name));
            if (member.NameEquals("transcript"u8) && member.Value.ValueKind == JsonValueKind.String)
            {
                Add(member.Value, AnswerTextKind.Other, choice, "audio", place);
            }
            else if (!member.NameEquals("data"u8))
            {
                // The sound itself is no text.
                OtherMember(member, choice, place);
            }
        }
    }

    private void OtherMember(JsonProperty member, int choice, ImmutableArray<PathStep> path)
    {
        if (Repeats.Contains(member.Name))
        {
            Repeat(member.Value);
        }
        else if (member.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number) || !IsIdentifier(member))
        {
            Other(member.Value, choice, path);
        }
    }

    private void Other(JsonElement element, int choice, ImmutableArray<PathStep> path)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                Add(element, AnswerTextKind.Other, choice, "x/" + Name(path), path);
                break;
            case JsonValueKind.Array:
                var position = 0;
                foreach (var item in element.EnumerateArray())
                {
                    var (number, stated) = IndexOf(item, position++);
                    Other(item, choice, path.Add(new PathStep(null, number, stated)));
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    OtherMember(member, choice, path.Add(new PathStep(member.Name)));
                }

                break;
            case JsonValueKind.Number:
                Number(element, choice, "x/" + Name(path));
                break;
            default:
                break;
        }
    }

    /// <summary>A number that may be somebody's is a text by itself; what is put in its place stands in quotation marks.</summary>
    private void Number(JsonElement element, int choice, string name)
    {
        if (NumberText.Read(JsonMarshal.GetRawUtf8Value(element)) is { } digits)
        {
            _texts.Add(new AnswerText(Locate(element), AnswerTextKind.Whole, choice, name, [], digits));
        }
    }

    private void WholeMember(JsonProperty member, int choice)
    {
        if (Repeats.Contains(member.Name))
        {
            Repeat(member.Value);
        }
        else if (member.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number) || !IsIdentifier(member))
        {
            Whole(member.Value, choice, member.Name);
        }
    }

    private void Whole(JsonElement element, int choice, string name)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                Add(element, AnswerTextKind.Whole, choice, name, []);
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Whole(item, choice, name);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    WholeMember(member, choice);
                }

                break;
            case JsonValueKind.Number:
                Number(element, choice, name);
                break;
            default:
                break;
        }
    }

    private void Add(JsonElement element, AnswerTextKind kind, int choice, string channel, ImmutableArray<PathStep> path)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            _texts.Add(new AnswerText(Locate(element), kind, choice, channel, path, JsonText.Decode(JsonMarshal.GetRawUtf8Value(element))));
        }
        else
        {
            Other(element, choice, path);
        }
    }

    private static bool IsIdentifier(JsonProperty member) => Identifiers.Contains(member.Name) && member.Value.ValueKind switch
    {
        JsonValueKind.String => AnswerIdentifier.Is(member.Name, JsonMarshal.GetRawUtf8Value(member.Value)[1..^1]),
        JsonValueKind.Number => JsonMarshal.GetRawUtf8Value(member.Value).Length <= MostDigits,
        _ => true,
    };

    private void Repeat(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Null)
        {
            _repeats.Add(Locate(element));
        }
    }

    private Range Locate(JsonElement element) => StrictJson.Locate(_json.Span, element);

    private static (int Index, bool IsStated) IndexOf(JsonElement element, int position) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty("index"u8, out var index) && index.ValueKind == JsonValueKind.Number
            && index.TryGetInt32(out var number) && number is >= 0 and < MostIndex
            ? (number, true)
            : (position, false);

    // With dots between its steps, so that no member's name makes it look like a tool call.
    private static string Name(ImmutableArray<PathStep> path) =>
        string.Join('.', path.Select(s => s.Name is { } name ? JsonPath.Escape(name) : s.Index.ToString(CultureInfo.InvariantCulture)));
}
