using System.Collections.Immutable;
using GatewayStack.Contracts.Policy;
using GatewayStack.Wire.Common;
using Grpc.Core;

namespace GatewayStack.Wire.Policy;

/// <summary>Exposes this process's <see cref="IPolicyModule"/>. The caller's deadline and cancellation are the module's.</summary>
internal sealed class PolicyService(IPolicyModule policy) : V1.PolicyModule.PolicyModuleBase
{
    public override async Task<V1.PolicyDecision> Decide(V1.PolicyQuestion request, ServerCallContext context) =>
        PolicyMapper.ToMessage(await policy.DecideAsync(Read(request), context.CancellationToken));

    public override async Task<V1.PolicyDecisions> DecideMany(V1.PolicyQuestions request, ServerCallContext context)
    {
        ImmutableArray<PolicyQuestion> questions = [.. request.Questions.Select(Read)];
        var decisions = await policy.DecideManyAsync(questions, context.CancellationToken);
        return new V1.PolicyDecisions { Decisions = { decisions.Select(PolicyMapper.ToMessage) } };
    }

    public override async Task<V1.ToolRules> DescribeTools(V1.ToolRulesQuestion request, ServerCallContext context) =>
        PolicyMapper.ToMessage(await policy.DescribeToolsAsync(PolicyMapper.ToRecord(request), context.CancellationToken));

    private static PolicyQuestion Read(V1.PolicyQuestion message) =>
        PolicyMapper.ToRecord(message).OrThrow("The question does not say who asks, or when.");
}
