using System.Collections.Immutable;
using GatewayStack.Contracts.Policy;

namespace GatewayStack.Platform.Tests.Wire;

/// <summary>A policy module that does what a test says.</summary>
internal sealed class PolicyDouble(Func<PolicyQuestion, CancellationToken, Task<PolicyDecision>> decide) : IPolicyModule
{
    public PolicyDouble()
        : this((_, _) => Task.FromResult(Allowed("r")))
    {
    }

    public static PolicyDecision Allowed(string revision) => new() { Effect = PolicyEffect.Allow, PolicyRevision = revision };

    public Task<PolicyDecision> DecideAsync(PolicyQuestion question, CancellationToken cancellationToken) => decide(question, cancellationToken);

    public async Task<ImmutableArray<PolicyDecision>> DecideManyAsync(ImmutableArray<PolicyQuestion> questions, CancellationToken cancellationToken) =>
        [.. await Task.WhenAll(questions.Select(q => decide(q, cancellationToken)))];

    public Task<ToolRules> DescribeToolsAsync(ToolRulesQuestion question, CancellationToken cancellationToken) =>
        Task.FromResult(new ToolRules { PolicyRevision = "r" });
}
