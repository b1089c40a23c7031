using System.Collections.Immutable;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Router;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Modules;
using GatewayStack.Router.Standings;

namespace GatewayStack.Router.Pipeline.Steps;

/// <summary>Which models may they use, with nothing special in the content? A list shows no others.</summary>
internal sealed class DecideVisibleModels(IPolicyModule policy, StandingFollower standings, StageInvoker stages, TimeProvider time) : IPipelineStep
{
    public string Name => "decide";

    public async ValueTask<Refusal?> RunAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        var names = InUse(exchange);
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

    /// <summary>A model that is taken out of use, and one of which no way is left, is not there.</summary>
    private ImmutableArray<string> InUse(Exchange exchange)
    {
        var (index, caller, now) = (standings.Latest, StandingTargets.CallerOf(exchange), time.GetUtcNow());
        return index.Count == 0
            ? exchange.Snapshot.ModelNames
            : [.. exchange.Snapshot.ModelNames.Where(n => exchange.Snapshot.Models[n].Targets.Any(t =>
                index.Find(caller, new StandingTarget(Model: n, ProviderModel: t.Model, Provider: t.Provider.Name), now) is null))];
    }

    private PolicyQuestion Question(Exchange exchange, string name) => new()
    {
        RequestId = exchange.Context.RequestId,
        Identity = exchange.Context.Identity!,
        Assertion = exchange.Assertion,
        Action = GatewayActions.ModelCall,
        Model = name,
        Targets = [.. exchange.Snapshot.Models[name].Targets.Select(t =>
        new PolicyTarget { Id = t.Id, Provider = t.Provider.Name, Model = t.Model, Region = t.Provider.Region, Class = t.Provider.Class })],
        Content = ContentMetadata.Clean,
        Now = time.GetUtcNow(),
    };

    private sealed record Answers(ImmutableArray<PolicyDecision> Decisions);
}
