using System.Diagnostics.Metrics;
using System.Threading.Channels;
using GatewayStack.Events.Spool;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Events.Shipping;

/// <summary>Runs a pump per consumer, and gives segments back that all of them are past.</summary>
/// <remarks>It looks at intervals instead of being told by each append: the request's path does not pay for it, and batches fill.</remarks>
internal sealed class EventShipper(WriteAheadSpool spool, EventDestinations destinations, TimeProvider time, EventsMetrics metrics, ILogger<EventShipper> logger)
    : BackgroundService, IEventShipping
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LastDrain = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource<IReadOnlyList<Runner>> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        var target = spool.LastSequence;
        var runners = await _started.Task.WaitAsync(cancellationToken);
        await Task.WhenAll(runners.Select(async runner =>
        {
            var stored = runner.Pump.WaitAsync(target, cancellationToken);
            _ = runner.Wake.Writer.TryWrite(0);
            await stored;
        }));
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        using var bounded = new CancellationTokenSource(LastDrain, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bounded.Token, cancellationToken);
        try
        {
            if (_started.Task.IsCompleted)
            {
                await DrainAsync(either.Token);
            }
        }
        catch (OperationCanceledException)
        {
            logger.StoppedBehind();
        }

        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var runners = destinations.Sinks.Select(s => new Runner(new SinkPump(spool, s, time, metrics, logger), NewWake())).ToArray();
        metrics.WatchBacklog(() => runners.Select(r => new Measurement<long>(r.Pump.Backlog, new KeyValuePair<string, object?>("sink", r.Pump.Name))));
        _started.SetResult(runners);
        try
        {
            await Task.WhenAll([.. runners.Select(r => RunAsync(r, stoppingToken)), ReleaseAsync(runners, stoppingToken)]);
        }
        finally
        {
            foreach (var runner in runners)
            {
                runner.Pump.Dispose();
            }
        }
    }

    private static Channel<byte> NewWake() => Channel.CreateBounded<byte>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropNewest });

    private async Task RunAsync(Runner runner, CancellationToken stoppingToken)
    {
        using var timer = time.CreateTimer(static w => ((Channel<byte>)w!).Writer.TryWrite(0), runner.Wake, TimeSpan.Zero, Interval);
        try
        {
            await foreach (var _ in runner.Wake.Reader.ReadAllAsync(stoppingToken))
            {
                await runner.Pump.RunAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task ReleaseAsync(Runner[] runners, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                ReleaseOnce(runners);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private void ReleaseOnce(Runner[] runners)
    {
        var before = runners.Select(r => r.Pump.Reads).DefaultIfEmpty(long.MaxValue).Min();
        if (spool.First.Next is null || spool.First.Number >= before)
        {
            return;
        }

        foreach (var runner in runners)
        {
            runner.Pump.Flush();
        }

        spool.Release(before);
    }

    private sealed record Runner(SinkPump Pump, Channel<byte> Wake);
}
