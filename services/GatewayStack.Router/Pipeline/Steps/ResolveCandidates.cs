using GatewayStack.Contracts.Router;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Router.Pipeline.Steps;

/// <summary>Where could it go? Resolved before the decision, so that no alias, fallback or cheaper model escapes it.</summary>
internal sealed class ResolveCandidates : IPipelineStep
{
    public string Name => "candidates";

    public ValueTask<Refusal?> RunAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        if (exchange.Backend is { } backend)
        {
            var named = exchange.Context.ModelRequest?.Model;
            var bound = named is not null && exchange.Snapshot.Models.TryGetValue(named, out var known)
                ? known.Targets.Max(t => (long)t.MaxOutputTokens)
                : 4096;
            exchange.Context.Candidates = [new RouteTarget { Id = "0", Provider = backend.Name, Model = named, MaxOutputTokens = named is null ? 0 : bound }];
            return default;
        }

        if (exchange.Model is not { } model)
        {
            return new(new Refusal
            {
                Status = StatusCodes.Status404NotFound,
                Code = "model_not_found",
                Message = "The model does not exist here. GET /v1/models lists the ones you may use.",
                Param = "model",
            });
        }

        exchange.Context.Candidates =
        [
            .. model.Targets.Select(t => new RouteTarget
            {
                Id = t.Id,
                Provider = t.Provider.Name,
                Model = t.Model,
                Region = t.Provider.Region,
                Class = t.Provider.Class,
                MaxOutputTokens = t.MaxOutputTokens,
            }),
        ];
        return default;
    }
}
