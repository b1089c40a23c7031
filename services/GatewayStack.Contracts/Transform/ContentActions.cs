using System.Collections.Immutable;

namespace GatewayStack.Contracts.Transform;

/// <summary>What is done with something that was found.</summary>
public enum ContentAction
{
    /// <summary>Not said, or not known to this version: refused.</summary>
    Unspecified = 0,

    /// <summary>It stays as it is.</summary>
    Allow = 1,

    /// <summary>It stays as it is, and is recorded like everything found.</summary>
    Detect = 2,

    /// <summary>Its type and a number stand in its place (<c>[EMAIL_1]</c>): the same value has the same number within a request.</summary>
    Redact = 3,

    /// <summary>
    /// Its characters are starred but the last four, at most a third of them, and one less where they begin with the first letter of a word: <c>************1111</c>.
    /// </summary>
    Mask = 4,

    /// <summary>A keyed hash stands in its place (<c>[EMAIL#qmkxdwztrplb]</c>): the same value has the same hash in all requests of a tenant.</summary>
    Hash = 5,

    /// <summary>A pseudonym stands in its place (<c>EMAIL_QMKXDWZTRPLB</c>), the person's own for this value in every request; it is put back in the answer.</summary>
    Pseudonymise = 6,

    /// <summary>As <see cref="Pseudonymise"/>, but of the same form: digits for digits, letters for letters, an address for an address.</summary>
    PseudonymiseFormat = 7,

    /// <summary>The request is refused; an answer ends.</summary>
    Block = 8,
}

/// <summary>What is done with one type.</summary>
public sealed record TypeAction
{
    /// <summary>Stands for every type that no other entry names.</summary>
    public const string AnyType = "*";

    /// <summary>Before the name of a label of the whole text: <c>label:harmful</c>. Only in answers, and only <see cref="ContentAction.Block"/> does something there.</summary>
    public const string LabelPrefix = "label:";

    /// <summary>The type, such as <c>EMAIL</c>, <see cref="AnyType"/>, or a label behind <see cref="LabelPrefix"/>.</summary>
    public required string Type { get; init; }

    /// <summary>What is done with it.</summary>
    public required ContentAction Action { get; init; }
}

/// <summary>What is done with each type: the entry that names it, else the one for any type, else nothing.</summary>
/// <remarks>Merging is commutative, associative and idempotent: for each type the stricter action holds. Immutable.</remarks>
public sealed class ContentActions
{
    private readonly ImmutableSortedDictionary<string, ContentAction> _named;

    private ContentActions(ImmutableSortedDictionary<string, ContentAction> named, ContentAction? rest) => (_named, Rest) = (named, rest);

    /// <summary>Nothing is done.</summary>
    public static ContentActions None { get; } = new(ImmutableSortedDictionary.Create<string, ContentAction>(StringComparer.Ordinal), rest: null);

    /// <summary>What is done with a type that is not named; null for nothing.</summary>
    public ContentAction? Rest { get; }

    /// <summary>The types that are named.</summary>
    public IEnumerable<string> Named => _named.Keys;

    /// <summary>True where nothing is said of any type.</summary>
    public bool IsEmpty => Rest is null && _named.IsEmpty;

    /// <summary>The labels that block a text, sorted ordinally.</summary>
    public ImmutableArray<string> BlockedLabels => [.. _named.Where(n => IsLabel(n.Key)
        && n.Value is not (ContentAction.Allow or ContentAction.Detect)).Select(n => n.Key[TypeAction.LabelPrefix.Length..])];

    /// <summary>These, without what is said of labels.</summary>
    public ContentActions WithoutLabels() => _named.Keys.Any(IsLabel) ? new ContentActions(_named.RemoveRange(_named.Keys.Where(IsLabel)), Rest) : this;

    /// <summary>True where no type is ever changed, and no label blocks.</summary>
    public bool ChangesNothing => !Changes(Rest) && _named.Values.All(a => !Changes(a));

    /// <summary>True where some type, or a label, ends a text.</summary>
    public bool Blocks => Rest == ContentAction.Block || !BlockedLabels.IsEmpty || _named.Values.Any(a => a == ContentAction.Block);

    /// <summary>True where some type is replaced by something else, and does not only end a text.</summary>
    public bool Replaces => IsReplaced(Rest) || _named.Values.Any(a => IsReplaced(a));

    /// <summary>Reads entries; of two for one type the stricter holds.</summary>
    public static ContentActions Of(IEnumerable<TypeAction> entries)
    {
        var named = None._named.ToBuilder();
        ContentAction? rest = null;
        foreach (var entry in entries)
        {
            if (string.Equals(entry.Type, TypeAction.AnyType, StringComparison.Ordinal))
            {
                rest = Stricter(rest, entry.Action);
            }
            else
            {
                named[entry.Type] = named.TryGetValue(entry.Type, out var other) ? Stricter(other, entry.Action)!.Value : entry.Action;
            }
        }

        return new ContentActions(named.ToImmutable(), rest);
    }

    /// <summary>What is done with a type; null for nothing. A label is no type: what holds for any type says nothing of it.</summary>
    public ContentAction? For(string type) => _named.TryGetValue(type, out var action) ? action : IsLabel(type) ? null : Rest;

    /// <summary>What is done with a finding: of all that it covers, the strictest holds for the whole of it; null for nothing.</summary>
    public ContentAction? For(Finding finding) => For(TypeOf(finding));

    /// <summary>The type by which a finding is treated: that of the strictest action, and of two the more certain.</summary>
    public string TypeOf(Finding finding)
    {
        var type = finding.Type;
        foreach (var other in finding.Also)
        {
            type = Rank(For(other.Type)) > Rank(For(type)) ? other.Type : type;
        }

        return type;
    }

    /// <summary>True where a finding of a type does not stay as it is.</summary>
    public bool Changes(string type) => Changes(For(type));

    /// <summary>True where a finding does not stay as it is.</summary>
    public bool Changes(Finding finding) => Changes(For(finding));

    /// <summary>Both: for each type the stricter of the two.</summary>
    public ContentActions With(ContentActions other)
    {
        var named = None._named.ToBuilder();
        foreach (var type in _named.Keys.Union(other._named.Keys, StringComparer.Ordinal))
        {
            if (Stricter(For(type), other.For(type)) is { } action)
            {
                named[type] = action;
            }
        }

        return new ContentActions(named.ToImmutable(), Stricter(Rest, other.Rest));
    }

    /// <summary>These, and <paramref name="other"/> for what they do not name.</summary>
    public ContentActions Over(ContentActions other)
    {
        var named = other._named.ToBuilder();
        foreach (var (type, action) in _named)
        {
            named[type] = action;
        }

        return new ContentActions(named.ToImmutable(), Rest ?? other.Rest);
    }

    /// <summary>These, and what <paramref name="other"/> says of labels that these do not name.</summary>
    public ContentActions WithLabelsOf(ContentActions other) => other._named.Keys.Any(IsLabel)
        ? new ContentActions(other._named.Where(n => IsLabel(n.Key) && !_named.ContainsKey(n.Key)).Aggregate(_named, (named, label) => named.Add(label.Key, label.Value)), Rest)
        : this;

    /// <summary>As entries, sorted by type, the one for any type first.</summary>
    public ImmutableArray<TypeAction> ToEntries()
    {
        var entries = ImmutableArray.CreateBuilder<TypeAction>(_named.Count + 1);
        if (Rest is { } rest)
        {
            entries.Add(new TypeAction { Type = TypeAction.AnyType, Action = rest });
        }

        entries.AddRange(_named.Select(n => new TypeAction { Type = n.Key, Action = n.Value }));
        return entries.ToImmutable();
    }

    /// <summary>The stricter of two actions: what is not known, then block, redact, pseudonymise, hash, mask, detect, allow, nothing.</summary>
    public static ContentAction? Stricter(ContentAction? one, ContentAction? other) => Rank(one) >= Rank(other) ? one : other;

    private static bool IsLabel(string type) => type.StartsWith(TypeAction.LabelPrefix, StringComparison.Ordinal);

    private static bool Changes(ContentAction? action) => action is not (null or ContentAction.Allow or ContentAction.Detect);

    private static bool IsReplaced(ContentAction? action) => Changes(action) && action != ContentAction.Block;

    // A pseudonym tells less than a hash that all requests share, and a hash less than the value's last digits.
    private static int Rank(ContentAction? action) => action switch
    {
        null => 0,
        ContentAction.Allow => 1,
        ContentAction.Detect => 2,
        ContentAction.Mask => 3,
        ContentAction.Hash => 4,
        ContentAction.PseudonymiseFormat => 5,
        ContentAction.Pseudonymise => 6,
        ContentAction.Redact => 7,
        ContentAction.Block => 8,
        _ => 9,
    };
}
