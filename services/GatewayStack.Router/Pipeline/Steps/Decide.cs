using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Router;
using GatewayStack.Router.Modules;
using GatewayStack.Router.Routing;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Router.Pipeline.Steps;

/// <summary>May they? Takes facts, never the text; the only place that decides access to models and backends.</summary>
internal sealed class Decide(IPolicyModule policy, StageInvoker stages, TimeProvider time, ILogger<Decide> logger) : IPipelineStep
{
    public string Name => "decide";

    public async ValueTask<Refusal?> RunAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        var context = exchange.Context;
        if (context.Modes.Policy == ModuleMode.Off)
        {
            exchange.Plan = Everything(exchange);
            return null;
        }

        var question = Question(exchange);
        var (call, decision) = await stages.InvokeAsync(
            ModuleCall.For(exchange, ModuleNames.Policy, Name), (policy, question), static (s, ct) => s.policy.DecideAsync(s.question, ct), cancellationToken);
        if (call != StageCall.Answered)
        {
            return Refusal.Of(Name, call);
        }

        context.PolicyDecision = decision;
        if (context.Modes.Policy == ModuleMode.Observe)
        {
            if (!decision!.Permits)
            {
                logger.OnlyObserved(context.RequestId, "policy", decision.Reasons.FirstOrDefault()?.Code ?? "denied");
            }

            exchange.Plan = Everything(exchange);
            return null;
        }

        if (!decision!.Permits)
        {
            return Refuse(exchange, decision);
        }

        exchange.Plan = [.. context.Candidates.Where(c => decision.Permitted.Any(p => p.TargetId == c.Id)).Select(c => Plan(exchange, c))];
        if (exchange.Plan.IsEmpty)
        {
            return Refuse(exchange, decision);
        }

        ShowPassedOver(exchange, decision);
        return null;
    }

    /// <summary>Says in the answer's headers why it comes from another target than the one that usually answers.</summary>
    private static void ShowPassedOver(Exchange exchange, PolicyDecision decision)
    {
        if (exchange.Backend is null && decision.PassedOver is { IsDefaultOrEmpty: false } reasons)
        {
            exchange.Http.Response.Headers["x-gateway-rerouted"] = string.Join(',', reasons.Select(r => r.Code).Distinct(StringComparer.Ordinal));
        }
    }

    private PolicyQuestion Question(Exchange exchange)
    {
        var context = exchange.Context;
        return new PolicyQuestion
        {
            RequestId = context.RequestId,
            Identity = context.Identity!,
            Assertion = exchange.Assertion,
            Action = exchange.Route.Route.Action!,
            Model = context.ModelRequest?.Model,
            Backend = exchange.Backend is { } backend
                ? new BackendFacts { Name = backend.Name, Method = exchange.Http.Request.Method, Path = exchange.BackendPath }
                : null,
            Targets = [.. context.Candidates.Select(c => new PolicyTarget { Id = c.Id, Provider = c.Provider, Model = c.Model, Region = c.Region, Class = c.Class })],
            Content = context.Metadata!,
            NewContent = context.NewMetadata,
            MaxOutputTokens = context.ModelRequest?.MaxTokens,
            Tools = context.ModelRequest?.Tools ?? [],
            Purpose = context.Purpose,
            Now = time.GetUtcNow(),
        };
    }

    private static System.Collections.Immutable.ImmutableArray<PlannedTarget> Everything(Exchange exchange) =>
        [.. exchange.Context.Candidates.Select(c => Plan(exchange, c))];

    private static PlannedTarget Plan(Exchange exchange, RouteTarget candidate)
    {
        ModelTarget? target = exchange.Backend is null ? exchange.Model?.Targets.First(t => t.Id == candidate.Id) : null;
        return new PlannedTarget
        {
            Target = candidate,
            Provider = target?.Provider,
            MaxTokensMember = target?.MaxTokensMember ?? "max_tokens",
            MaxOutputTokens = exchange.Context.ModelRequest?.MaxTokens ?? candidate.MaxOutputTokens,
        };
    }

    private static Refusal Refuse(Exchange exchange, PolicyDecision decision)
    {
        var reason = decision.Reasons.FirstOrDefault();
        var what = exchange.Backend is { } backend && exchange.Context.ModelRequest is null ? $"the backend '{backend.Name}'" : $"the model '{exchange.Context.ModelRequest?.Model}'";
        var scopes = reason?.MissingScopes ?? [];
        return new Refusal
        {
            Status = StatusCodes.Status403Forbidden,
            Code = scopes.IsDefaultOrEmpty ? "access_denied" : "insufficient_scope",
            Message = reason?.Message ?? (scopes.IsDefaultOrEmpty
                ? $"You may not use {what} for this request. Ask your administrator for access."
                : $"Your token lacks a scope for {what}: sign in again and ask for '{string.Join(' ', scopes)}'."),
            Param = exchange.Context.ModelRequest is null ? null : "model",
            Reason = reason?.Code ?? "denied",
            Challenge = !scopes.IsDefaultOrEmpty,
            MissingScopes = scopes.IsDefault ? [] : scopes,
            Final = true,
        };
    }
}
