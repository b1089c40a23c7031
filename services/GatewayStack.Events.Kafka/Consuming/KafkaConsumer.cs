using GatewayStack.Events.Shipping;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.Events.Kafka.Consuming;

/// <summary>Feeds a sink from its topics, for as long as the host runs; starts again whatever ends it.</summary>
internal sealed class KafkaConsumer(ConsumerParts parts) : BackgroundService
{
    private static readonly Backoff Pauses = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var failures = 0; !stoppingToken.IsCancellationRequested;)
        {
            try
            {
                await parts.All.WaitAsync(stoppingToken);
                await ConsumeAsync(stoppingToken);
                failures = 0;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Whatever it was, events wait in the topics: the host must not end for it.
                var delay = Pauses.After(++failures);
                parts.Logger.ConsumerFailed(e, parts.Name, delay);
                await Task.Delay(delay, parts.Time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ConsumeAsync(CancellationToken stoppingToken)
    {
        if (parts.Lease is null)
        {
            await RunAsync(stoppingToken);
            return;
        }

        await using var held = await parts.Lease.AcquireAsync(stoppingToken);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, held.Lost);
        await RunAsync(either.Token);
        if (held.Lost.IsCancellationRequested)
        {
            parts.Logger.LeaseLost(parts.Name);
        }
    }

    // A thread of its own: the client's calls block.
    private Task RunAsync(CancellationToken stop) => Task.Factory.StartNew(
        () => new ConsumerSession(parts).Run(stop),
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);
}
