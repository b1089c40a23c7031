using GatewayStack.Contracts.Router;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.Router.Modules;

/// <summary>Asks every module over a wire once a second whether it is well, apart from any request.</summary>
internal sealed class ModuleProber(RemoteModules modules, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan IntervalWhileRed = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(modules.Probes.Select(p => WatchAsync(p, stoppingToken)));

    private async Task WatchAsync(IModuleProbe probe, CancellationToken stoppingToken)
    {
        var breaker = modules.Find(probe.Module)!;
        while (!stoppingToken.IsCancellationRequested)
        {
            var well = await AskAsync(probe, stoppingToken);
            if (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            breaker.Probed(well);
            await Task.Delay(well ? Interval : IntervalWhileRed, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> AskAsync(IModuleProbe probe, CancellationToken stoppingToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        try
        {
            return await probe.ProbeAsync(stop.Token).WaitAsync(Longest, time, stoppingToken);
        }
        catch (Exception)
        {
            // Whatever it is: nobody said that they are serving.
            await stop.CancelAsync();
            return false;
        }
    }
}
