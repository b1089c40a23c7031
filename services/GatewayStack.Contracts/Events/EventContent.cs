using System.Collections.Immutable;

namespace GatewayStack.Contracts.Events;

/// <summary>Facts about content, as recorded.</summary>
public sealed record EventContent
{
    /// <summary><c>complete</c>, <c>unavailable</c> or <c>off</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Types found.</summary>
    public ImmutableArray<string> Types { get; init; } = [];

    /// <summary>Labels found.</summary>
    public ImmutableArray<string> Labels { get; init; } = [];

    /// <summary>Risk score in ten-thousandths.</summary>
    public int Risk { get; init; }

    /// <summary>Number of parts that were not scanned.</summary>
    public int Unscanned { get; init; }

    /// <summary>Number of findings that were changed in the request: redacted, masked, hashed or replaced by pseudonyms.</summary>
    public int Redactions { get; init; }

    /// <summary>Number of findings that were changed in the answer.</summary>
    public int AnswerMasked { get; init; }

    /// <summary>Number of pseudonyms that were put back in the answer.</summary>
    public int AnswerRestored { get; init; }
}
