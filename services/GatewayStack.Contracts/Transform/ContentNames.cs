using System.Collections.Frozen;

namespace GatewayStack.Contracts.Transform;

/// <summary>What becomes of a name that stands in settings or in a policy.</summary>
public enum NameStanding
{
    /// <summary>Nothing was asked.</summary>
    Unspecified = 0,

    /// <summary>Something is found by this name.</summary>
    Known = 1,

    /// <summary>It is not known, and so near to one that is that it must be meant: an error.</summary>
    Misspelt = 2,

    /// <summary>It is not known, and all names are: an error.</summary>
    Unknown = 3,

    /// <summary>Nothing built in has it, and what the operator's rows have is not known here: worth a warning.</summary>
    Unfound = 4,
}

/// <summary>What is to be said of a name.</summary>
/// <param name="Standing">What becomes of it.</param>
/// <param name="Meant">The known name that it resembles.</param>
public readonly record struct NameVerdict(NameStanding Standing, string? Meant = null);

/// <summary>The types, labels and topics that can be found: what settings and policies may name. A rule about a name that nothing has would silently do nothing.</summary>
/// <remarks>Immutable. A process with the content module registers one that has the operator's names; whoever finds none uses <see cref="Beside"/>.</remarks>
public sealed class ContentNames
{
    private readonly FrozenSet<string> _types;
    private readonly FrozenSet<string> _labels;
    private readonly FrozenSet<string> _topics = ContentLabels.Topics.ToFrozenSet(StringComparer.Ordinal);
    private readonly bool _isWhole;

    private ContentNames(IEnumerable<string> types, IEnumerable<string> labels, bool isWhole)
    {
        _types = EntityTypes.All.Concat(types).ToFrozenSet(StringComparer.Ordinal);
        _labels = ContentLabels.All.Concat(labels).ToFrozenSet(StringComparer.Ordinal);
        _isWhole = isWhole;
    }

    /// <summary>What is built in; the operator may have others somewhere else.</summary>
    public static ContentNames BuiltIn { get; } = new([], [], isWhole: false);

    /// <summary>Where the operator's rows stand in settings.</summary>
    public const string Section = "Transform:Recognizers";

    /// <summary>What is built in, and the operator's rows that a process without the content module can see in its settings; there may be others somewhere else.</summary>
    /// <param name="rows">The values below <see cref="Section"/>, with keys such as <c>0:Name</c>.</param>
    public static ContentNames Beside(IEnumerable<KeyValuePair<string, string?>> rows)
    {
        List<string> types = [];
        List<string> labels = [];
        foreach (var (key, value) in rows)
        {
            if (value is not null && key.EndsWith(":Name", StringComparison.OrdinalIgnoreCase))
            {
                types.Add(value.ToUpperInvariant());
            }
            else if (value is not null && key.EndsWith(":Label", StringComparison.OrdinalIgnoreCase))
            {
                labels.Add(value);
            }
        }

        return types.Count + labels.Count == 0 ? BuiltIn : new(types, labels, isWhole: false);
    }

    /// <summary>What is built in, and these: there are no others.</summary>
    /// <param name="types">Types of the operator's own.</param>
    /// <param name="labels">Labels of the operator's own.</param>
    public static ContentNames With(IEnumerable<string> types, IEnumerable<string> labels) => new(types, labels, isWhole: true);

    /// <summary>Judges the name of a type.</summary>
    public NameVerdict OfType(string name) => Judge(name, _types, _isWhole);

    /// <summary>Judges the name of a label.</summary>
    public NameVerdict OfLabel(string name) => Judge(name, _labels, _isWhole);

    /// <summary>Judges the name of a topic: no row of the operator's gives one.</summary>
    public NameVerdict OfTopic(string name) => Judge(name, _topics, isWhole: true);

    private static NameVerdict Judge(string name, FrozenSet<string> known, bool isWhole) =>
        known.Contains(name) ? new NameVerdict(NameStanding.Known)
        : NearNames.Find(name, known) is { } meant ? new NameVerdict(NameStanding.Misspelt, meant)
        : new NameVerdict(isWhole ? NameStanding.Unknown : NameStanding.Unfound);
}
