using System.Collections.Immutable;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Router;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Modules;

namespace GatewayStack.Router.Pipeline.Steps;

/// <summary>Which models may they use, with nothing special in the content? A list shows no others.</summary>
internal sealed class DecideVisibleModels(IPolicyModule policy, StageInvoker stages, TimeProvider time) : IPipelineStep
{
    public string Name => "decide";

    public async ValueTask<Refusal?> RunAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        var names = exchange.Snapshot.ModelNames;
        if (exchange.Context.Modes.Policy != ModuleMode.Enforce)
        {
            exchange.VisibleModels = names;
            return null;
        }

        var questions = names.Select(n => Question(exchange, n)).ToImmutableArray();
        var (call, decisions) = await stages.InvokeAsync(
            ModuleCall.For(exchange, ModuleNames.Policy, Name), (policy, questions), static async (s, ct) => new Answers(await s.policy.DecideManyAsync(s.questions, ct)), cancellationToken);
        if (call != StageCall.Answered)
        {
            return Refusal.Of(Name, call);
        }

        if (decisions!.Decisions.Length != names.Length)
        {
            return Refusal.Unavailable(Name);
        }

        exchange.VisibleModels = [.. names.Where((_, i) => decisions.Decisions[i].Permits)];
        return null;
    }

    private PolicyQuestion Question(Exchange exchange, string name) => new()
    {
        RequestId = exchange.Context.RequestId,
        Identity = exchange.Context.Identity!,
        Assertion = exchange.Assertion,
        Action = GatewayActions.ModelCall,
        Model = name,
        Targets = [.. exchange.Snapshot.Models[name].Targets.Select(t => new PolicyTarget { Id = t.Id, Provider = t.Provider.Name, Model = t.Model, Region = t.Provider.Region, Class = t.Provider.Class })],
        Content = ContentMetadata.Clean,
        Now = time.GetUtcNow(),
    };

    private sealed record Answers(ImmutableArray<PolicyDecision> Decisions);
}
