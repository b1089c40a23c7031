using System.Collections.Immutable;
using GatewayStack.Contracts.Identity;

namespace GatewayStack.Identity.Credentials;

/// <summary>The one credential of a request.</summary>
/// <param name="Value">As it was presented. A secret: never logged.</param>
/// <param name="Signed">Its structure, where it is a signed token; null for anything else.</param>
/// <param name="StructureProblem">Why it is none.</param>
/// <param name="Backend">The backend that presented it, its own credential already verified.</param>
/// <param name="Audiences">What the resource that is asked for is called; empty where the gateway itself is.</param>
/// <param name="Source">Where the call came from, for fairness alone.</param>
internal sealed record PresentedToken(string Value, CompactToken? Signed, string? StructureProblem, CallingBackend? Backend, ImmutableArray<string> Audiences, string? Source)
{
    /// <summary>Leaves the credential out.</summary>
    public override string ToString() => StructureProblem ?? "credential";
}
