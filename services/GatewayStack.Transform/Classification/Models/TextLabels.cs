using System.Collections.Immutable;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Transform.Classification.Models;

/// <summary>What the models say about a text: facts for policies, no verdict.</summary>
internal sealed record TextLabels
{
    /// <summary>The labels whose probability reaches <see cref="ContentModels.Threshold"/>, the two injection labels among them.</summary>
    public required ImmutableArray<ContentLabel> Labels { get; init; }

    /// <summary>What the text as a whole is about; empty when that is nothing in particular.</summary>
    public required ImmutableArray<ContentLabel> Topics { get; init; }

    /// <summary>Probability that a person tries to override the assistant's instructions; 0 where the origin is not asked about it.</summary>
    public double Override { get; init; }

    /// <summary>Probability that data makes a request to an assistant; 0 where the origin is not asked about it.</summary>
    public double DataRequest { get; init; }
}
