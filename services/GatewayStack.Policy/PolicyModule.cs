using System.Collections.Immutable;
using GatewayStack.Contracts.Policy;
using GatewayStack.Documents;
using GatewayStack.Policy.Compilation;
using GatewayStack.Policy.Evaluation;

namespace GatewayStack.Policy;

/// <summary>Decides in this process, on the policy in force when a call begins.</summary>
internal sealed class PolicyModule(IDocumentStore<PolicySnapshot> policies, PolicyMetrics metrics) : IPolicyModule
{
    public Task<PolicyDecision> DecideAsync(PolicyQuestion question, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfStale();
        return Task.FromResult(Decide(policies.Current, question));
    }

    public Task<ImmutableArray<PolicyDecision>> DecideManyAsync(ImmutableArray<PolicyQuestion> questions, CancellationToken cancellationToken)
    {
        ThrowIfStale();
        var policy = policies.Current;
        var decisions = ImmutableArray.CreateBuilder<PolicyDecision>(questions.Length);
        foreach (var question in questions)
        {
            cancellationToken.ThrowIfCancellationRequested();
            decisions.Add(Decide(policy, question));
        }

        return Task.FromResult(decisions.MoveToImmutable());
    }

    public Task<ToolRules> DescribeToolsAsync(ToolRulesQuestion question, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfStale();
        var policy = policies.Current;
        var describer = new ToolDescriber(policy.Value, question.Server);
        return Task.FromResult(new ToolRules
        {
            Tools = [.. question.Tools.Select(describer.Describe)],
            WithoutTool = describer.WithoutTool(question.Tools),
            PolicyRevision = policy.Revision,
        });
    }

    /// <summary>A policy that may have been withdrawn long ago decides nothing: the pipeline denies what Policy does not answer.</summary>
    private void ThrowIfStale()
    {
        if (policies.IsStale)
        {
            throw new InvalidOperationException("The policy is stale: its database has been away for longer than Documents:MaxStaleness.");
        }
    }

    private PolicyDecision Decide(DocumentVersion<PolicySnapshot> policy, PolicyQuestion question)
    {
        var evaluator = new PolicyEvaluator(policy.Value, policy.Revision, question);
        var decision = evaluator.Decide();
        metrics.Decided(decision);
        metrics.AllowRulesFailed(evaluator.AllowErrors);
        return decision;
    }
}
