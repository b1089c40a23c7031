using System.Collections.Immutable;
using GatewayStack.Contracts.Policy;
using GatewayStack.Wire.Channels;
using Grpc.Core;

namespace GatewayStack.Wire.Policy;

/// <summary>Asks the policy service. Cancellation, and with it the stage's deadline, travels with the call; nothing is repeated here.</summary>
internal sealed class PolicyClient : IPolicyModule
{
    private readonly ModuleCaller _policy;
    private readonly Func<V1.PolicyQuestion, CallOptions, AsyncUnaryCall<V1.PolicyDecision>> _decide;
    private readonly Func<V1.PolicyQuestions, CallOptions, AsyncUnaryCall<V1.PolicyDecisions>> _decideMany;
    private readonly Func<V1.ToolRulesQuestion, CallOptions, AsyncUnaryCall<V1.ToolRules>> _describeTools;

    public PolicyClient(ModuleCaller policy)
    {
        var client = new V1.PolicyModule.PolicyModuleClient(policy.Invoker);
        (_policy, _decide, _decideMany, _describeTools) = (policy, client.DecideAsync, client.DecideManyAsync, client.DescribeToolsAsync);
    }

    public async Task<PolicyDecision> DecideAsync(PolicyQuestion question, CancellationToken cancellationToken) =>
        PolicyMapper.ToRecord(await _policy.AskAsync(_decide, PolicyMapper.ToMessage(question), question.Assertion, cancellationToken));

    /// <remarks>The questions of one call are one caller's.</remarks>
    public async Task<ImmutableArray<PolicyDecision>> DecideManyAsync(ImmutableArray<PolicyQuestion> questions, CancellationToken cancellationToken)
    {
        if (questions.IsEmpty)
        {
            return [];
        }

        var message = new V1.PolicyQuestions { Questions = { questions.Select(PolicyMapper.ToMessage) } };
        return PolicyMapper.ToRecords(await _policy.AskAsync(_decideMany, message, questions[0].Assertion, cancellationToken), questions.Length);
    }

    public async Task<ToolRules> DescribeToolsAsync(ToolRulesQuestion question, CancellationToken cancellationToken) =>
        PolicyMapper.ToRecord(await _policy.AskAsync(_describeTools, PolicyMapper.ToMessage(question), assertion: null, cancellationToken), question);
}
