using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using GatewayStack.Transform.Evaluation.Gold;
using GatewayStack.Transform.Evaluation.Reports;

namespace GatewayStack.Transform.Evaluation.Tests.Generation;

/// <summary>Fills the slots of one text and marks what they hold.</summary>
/// <remarks>
/// <c>{{full}}</c> is a value of the first person, <c>{{2.full}}</c> of the second, <c>{{c:NAME}}</c> a credential, <c>{{#NAME}}</c> a decoy, which is not marked,
/// <c>{{TYPE=text}}</c> marks what stands there (and <c>¦</c> in it is left out, so that nothing that looks like a live credential stands in a source).
/// </remarks>
internal sealed partial class Writer(ImmutableDictionary<string, Locale> locales, SplitMix random)
{
    private readonly Dictionary<string, Persona> _persons = new(StringComparer.Ordinal);

    /// <summary>The text and its spans.</summary>
    public (string Text, ImmutableArray<Span> Spans) Write(string template, ImmutableArray<string> allowed)
    {
        var text = new StringBuilder();
        var spans = ImmutableArray.CreateBuilder<Span>();
        var at = 0;
        foreach (var match in Slot().EnumerateMatches(template))
        {
            text.Append(template, at, match.Index - at);
            var slot = template.Substring(match.Index + 2, match.Length - 4);
            var (type, value) = Fill(slot, allowed);
            if (type is not null)
            {
                spans.Add(new Span(text.Length, text.Length + value.Length, type));
            }

            text.Append(value);
            at = match.Index + match.Length;
        }

        return (text.Append(template, at, template.Length - at).ToString(), spans.ToImmutable());
    }

    [GeneratedRegex(@"\{\{(#[a-z0-9]+|([0-9]\.)?[a-z0-9]+(:[A-Za-z0-9_]+)?|[A-Z_]+=[^{}]+)\}\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Slot();

    private (string? Type, string Value) Fill(string slot, ImmutableArray<string> allowed)
    {
        if (slot[0] == '#')
        {
            return (null, Decoys.Make(slot[1..], random));
        }

        if (slot.IndexOf('=') is var sign and > 0)
        {
            return (slot[..sign], slot[(sign + 1)..].Replace("¦", string.Empty, StringComparison.Ordinal));
        }

        if (slot.StartsWith("c:", StringComparison.Ordinal))
        {
            return Credentials.Make(slot[2..], random);
        }

        var (who, what) = char.IsAsciiDigit(slot[0]) ? (slot[..1], slot[2..]) : ("1", slot);
        if (!_persons.TryGetValue(who, out var person))
        {
            var keys = allowed is ["*"] ? [.. locales.Keys.Order(StringComparer.Ordinal)] : allowed;
            _persons[who] = person = new Persona(locales[keys[random.Below(keys.Length)]], random);
        }

        return person.Of(what) ?? throw new InvalidOperationException($"there is no slot {slot}");
    }
}
