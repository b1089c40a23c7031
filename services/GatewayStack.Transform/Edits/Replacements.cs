using GatewayStack.Contracts.Transform;

namespace GatewayStack.Transform.Edits;

/// <summary>What stands in place of values, in one request or one answer: the same value has the same replacement, another value another one.</summary>
/// <remarks>Belongs to one request: not safe for concurrent use.</remarks>
/// <param name="actions">What is done with each type.</param>
/// <param name="tokens">Makes pseudonyms and hashes; null where redaction stands for both.</param>
/// <param name="numbered">False in answers: a number of theirs would be taken for the request's.</param>
internal sealed class Replacements(ContentActions actions, ContentTokens? tokens = null, bool numbered = true)
{
    private readonly Dictionary<(string Type, string Value), string> _numbered = [];
    private readonly Dictionary<(ContentAction Action, string Value), string> _types = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    /// <summary>What is done with each type.</summary>
    public ContentActions Actions { get; } = actions;

    /// <summary>The replacement of a value; null where it stays as it is.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="value">The value as people read it, without the escapes of its container.</param>
    public string? For(string type, string value) => Actions.For(type) switch
    {
        null or ContentAction.Allow or ContentAction.Detect => null,
        ContentAction.Mask => Masked(value),
        ContentAction.Hash when tokens is not null => tokens.Hash(type, value),
        ContentAction.Pseudonymise when tokens is not null => tokens.Pseudonymise(First(ContentAction.Pseudonymise, type, value), value, keepForm: false),
        ContentAction.PseudonymiseFormat when tokens is not null => tokens.Pseudonymise(First(ContentAction.PseudonymiseFormat, type, value), value, keepForm: true),
        _ => Numbered(numbered ? First(ContentAction.Redact, type, value) : type, value),
    };

    /// <summary>
    /// The type a value was first seen with: what stands round it may make another of it elsewhere, and a model should not take one for two. A conversation comes again
    /// from its beginning, so its first is always the same.
    /// </summary>
    private string First(ContentAction action, string type, string value)
    {
        if (_types.TryGetValue((action, value), out var first))
        {
            return first;
        }

        return _types[(action, value)] = type;
    }

    /// <summary>What stands where an action is not possible, or nothing else is known of a value.</summary>
    private string Numbered(string type, string value)
    {
        if (!numbered)
        {
            return Placeholder.For(type);
        }

        if (_numbered.TryGetValue((type, value), out var known))
        {
            return known;
        }

        var number = _numbers.GetValueOrDefault(type) + 1;
        _numbers[type] = number;
        return _numbered[(type, value)] = Placeholder.For(type, number);
    }

    /// <summary>The last four characters stay, at most a third of them, one less where they begin with the first letter of a word, and what separates groups.</summary>
    private static string Masked(string value)
    {
        var kept = value.Length - Math.Min(4, value.Length / 3);
        if (kept < value.Length && kept > 0 && char.IsLetter(value[kept]) && !char.IsLetterOrDigit(value[kept - 1]))
        {
            // A whole word: of a name that is too much.
            kept++;
        }

        if (kept < value.Length && char.IsLowSurrogate(value[kept]))
        {
            kept++;
        }

        return string.Create(value.Length, (value, kept), static (masked, state) =>
        {
            for (var i = 0; i < masked.Length; i++)
            {
                var c = state.value[i];
                masked[i] = i >= state.kept || c is ' ' or '-' or '.' or '@' or '/' or ':' ? c : '*';
            }
        });
    }
}
