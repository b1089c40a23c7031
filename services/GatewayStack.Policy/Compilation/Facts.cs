using GatewayStack.Contracts.Policy;

namespace GatewayStack.Policy.Compilation;

/// <summary>What one rule sees when it is asked about one target.</summary>
internal readonly record struct Facts(PolicyQuestion Question, PolicyTarget Target, bool AllowUnscanned);
