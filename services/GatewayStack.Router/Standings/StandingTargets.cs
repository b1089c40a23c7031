using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Router;
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
        : exchange.Context.ModelRequest?.Model is { } model
            ? new StandingTarget(Model: model, ProviderModel: exchange.Backend is null ? exchange.Attempting?.Model : null, Provider: exchange.Backend is null ? exchange.Attempting?.Provider : null)
            : default;

    /// <summary>One way that it may go.</summary>
    public static StandingTarget Of(Exchange exchange, RouteTarget candidate) =>
        new(Model: exchange.Context.ModelRequest?.Model, ProviderModel: candidate.Model, Provider: exchange.Backend is null ? candidate.Provider : null);
}
