using System.Collections.Immutable;

namespace GatewayStack.Wire.Security;

/// <summary>What a call needs of the person it is made for.</summary>
internal enum PersonProof
{
    /// <summary>It is made for nobody: the service's own credential is enough.</summary>
    None = 0,

    /// <summary>The person's internal assertion, alive.</summary>
    Alive = 1,

    /// <summary>The person's internal assertion as it was when the request began: what is settled late is still theirs.</summary>
    Late = 2,
}

/// <summary>One thing that may be called inside, and by whom.</summary>
internal sealed record CallRow
{
    /// <summary>The module that is called.</summary>
    public required string Module { get; init; }

    /// <summary>The gRPC method (<c>/package.Service/Method</c>), or the name of a route of the front door.</summary>
    public required string Call { get; init; }

    /// <summary>The services that may call it.</summary>
    public required ImmutableArray<string> Callers { get; init; }

    /// <summary>What it needs of the person.</summary>
    public PersonProof Person { get; init; }

    /// <summary>The scope the person must have.</summary>
    public string? Scope { get; init; }

    /// <summary>The purposes a caller may ask keys for; null where the call is not about keys.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>>? Purposes { get; init; }
}
