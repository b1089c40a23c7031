using GatewayStack.Contracts.Policy;

namespace GatewayStack.Policy.Compilation;

/// <summary>What one rule sees when it is asked about one target.</summary>
/// <param name="Question">The question.</param>
/// <param name="Target">The target.</param>
/// <param name="AllowUnscanned">Whether the rule goes by what could be scanned.</param>
/// <param name="OfNobody">True where the question is about a tool and no request: nothing but the call's own names is known.</param>
internal readonly record struct Facts(PolicyQuestion Question, PolicyTarget Target, bool AllowUnscanned, bool OfNobody = false)
{
    /// <summary>The same as if there were nothing but what could be looked at. Nothing is decided by it: it says why a rule could not be judged.</summary>
    public Facts WithoutUnscanned => this with { AllowUnscanned = true };
}
