using GatewayStack.Contracts.Router;
using Grpc.Core;
using Grpc.Health.V1;

namespace GatewayStack.Wire.Channels;

/// <summary>Asks a module's instances by the gRPC health protocol whether they serve.</summary>
internal sealed class ModuleProbe(string module, ModuleChannel channel, TimeProvider time) : IModuleProbe
{
    /// <summary>How long an instance may take for its answer.</summary>
    internal static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    /// <summary>How long it is waited for until the next one is asked, too.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);

    private const int Most = 3;

    private readonly Health.HealthClient _health = new(channel.Channel);

    public string Module => module;

    public async Task<bool> ProbeAsync(CancellationToken cancellationToken)
    {
        // Calls go round the instances: while one keeps the answer to itself, the next one is asked.
        var asked = new List<Task<bool?>>();
        using var rest = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            while (asked.Count < Most)
            {
                var ask = AskAsync(rest.Token);
                asked.Add(ask);
                if (await AnyServesAsync(asked, Task.Delay(Patience, time, rest.Token)))
                {
                    return true;
                }

                if (ask.IsCompletedSuccessfully && await ask is null)
                {
                    break;
                }
            }

            return await AnyServesAsync(asked, patience: null);
        }
        finally
        {
            await rest.CancelAsync();
            await ((Task)Task.WhenAll(asked)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Waits until one serves, until the last one asked has answered, or as long as there is patience.</summary>
    private static async Task<bool> AnyServesAsync(List<Task<bool?>> asked, Task? patience)
    {
        var last = asked[^1];
        var waiting = asked.Select(t => (Task)t).ToList();
        if (patience is not null)
        {
            waiting.Add(patience);
        }

        while (waiting.Count > 0)
        {
            var done = await Task.WhenAny(waiting);
            _ = waiting.Remove(done);
            if (done is Task<bool?> answer && await answer == true)
            {
                return true;
            }

            if (done == patience || (done == last && patience is not null))
            {
                await done;
                return false;
            }
        }

        return false;
    }

    /// <summary>Whether the next instance serves; null where no instance is connected.</summary>
    private async Task<bool?> AskAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var trace = channel.Traces.Begin();
        try
        {
            var reply = await _health.CheckAsync(new HealthCheckRequest(), cancellationToken: either.Token);
            if (reply.Status == HealthCheckResponse.Types.ServingStatus.Serving)
            {
                channel.Traces.Answered(trace);
                return true;
            }
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException)
        {
            // The probe is over, one way or the other: this says nothing about the instance.
            cancellationToken.ThrowIfCancellationRequested();
            if (trace.Instance is null)
            {
                return null;
            }
        }

        channel.Traces.Failed(trace);
        return false;
    }
}
