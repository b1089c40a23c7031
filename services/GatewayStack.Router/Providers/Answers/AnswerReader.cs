using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Unicode;

namespace GatewayStack.Router.Providers.Answers;

/// <summary>
/// Finds the texts of an answer, or of one event of it: <c>{"choices":[{"index":0,"delta":{"content":"Hi"},"finish_reason":null}]}</c>. A member that is not known
/// may carry content as well as a known one, so that only names, identifiers and enumerations are left out.
/// </summary>
/// <remarks>Reads one document; not for use again.</remarks>
internal sealed class AnswerReader
{
    private const int MostTexts = 20_000;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly List<int> _finished = [];

    private AnswerReader(IReadOnlyList<AnswerText> texts, IReadOnlyList<Range> repeated) => (Texts, RepeatedTexts) = (texts, repeated);

    /// <summary>The texts, in the order of their choices and members.</summary>
    public IReadOnlyList<AnswerText> Texts { get; }

    /// <summary>Values that say the text once more.</summary>
    public IReadOnlyList<Range> RepeatedTexts { get; }

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
            var found = new FoundTexts(json);
            var reader = new AnswerReader(found.Texts, found.Repeats);
            reader.Root(document.RootElement, found);
            return reader.Texts.Count <= MostTexts ? reader : null;
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
        var last = new bool[Texts.Count];
        var seen = new HashSet<(int, string)>();
        for (var i = last.Length - 1; i >= 0; i--)
        {
            last[i] = Texts[i].Kind == AnswerTextKind.Whole || seen.Add((Texts[i].Choice, Texts[i].Channel));
        }

        return last;
    }

    private void Root(JsonElement root, FoundTexts found)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            Whole(root, -1, "root", found);
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
                    Choice(choice, position++, found);
                }
            }
            else
            {
                if (AnswerMembers.IsIdentifier(member))
                {
                    frame.Add((member.Name, found.Locate(member.Value)));
                }

                WholeMember(member, -1, found);
            }
        }

        Frame = frame.ToImmutable();
    }

    private void Choice(JsonElement choice, int position, FoundTexts found)
    {
        if (choice.ValueKind != JsonValueKind.Object)
        {
            Whole(choice, position, "choice", found);
            return;
        }

        var (number, _) = AnswerMembers.IndexOf(choice, position);
        foreach (var member in choice.EnumerateObject())
        {
            if ((member.NameEquals("delta"u8) || member.NameEquals("message"u8)) && member.Value.ValueKind == JsonValueKind.Object)
            {
                new DeltaReader(found, number).Read(member.Value);
            }
            else
            {
                WholeMember(member, number, found);
            }
        }

        if (choice.TryGetProperty("finish_reason"u8, out var reason) && reason.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined))
        {
            _finished.Add(number);
        }
    }

    private static void WholeMember(JsonProperty member, int choice, FoundTexts found)
    {
        if (AnswerMembers.IsRepeat(member))
        {
            found.AddRepeat(member.Value);
        }
        else if (member.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number) || !AnswerMembers.IsIdentifier(member))
        {
            Whole(member.Value, choice, member.Name, found);
        }
    }

    private static void Whole(JsonElement element, int choice, string name, FoundTexts found)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                found.Add(element, AnswerTextKind.Whole, choice, name, []);
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Whole(item, choice, name, found);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    WholeMember(member, choice, found);
                }

                break;
            case JsonValueKind.Number:
                found.AddNumber(element, choice, name);
                break;
            default:
                break;
        }
    }
}
