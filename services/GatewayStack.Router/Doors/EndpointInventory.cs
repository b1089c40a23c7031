using GatewayStack.Router.Pipeline;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.Router.Doors;

/// <summary>Refuses the start when an endpoint has no place in the stage matrix or skips one of its stages.</summary>
internal sealed class EndpointInventory : IHostedLifecycleService
{
    private ICollection<EndpointDataSource> _sources = [];

    /// <summary>Every endpoint with the stages it passes.</summary>
    public IReadOnlyList<GovernedRoute> Routes =>
        [.. _sources.SelectMany(s => s.Endpoints).Select(e => e.Metadata.GetMetadata<GovernedRoute>()).OfType<GovernedRoute>()];

    public void Watch(ICollection<EndpointDataSource> sources) => _sources = sources;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        var wrong = _sources.SelectMany(s => s.Endpoints).Select(Wrong).OfType<string>().ToList();
        return wrong.Count == 0
            ? Task.CompletedTask
            : throw new InvalidOperationException("The gateway does not start with an uncovered door:" + Environment.NewLine + string.Join(Environment.NewLine, wrong));
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static string? Wrong(Microsoft.AspNetCore.Http.Endpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<GovernedRoute>() is not { } governed)
        {
            return $"{endpoint.DisplayName} is not in the table of routes";
        }

        var due = StageMatrix.For(governed.Route.Class, governed.Route.Action);
        return due is { } stages && stages.SequenceEqual(governed.Stages)
            ? null
            : $"{governed.Route.Name} ({governed.Route.Class}) does not pass the stages of its class";
    }
}
