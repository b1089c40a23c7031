using System.Collections.Frozen;
using System.Collections.Immutable;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Router.Routing;

/// <summary>One row of settings: what is done with some types, for some tenants.</summary>
/// <param name="Types">The types; <see cref="TypeAction.AnyType"/> for every type that no row names.</param>
/// <param name="Action">What is done.</param>
/// <param name="Tenants">The tenants; empty for all.</param>
internal sealed record ContentRow(ImmutableArray<string> Types, ContentAction Action, ImmutableArray<string> Tenants);

/// <summary>Rows of settings of one place. A tenant's own rows stand over those for all.</summary>
internal sealed class ContentRows
{
    private readonly ContentActions _forAll;
    private readonly FrozenDictionary<string, ContentActions> _ofTenants;

    public ContentRows(IReadOnlyCollection<ContentRow> rows)
    {
        IsEmpty = rows.Count == 0;
        _forAll = Of(rows.Where(r => r.Tenants.IsEmpty));
        _ofTenants = rows.SelectMany(r => r.Tenants).Distinct(StringComparer.Ordinal)
            .ToFrozenDictionary(t => t, t => Cover(Of(rows.Where(r => r.Tenants.Contains(t, StringComparer.Ordinal))), _forAll), StringComparer.Ordinal);
    }

    public static ContentRows None { get; } = new([]);

    public bool IsEmpty { get; }

    public ContentActions For(string tenant) => _ofTenants.TryGetValue(tenant, out var own) ? own : _forAll;

    /// <summary>
    /// What stands nearer, and what stands below for types and labels that it says nothing of: a word about any type says something of all types, and of no label.
    /// </summary>
    public static ContentActions Cover(ContentActions nearer, ContentActions below) => nearer.Rest is null ? nearer.Over(below) : nearer.WithLabelsOf(below);

    private static ContentActions Of(IEnumerable<ContentRow> rows) =>
        ContentActions.Of(rows.SelectMany(r => r.Types.Select(t => new TypeAction { Type = t, Action = r.Action })));
}

/// <summary>What is done with what is found in requests, and with what is found in answers.</summary>
internal sealed record ContentTreatments
{
    public static ContentTreatments None { get; } = new();

    public ContentRows Requests { get; init; } = ContentRows.None;

    public ContentRows Answers { get; init; } = ContentRows.None;
}
