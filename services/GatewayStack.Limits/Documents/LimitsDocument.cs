using System.Collections.Immutable;

namespace GatewayStack.Limits.Documents;

/// <summary>A compiled <c>gateway.limits/v1</c> document. Every limit that includes a request applies to it.</summary>
internal sealed record LimitsDocument(ImmutableArray<LimitRule> Limits);
