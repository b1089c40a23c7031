using System.Collections.Immutable;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Policy.Compilation;

/// <summary>What must be done if a target is used. Merging is commutative, associative and idempotent: the strictest of every kind wins.</summary>
/// <param name="Content">What is done with each type that is found.</param>
/// <param name="MaxTokens">The highest number of output tokens.</param>
internal sealed record Obligations(ContentActions Content, long? MaxTokens)
{
    private static readonly ImmutableArray<(ContentAction Action, ObligationKind Kind)> Kinds =
    [
        (ContentAction.Redact, ObligationKind.Redact),
        (ContentAction.Mask, ObligationKind.Mask),
        (ContentAction.Hash, ObligationKind.Hash),
        (ContentAction.Pseudonymise, ObligationKind.Pseudonymise),
        (ContentAction.PseudonymiseFormat, ObligationKind.PseudonymiseFormat),
        (ContentAction.Block, ObligationKind.Block),
    ];

    public static Obligations None { get; } = new(ContentActions.None, MaxTokens: null);

    /// <summary>True where findings must be changed, or keep the request from going out.</summary>
    public bool Redacts => !Content.ChangesNothing;

    public bool IsEmpty => !Redacts && MaxTokens is null;

    public Obligations With(Obligations other)
    {
        if (other.Content.IsEmpty && other.MaxTokens is null)
        {
            return this;
        }

        var tokens = MaxTokens is { } mine && other.MaxTokens is { } theirs ? Math.Min(mine, theirs) : MaxTokens ?? other.MaxTokens;
        return new Obligations(Content.With(other.Content), tokens);
    }

    public ImmutableArray<Obligation> ToContract()
    {
        var list = ImmutableArray.CreateBuilder<Obligation>();
        foreach (var (action, kind) in Kinds)
        {
            if (Content.Rest == action)
            {
                list.Add(new Obligation { Kind = kind });
            }

            // What the rest is done with anyhow need not be named.
            var types = Content.Named.Where(t => Content.For(t) == action && Content.Rest != action).ToImmutableArray();
            if (!types.IsEmpty)
            {
                list.Add(new Obligation { Kind = kind, Types = types });
            }
        }

        if (MaxTokens is { } tokens)
        {
            list.Add(new Obligation { Kind = ObligationKind.LowerMaxTokens, Value = tokens });
        }

        return list.ToImmutable();
    }
}
