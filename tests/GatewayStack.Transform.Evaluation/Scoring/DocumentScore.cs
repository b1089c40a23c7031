namespace GatewayStack.Transform.Evaluation.Scoring;

/// <summary>What a group of findings is compared by.</summary>
internal enum ScopeKind
{
    /// <summary>Everything, whatever its type.</summary>
    All = 0,

    /// <summary>A kind of document, whatever the type.</summary>
    Documents = 1,

    /// <summary>A group of types: a finding of one counts for a gold span of another.</summary>
    TypeGroup = 2,

    /// <summary>One type.</summary>
    Type = 3,
}

/// <summary>What is counted together.</summary>
internal readonly record struct Scope(ScopeKind Kind, string Name);

/// <summary>Counts of one scope in one document.</summary>
/// <param name="Modes">One for each <see cref="MatchMode"/>.</param>
/// <param name="AnyFound">Gold spans of which at least half is covered by findings of any type.</param>
/// <param name="Chars">UTF-16 units of the gold spans.</param>
/// <param name="Left">Those of them that no finding of any type covers.</param>
internal sealed record ScopeScore(Counts[] Modes, int AnyFound, long Chars, long Left);

/// <summary>What one document adds to the figures.</summary>
internal sealed record DocumentScore
{
    /// <summary>Its counts by scope.</summary>
    public required IReadOnlyDictionary<Scope, ScopeScore> Scopes { get; init; }

    /// <summary>UTF-16 units of the text.</summary>
    public required long Chars { get; init; }

    /// <summary>Units of personal data or credentials.</summary>
    public required long Personal { get; init; }

    /// <summary>Those of them that no finding covers.</summary>
    public required long Left { get; init; }

    /// <summary>Units covered that are neither.</summary>
    public required long Excess { get; init; }

    /// <summary>Whether nothing is in it.</summary>
    public required bool IsFree { get; init; }

    /// <summary>Findings that are in nothing.</summary>
    public required int Wrong { get; init; }
}
