using System.Collections.Immutable;
using GatewayStack.Contracts.Transform;
using GatewayStack.Documents.Reading;
using GatewayStack.Policy.Compilation;

namespace GatewayStack.Policy.Documents;

/// <summary>Judges the types, labels and topics that a policy names: a rule about a name that nothing has would do nothing, without a word.</summary>
/// <remarks>Not safe for concurrent use; lives as long as one compilation.</remarks>
internal sealed class NamedContent(ContentNames names)
{
    private readonly SortedSet<string> _unfound = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Kind, string Name), NameVerdict> _judged = [];

    /// <summary>Names that nothing built in has: rows of the operator's must, and whether they do is not known here.</summary>
    public ImmutableArray<string> Unfound => [.. _unfound];

    /// <summary>False, with an error, where the name of a type is wrong.</summary>
    public bool IsType(DocumentNode node, string name) => Judge(node, "types", name);

    /// <summary>Notes what is wrong with a value that an attribute is asked for; only those of content have names that are known.</summary>
    public void Check(DocumentNode node, PolicyAttribute attribute, string name)
    {
        if (attribute.Name.StartsWith("content.", StringComparison.Ordinal) && attribute.Name[(attribute.Name.LastIndexOf('.') + 1)..] is "types" or "labels" or "topics")
        {
            Judge(node, attribute.Name[(attribute.Name.LastIndexOf('.') + 1)..], name);
        }
    }

    private bool Judge(DocumentNode node, string kind, string name)
    {
        if (!_judged.TryGetValue((kind, name), out var verdict))
        {
            _judged[(kind, name)] = verdict = kind switch
            {
                "types" => names.OfType(name),
                "labels" => names.OfLabel(name),
                _ => names.OfTopic(name),
            };
        }

        switch (verdict.Standing)
        {
            case NameStanding.Misspelt:
                node.Error($"has {name}: did you mean {verdict.Meant}? If it is one of your own, this process needs its row of Transform:Recognizers as well");
                return false;
            case NameStanding.Unknown:
                node.Error($"has {name}, which nothing finds: use a built-in name, or give it a row of its own in Transform:Recognizers");
                return false;
            case NameStanding.Unfound:
                _unfound.Add(name);
                return true;
            default:
                return true;
        }
    }
}
