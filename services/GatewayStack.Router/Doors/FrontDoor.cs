using GatewayStack.Contracts.Router;
using GatewayStack.Router.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GatewayStack.Router.Doors;

/// <summary>Maps the table of routes onto the pipeline; nothing else answers.</summary>
internal sealed class FrontDoor(
    RequestPipeline pipeline, ExchangeFactory exchanges, ModuleHandlers handlers, DoorKeeper keeper, ErrorWriter errors, EndpointInventory inventory, Drain drain,
    IEnumerable<Pipeline.Steps.IRouteExecutor> executors, ILogger<FrontDoor> logger)
{
    public void Map(WebApplication app)
    {
        // The doors come before routing: a backend's own host or prefix becomes its path below /backends.
        app.Use(keeper.EnterAsync);
        app.UseRouting();
        app.Use(keeper.BindAsync);

        var executed = executors.SelectMany(e => e.Routes).ToHashSet(StringComparer.Ordinal);
        foreach (var route in FrontDoorRoutes.All)
        {
            var handler = handlers.Find(route.Name);
            if (handler is null && !executed.Contains(route.Name))
            {
                if (route.Module == "demo")
                {
                    continue;
                }

                throw new InvalidOperationException($"Nothing answers the route '{route.Name}': the module '{route.Module}' is missing from this host.");
            }

            Map(app, route, handler);
        }

        inventory.Watch(((IEndpointRouteBuilder)app).DataSources);
    }

    private void Map(WebApplication app, FrontDoorRoute route, RequestDelegate? handler)
    {
        var governed = new GovernedRoute
        {
            Route = route,
            Shape = route.Class switch
            {
                RouteClass.Llm => ErrorShape.OpenAi,
                RouteClass.Mcp => ErrorShape.JsonRpc,
                _ => ErrorShape.Problem,
            },
            Stages = StageMatrix.For(route.Class, route.Action) ?? throw new InvalidOperationException($"The route '{route.Name}' has no place in the stage matrix."),
        };
        var steps = pipeline.StepsOf(governed);
        RequestDelegate run = governed.Stages.IsEmpty ? http => OpenAsync(http, governed, handler!) : http => GovernAsync(http, governed, steps);
        var mapped = route.Method == "*" ? app.Map(route.Pattern, run) : app.MapMethods(route.Pattern, route.Method.Split(','), run);
        mapped.WithMetadata(governed).WithDisplayName(route.Name);
    }

    private async Task GovernAsync(HttpContext http, GovernedRoute governed, IReadOnlyList<IPipelineStep> steps)
    {
        var waitedFor = drain.Enter(http);
        try
        {
            using var exchange = exchanges.Create(http, governed);
            await pipeline.RunAsync(exchange, steps);
        }
        finally
        {
            if (waitedFor)
            {
                drain.Leave();
            }
        }
    }

    private async Task OpenAsync(HttpContext http, GovernedRoute governed, RequestDelegate handler)
    {
        try
        {
            await handler(http);
        }
        catch (Exception e) when (!http.RequestAborted.IsCancellationRequested && !http.Response.HasStarted)
        {
            logger.Fault(http.TraceIdentifier, e.GetType().Name);
            await errors.WriteAsync(http, governed.Shape, http.TraceIdentifier, new Refusal { Status = 500, Code = "internal_error", Message = "The gateway failed on this request." });
        }
    }
}
