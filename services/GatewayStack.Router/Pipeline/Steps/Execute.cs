using System.Collections.Frozen;

namespace GatewayStack.Router.Pipeline.Steps;

/// <summary>Answers one kind of route.</summary>
internal interface IRouteExecutor
{
    /// <summary>Names of the routes it answers.</summary>
    IReadOnlyCollection<string> Routes { get; }

    /// <summary>Sends the request on. Holds the end of a governed answer back for its outcome.</summary>
    ValueTask<Refusal?> ExecuteAsync(Exchange exchange, CancellationToken cancellationToken);
}

/// <summary>Sends it where it goes.</summary>
internal sealed class Execute : IPipelineStep
{
    private readonly FrozenDictionary<string, IRouteExecutor> _executors;
    private readonly Doors.ModuleHandlers _handlers;

    public Execute(IEnumerable<IRouteExecutor> executors, Doors.ModuleHandlers handlers)
    {
        _executors = executors.SelectMany(e => e.Routes.Select(r => (Route: r, Executor: e))).ToFrozenDictionary(p => p.Route, p => p.Executor, StringComparer.Ordinal);
        _handlers = handlers;
    }

    public string Name => "execute";

    public async ValueTask<Refusal?> RunAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        if (_executors.TryGetValue(exchange.Route.Route.Name, out var executor))
        {
            return await executor.ExecuteAsync(exchange, cancellationToken);
        }

        await HandleAsync(exchange, cancellationToken);
        return null;
    }

    /// <summary>A handler knows the caller's connection and nothing of what may end the call besides.</summary>
    private async Task HandleAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        var http = exchange.Http;
        var aborted = http.RequestAborted;
        http.RequestAborted = cancellationToken;
        try
        {
            await _handlers.Find(exchange.Route.Route.Name)!(http);
        }
        finally
        {
            http.RequestAborted = aborted;
        }

        if (exchange.CutOff is not null && http.Response.HasStarted)
        {
            // Whatever the handler made of it: nobody takes what came for whole.
            http.Abort();
        }
    }
}
