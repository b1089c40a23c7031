using System.Collections.Immutable;
using GatewayStack.Contracts.Policy;

namespace GatewayStack.Wire.Policy;

/// <summary>Asks the policy service. Cancellation, and with it the stage's deadline, travels with the call; nothing is retried here.</summary>
/// <remarks>A failure of the call is an <see cref="Grpc.Core.RpcException"/>: whose fault it is, is the pipeline's to say.</remarks>
internal sealed class PolicyClient(V1.PolicyModule.PolicyModuleClient client) : IPolicyModule
{
    public async Task<PolicyDecision> DecideAsync(PolicyQuestion question, CancellationToken cancellationToken)
    {
        using var call = client.DecideAsync(PolicyMapper.ToMessage(question), cancellationToken: cancellationToken);
        return PolicyMapper.ToRecord(await call);
    }

    public async Task<ImmutableArray<PolicyDecision>> DecideManyAsync(ImmutableArray<PolicyQuestion> questions, CancellationToken cancellationToken)
    {
        using var call = client.DecideManyAsync(new V1.PolicyQuestions { Questions = { questions.Select(PolicyMapper.ToMessage) } }, cancellationToken: cancellationToken);
        return PolicyMapper.ToRecords(await call, questions.Length);
    }
}
