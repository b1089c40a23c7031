using System.Collections.Immutable;
using System.Text.Json;
using GatewayStack.Documents;
using GatewayStack.Documents.Json;

namespace GatewayStack.Limits.Documents;

/// <summary>An object of a document: reads its members and notes everything that is wrong, with where.</summary>
internal sealed class DocumentNode(JsonElement element, string pointer, List<DocumentError> errors)
{
    public void Error(string member, string message) => errors.Add(new DocumentError($"{pointer}/{JsonPointer.Escape(member)}", message));

    public void Error(string message) => errors.Add(new DocumentError(pointer, message));

    /// <summary>False, with an error, when this is no object; notes members that nobody knows.</summary>
    public bool IsObjectOf(params ReadOnlySpan<string> members)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            Error("must be an object");
            return false;
        }

        foreach (var member in element.EnumerateObject())
        {
            if (!members.Contains(member.Name))
            {
                Error(member.Name, $"is not known: remove it or use one of {string.Join(", ", members!)}");
            }
        }

        return true;
    }

    public JsonElement? Find(string member) => element.TryGetProperty(member, out var value) ? value : null;

    public string? Text(string member, bool required)
    {
        if (Find(member) is not { } value)
        {
            if (required)
            {
                Error(member, "is missing");
            }

            return null;
        }

        if (value.ValueKind != JsonValueKind.String || value.GetString() is not { Length: > 0 and <= 256 } text)
        {
            Error(member, "must be a text of 1 to 256 characters");
            return null;
        }

        return text;
    }

    /// <summary>One of the enumeration's names in lower case, words joined by underscores.</summary>
    public T? Choice<T>(string member)
        where T : struct, Enum
    {
        if (Text(member, required: true) is not { } text)
        {
            return null;
        }

        foreach (var value in Enum.GetValues<T>())
        {
            if (string.Equals(Lower(value), text, StringComparison.Ordinal))
            {
                return value;
            }
        }

        Error(member, $"must be one of {string.Join(", ", Enum.GetValues<T>().Select(Lower))}");
        return null;
    }

    /// <summary>A list of texts; empty when it is not there, and an error when it is there and empty.</summary>
    public ImmutableArray<string> Texts(string member)
    {
        if (Find(member) is not { } value)
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0
            || value.EnumerateArray().Any(v => v.ValueKind != JsonValueKind.String || v.GetString()!.Length == 0))
        {
            Error(member, "must be a list of one or more texts; without it nothing is narrowed");
            return [];
        }

        return [.. value.EnumerateArray().Select(v => v.GetString()!)];
    }

    public IEnumerable<DocumentNode> Items(string member, int most)
    {
        if (Find(member) is not { ValueKind: JsonValueKind.Array } value)
        {
            Error(member, "must be a list");
            return [];
        }

        if (value.GetArrayLength() > most)
        {
            Error(member, $"has more than {most} entries");
            return [];
        }

        return value.EnumerateArray().Select((v, i) => new DocumentNode(v, $"{pointer}/{JsonPointer.Escape(member)}/{i}", errors));
    }

    public DocumentNode? Object(string member) => Find(member) is { } value ? new DocumentNode(value, $"{pointer}/{JsonPointer.Escape(member)}", errors) : null;

    private static string Lower<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
