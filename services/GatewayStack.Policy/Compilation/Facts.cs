using GatewayStack.Contracts.Policy;

namespace GatewayStack.Policy.Compilation;

/// <summary>What one rule sees when it is asked about one target.</summary>
/// <param name="Question">The question.</param>
/// <param name="Target">The target.</param>
/// <param name="AllowUnscanned">Whether the rule goes by what could be scanned.</param>
/// <param name="OfNobody">True where the question is about a tool and no request: nothing but the call's own names is known.</param>
internal readonly record struct Facts(PolicyQuestion Question, PolicyTarget Target, bool AllowUnscanned, bool OfNobody = false);
