using System.Collections.Immutable;
using GatewayStack.Contracts.Policy;

namespace GatewayStack.Policy.Compilation;

/// <summary>What must be done if a target is used. Merging is commutative, associative and idempotent: the strictest of every kind wins.</summary>
/// <param name="RedactAll">Redact every type found.</param>
/// <param name="Redact">Types to redact, sorted; empty when all or none are.</param>
/// <param name="MaxTokens">The highest number of output tokens.</param>
internal sealed record Obligations(bool RedactAll, ImmutableSortedSet<string> Redact, long? MaxTokens)
{
    public static Obligations None { get; } = new(RedactAll: false, ImmutableSortedSet.Create<string>(StringComparer.Ordinal), MaxTokens: null);

    public bool Redacts => RedactAll || !Redact.IsEmpty;

    public bool IsEmpty => !Redacts && MaxTokens is null;

    public Obligations With(Obligations other)
    {
        if (other.IsEmpty)
        {
            return this;
        }

        var all = RedactAll || other.RedactAll;
        var tokens = MaxTokens is { } mine && other.MaxTokens is { } theirs ? Math.Min(mine, theirs) : MaxTokens ?? other.MaxTokens;
        return new Obligations(all, all ? None.Redact : Redact.Union(other.Redact), tokens);
    }

    public ImmutableArray<Obligation> ToContract()
    {
        var list = ImmutableArray.CreateBuilder<Obligation>(2);
        if (Redacts)
        {
            list.Add(new Obligation { Kind = ObligationKind.Redact, Types = [.. Redact] });
        }

        if (MaxTokens is { } tokens)
        {
            list.Add(new Obligation { Kind = ObligationKind.LowerMaxTokens, Value = tokens });
        }

        return list.ToImmutable();
    }
}
