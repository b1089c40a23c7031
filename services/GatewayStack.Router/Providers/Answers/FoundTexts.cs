using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using GatewayStack.Router.Json;
using GatewayStack.Router.Llm;

namespace GatewayStack.Router.Providers.Answers;

/// <summary>What is found in one document of an answer, and where it stands there.</summary>
internal sealed class FoundTexts(ReadOnlyMemory<byte> json)
{
    private readonly List<AnswerText> _texts = [];
    private readonly List<Range> _repeats = [];

    public IReadOnlyList<AnswerText> Texts => _texts;

    /// <summary>Values that say the text once more.</summary>
    public IReadOnlyList<Range> Repeats => _repeats;

    /// <summary>Adds a string.</summary>
    public void Add(JsonElement text, AnswerTextKind kind, int choice, string channel, ImmutableArray<PathStep> path) =>
        _texts.Add(new AnswerText(Locate(text), kind, choice, channel, path, JsonText.Decode(JsonMarshal.GetRawUtf8Value(text))));

    /// <summary>A number that may be somebody's is a text by itself; what is put in its place stands in quotation marks.</summary>
    public void AddNumber(JsonElement number, int choice, string name)
    {
        if (NumberText.Read(JsonMarshal.GetRawUtf8Value(number)) is { } digits)
        {
            _texts.Add(new AnswerText(Locate(number), AnswerTextKind.Whole, choice, name, [], digits));
        }
    }

    public void AddRepeat(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Null)
        {
            _repeats.Add(Locate(element));
        }
    }

    /// <summary>Where an element of the document stands.</summary>
    public Range Locate(JsonElement element) => StrictJson.Locate(json.Span, element);
}
