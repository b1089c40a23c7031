using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using GatewayStack.Documents.Json;

namespace GatewayStack.Documents.Reading;

/// <summary>One value of a document with its place. Readers note what is wrong and go on, so that a document's errors are all found at once.</summary>
/// <remarks>Not safe for concurrent use; lives as long as one compilation.</remarks>
public sealed class DocumentNode
{
    /// <summary>The most errors that are noted: a hostile document could have millions.</summary>
    public const int MaxErrors = 200;

    private readonly JsonElement _element;
    private readonly ImmutableArray<DocumentError>.Builder _errors;

    private DocumentNode(JsonElement element, string pointer, ImmutableArray<DocumentError>.Builder errors)
    {
        _element = element;
        _errors = errors;
        Pointer = pointer;
    }

    /// <summary>JSON pointer of the value.</summary>
    public string Pointer { get; }

    /// <summary>What the value is.</summary>
    public JsonValueKind Kind => _element.ValueKind;

    /// <summary>The value's own text as it stands in the JSON.</summary>
    public string RawText => _element.GetRawText();

    /// <summary>The root of a document.</summary>
    /// <param name="root">The root value.</param>
    /// <param name="errors">Where errors are noted.</param>
    public static DocumentNode Root(JsonElement root, ImmutableArray<DocumentError>.Builder errors) => new(root, string.Empty, errors);

    private bool IsFull => _errors.Count >= MaxErrors;

    /// <summary>Notes that something is wrong here.</summary>
    public void Error(string message)
    {
        if (!IsFull)
        {
            _errors.Add(new DocumentError(Pointer, message));
        }
    }

    /// <summary>Notes every member that is not one of these, and whether the value is an object at all.</summary>
    /// <returns>True when the value is an object.</returns>
    public bool ExpectObject(params ReadOnlySpan<string> names)
    {
        if (Kind != JsonValueKind.Object)
        {
            Error("must be an object");
            return false;
        }

        foreach (var member in _element.EnumerateObject())
        {
            if (!IsFull && !names.Contains(member.Name))
            {
                Child(member).Error($"is unknown: use one of {string.Join(", ", names)}");
            }
        }

        return true;
    }

    /// <summary>A member; null when it is missing, null, or the value is no object.</summary>
    public DocumentNode? Member(string name) =>
        Kind == JsonValueKind.Object && _element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? new DocumentNode(value, $"{Pointer}/{JsonPointer.Escape(name)}", _errors)
            : null;

    /// <summary>A member that must be there; its absence is noted.</summary>
    public DocumentNode? Required(string name)
    {
        var member = Member(name);
        if (member is null)
        {
            Error($"needs {name}");
        }

        return member;
    }

    /// <summary>All members with their names; none when the value is no object.</summary>
    public IEnumerable<(string Name, DocumentNode Value)> Members()
    {
        if (Kind == JsonValueKind.Object)
        {
            foreach (var member in _element.EnumerateObject())
            {
                yield return (member.Name, Child(member));
            }
        }
    }

    /// <summary>All items; none, with an error, when the value is no list.</summary>
    public IEnumerable<DocumentNode> Items()
    {
        if (Kind != JsonValueKind.Array)
        {
            Error("must be a list");
            yield break;
        }

        var index = 0;
        foreach (var item in _element.EnumerateArray())
        {
            yield return new DocumentNode(item, $"{Pointer}/{index.ToString(CultureInfo.InvariantCulture)}", _errors);
            index++;
        }
    }

    /// <summary>A text that is not blank; null, with an error, when it is anything else.</summary>
    public string? Text()
    {
        if (Kind == JsonValueKind.String && _element.GetString() is { } text && !string.IsNullOrWhiteSpace(text))
        {
            return text;
        }

        Error(Kind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False ? "must be a text: put it in quotes" : "must be a text that is not blank");
        return null;
    }

    /// <summary>An integer; null, with an error, when it is anything else or out of bounds.</summary>
    public long? Integer(long minimum = long.MinValue, long maximum = long.MaxValue)
    {
        if (Kind == JsonValueKind.Number && _element.TryGetInt64(out var value) && value >= minimum && value <= maximum)
        {
            return value;
        }

        Error((minimum, maximum) switch
        {
            (long.MinValue, long.MaxValue) => "must be an integer",
            (_, long.MaxValue) => $"must be an integer of at least {minimum}",
            _ => $"must be an integer from {minimum} to {maximum}",
        });
        return null;
    }

    /// <summary>A number, also one written as text (YAML keeps decimals as text); null, with an error, when it is anything else.</summary>
    public double? Number()
    {
        if (Kind == JsonValueKind.Number && _element.TryGetDouble(out var value))
        {
            return value;
        }

        if (Kind == JsonValueKind.String
            && double.TryParse(_element.GetString(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value))
        {
            return value;
        }

        Error("must be a number");
        return null;
    }

    /// <summary>True or false; null, with an error, when it is anything else.</summary>
    public bool? Boolean()
    {
        if (Kind is JsonValueKind.True or JsonValueKind.False)
        {
            return Kind == JsonValueKind.True;
        }

        Error("must be true or false");
        return null;
    }

    /// <summary>A list of texts, at least one and each once; what is wrong is noted.</summary>
    public ImmutableArray<string> Texts()
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var any = false;
        foreach (var item in Items())
        {
            any = true;
            if (item.Text() is { } text)
            {
                if (!seen.Add(text))
                {
                    item.Error("stands here twice: remove one");
                }

                texts.Add(text);
            }
        }

        if (!any && Kind == JsonValueKind.Array)
        {
            Error("is empty: name at least one, or leave it out");
        }

        return texts.ToImmutable();
    }

    private DocumentNode Child(JsonProperty member) => new(member.Value, $"{Pointer}/{JsonPointer.Escape(member.Name)}", _errors);
}
