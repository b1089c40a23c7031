using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Router;
using GatewayStack.Router.Mcp;
using GatewayStack.Router.Pipeline;

namespace GatewayStack.Router.Standings;

/// <summary>What a call is for, as far as it is known by now.</summary>
internal static class StandingTargets
{
    /// <summary>Where nobody has signed in, blocks on people and on ways of signing in are on nobody.</summary>
    private static readonly CallerIdentity Nobody = new()
    {
        PersonId = string.Empty,
        UserId = string.Empty,
        Subject = string.Empty,
        Issuer = string.Empty,
        IssuerName = string.Empty,
        Tenant = "default",
        Kind = IdentityKind.Unspecified,
    };

    public static CallerIdentity CallerOf(Exchange exchange) => exchange.Context.Identity ?? Nobody;

    /// <summary>Everything that is known of it: what was asked for, and where it is on its way to.</summary>
    public static StandingTarget Of(Exchange exchange) => exchange.Mcp is { } call
        ? new StandingTarget(Server: call.Server.Name, Tool: call.Tool)
        : exchange.Context.ModelRequest?.Model is not { } model ? default
        : exchange.Backend is null ? new StandingTarget(Model: model, ProviderModel: exchange.Attempting?.Model, Provider: exchange.Attempting?.Provider)
        : new StandingTarget(Model: model);

    /// <summary>The block on a call, or on a tool that it is about without being a call of it: the tools whose tasks it watches, and those that a page shows.</summary>
    public static StandingMeasure? FindBlock(StandingIndex index, Exchange exchange, DateTimeOffset now)
    {
        var caller = CallerOf(exchange);
        if (index.Find(caller, Of(exchange), now) is { } measure)
        {
            return measure;
        }

        foreach (var question in exchange.Mcp?.Questions ?? [])
        {
            if (FindBlock(index, caller, question, now) is { } blocked)
            {
                return blocked;
            }
        }

        return null;
    }

    /// <summary>The block on what a question is about; null where one of the tools that would do is in use.</summary>
    public static StandingMeasure? FindBlock(StandingIndex index, CallerIdentity caller, McpQuestion question, DateTimeOffset now)
    {
        StandingMeasure? found = null;
        foreach (var facts in question.AnyOf)
        {
            if (facts.Tool is null || index.Find(caller, new StandingTarget(Server: facts.Server, Tool: facts.Tool), now) is not { } measure)
            {
                return null;
            }

            found = measure;
        }

        return found;
    }

    /// <summary>One way that it may go.</summary>
    public static StandingTarget Of(Exchange exchange, RouteTarget candidate) =>
        new(Model: exchange.Context.ModelRequest?.Model, ProviderModel: candidate.Model, Provider: exchange.Backend is null ? candidate.Provider : null);
}
