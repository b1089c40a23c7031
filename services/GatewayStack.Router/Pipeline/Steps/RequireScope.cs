using Microsoft.AspNetCore.Http;

namespace GatewayStack.Router.Pipeline.Steps;

/// <summary>Our own endpoints ask for a scope; no mode and no policy opens them.</summary>
internal sealed class RequireScope : IPipelineStep
{
    public string Name => "decide";

    public ValueTask<Refusal?> RunAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        var scope = exchange.Route.Route.Scope;
        if (scope is null || exchange.Context.Identity!.Scopes.Contains(scope, StringComparer.Ordinal))
        {
            return default;
        }

        return new(new Refusal
        {
            Status = StatusCodes.Status403Forbidden,
            Code = "insufficient_scope",
            Message = $"This needs the scope '{scope}': sign in again and ask for it.",
            Reason = "missing_scope",
            Challenge = true,
            MissingScopes = [scope],
            Final = true,
        });
    }
}
