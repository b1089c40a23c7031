using System.Collections.Immutable;
using System.Text.Json;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Router;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Mcp;
using GatewayStack.Router.Mcp.Protocol;
using GatewayStack.Router.Modules;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Router.Pipeline.Steps;

/// <summary>May they? The tool, resource or prompt that the message is about, by the rules; what no rule names is not there.</summary>
internal sealed class DecideMcp(IPolicyModule policy, StageInvoker stages, TimeProvider time, ILogger<DecideMcp> logger) : IPipelineStep
{
    /// <summary>Header lines have bounds, tokens may name hundreds of scopes.</summary>
    private const int MostHeld = 64;

    public string Name => "decide";

    public async ValueTask<Refusal?> RunAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        var (call, context) = (exchange.Mcp!, exchange.Context);
        exchange.Plan = [new PlannedTarget { Target = context.Candidates[0], MaxTokensMember = "max_tokens", MaxOutputTokens = 0 }];
        if (call.IsDecided && context.Identity is null)
        {
            return Refusal.Unavailable(Name);
        }

        if (context.Modes.Policy != ModuleMode.Off && call.IsDecided && await DecideAsync(exchange, call, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        McpTrace.Describe(exchange, call);
        return call.IsToolCall ? JudgeCall(exchange, call) : null;
    }

    private async ValueTask<Refusal?> DecideAsync(Exchange exchange, McpCall call, CancellationToken cancellationToken)
    {
        var context = exchange.Context;
        var questions = call.Questions.SelectMany(q => q.AnyOf.Select(f =>
            McpPolicyQuestion.Create(exchange, q.Action, f, context.Metadata ?? ContentMetadata.Clean, time.GetUtcNow()))).ToImmutableArray();
        var (answer, decisions) = await stages.InvokeAsync(
            ModuleCall.For(exchange, ModuleNames.Policy, Name), (policy, questions), static async (s, ct) => new Answers(await s.policy.DecideManyAsync(s.questions, ct)), cancellationToken);
        if (answer != StageCall.Answered)
        {
            return Refusal.Of(Name, answer);
        }

        if (decisions!.Decisions.Length != questions.Length)
        {
            return Refusal.Unavailable(Name);
        }

        var next = 0;
        foreach (var question in call.Questions)
        {
            // The one that permits, or the first: where several tools show a page, any of them opens it.
            var own = decisions.Decisions.AsSpan(next, question.AnyOf.Length);
            next += question.AnyOf.Length;
            var decision = own[0];
            foreach (var one in own)
            {
                decision = one.Permits ? one : decision;
            }

            context.PolicyDecision = Combine(context.PolicyDecision, decision);
            if (decision.Permits)
            {
                continue;
            }

            if (context.Modes.Policy == ModuleMode.Observe)
            {
                logger.OnlyObserved(context.RequestId, "policy", decision.Reasons.FirstOrDefault()?.Code ?? "denied");
                continue;
            }

            context.PolicyDecision = decision;
            return Refuse(exchange, call, decision);
        }

        return null;
    }

    /// <summary>What each of several resources is permitted under holds for all that is sent about them.</summary>
    private static PolicyDecision Combine(PolicyDecision? before, PolicyDecision decision)
    {
        if (before is null || !decision.Permits)
        {
            return decision;
        }

        return decision with
        {
            Effect = before.Effect == PolicyEffect.Modify ? PolicyEffect.Modify : decision.Effect,
            Permitted = [.. decision.Permitted.Select((p, i) => i < before.Permitted.Length ? p with { Obligations = p.Obligations.AddRange(before.Permitted[i].Obligations) } : p)],
            RuleIds = [.. before.RuleIds.Union(decision.RuleIds, StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        };
    }

    /// <summary>A tool must be there, its arguments as it says, and the headers as the arguments.</summary>
    private static Refusal? JudgeCall(Exchange exchange, McpCall call)
    {
        if (call.Definition is not { } tool)
        {
            return UnknownTool(call);
        }

        var arguments = call.Message!.Member("arguments");
        if (call.IsStateless)
        {
            foreach (var parameter in tool.HeaderParameters)
            {
                if (McpHeaders.CheckParameter(exchange.Http.Request.Headers, parameter.Header, parameter.Find(arguments), required: true) is { } mismatch)
                {
                    return mismatch;
                }
            }
        }

        if (!tool.Input.IsUsable)
        {
            return Blocked("The tool's schema refers to something outside itself, so its arguments cannot be checked. Ask whoever runs the server.", "schema_not_usable");
        }

        using var none = arguments is null ? JsonDocument.Parse("{}") : null;
        return tool.Input.Accepts(arguments ?? none!.RootElement)
            ? null
            : Refusal.BadRequest("invalid_arguments", "The arguments are not as the tool's schema says.") with
            {
                Status = StatusCodes.Status200OK,
                Rpc = new RpcError(McpErrorCodes.InvalidParams)
            };
    }

    private static Refusal Refuse(Exchange exchange, McpCall call, PolicyDecision decision)
    {
        var reason = decision.Reasons.FirstOrDefault();
        var missing = reason?.MissingScopes ?? [];
        if (!missing.IsDefaultOrEmpty)
        {
            return new Refusal
            {
                Status = StatusCodes.Status403Forbidden,
                Code = "insufficient_scope",
                Message = $"This needs a further permission: sign in again and allow '{string.Join(' ', missing)}'.",
                Reason = reason!.Code,
                Challenge = true,
                MissingScopes = missing,
                RequiredScopes = Required(exchange, call, decision, missing),
            };
        }

        if (reason?.Code == "no_rule_matched")
        {
            return NotThereFor(call) with { Reason = reason.Code };
        }

        return Blocked(reason?.Message ?? "You may not do this. Ask your administrator for access.", reason?.Code ?? "denied");
    }

    /// <summary>Clients of the session era put what a challenge names in the place of what they have: it must not take from them what they have.</summary>
    private static ImmutableArray<string> Required(Exchange exchange, McpCall call, PolicyDecision decision, ImmutableArray<string> missing)
    {
        var needed = decision.RequiredScopes.Concat(missing);
        var all = call.IsStateless ? needed : needed.Concat(exchange.Context.Identity!.Scopes.Take(MostHeld));
        return [.. all.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static Refusal NotThereFor(McpCall call) => call.Action switch
    {
        _ when call.IsToolCall => UnknownTool(call),
        GatewayActions.ResourceRead => NotThere with { Code = "resource_not_found", Message = "There is no such resource." },
        GatewayActions.PromptGet => NotThere with { Code = "prompt_not_found", Message = "There is no such prompt." },
        GatewayActions.McpMethod => McpSubjects.MethodNotFound(call),
        _ => NotThere,
    };

    private static Refusal UnknownTool(McpCall call) => NotThere with { Code = "unknown_tool", Message = $"Unknown tool: '{McpTrace.Printable(call.Tool)}'." };

    private static Refusal NotThere { get; } = new()
    {
        Status = StatusCodes.Status200OK,
        Code = "not_found",
        Message = "There is no such thing.",
        Rpc = new RpcError(McpErrorCodes.InvalidParams)
    };

    private static Refusal Blocked(string message, string reason) => new() { Status = StatusCodes.Status403Forbidden, Code = "access_denied", Message = message, Reason = reason };

    private sealed record Answers(ImmutableArray<PolicyDecision> Decisions);
}
