using GatewayStack.Contracts.Settings;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Identity.Keys.Postgres;

/// <summary>Takes over what other replicas did to the rings, within seconds, and replaces the signing key when it is old enough.</summary>
internal sealed class KeyFollower(SigningRing signing, DataRing data, TimeProvider time, ILogger<KeyFollower> logger) : BackgroundService
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        var failing = false;
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await Task.Run(Follow, stoppingToken);
                    failing = false;
                }
                catch (Exception e) when (e is IOException or KeyFileException or StartRefusedException)
                {
                    if (!failing)
                    {
                        IdentityLog.RingsNotFollowed(logger, e.Message);
                    }

                    failing = true;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The host is stopping.
        }
    }

    private void Follow()
    {
        signing.Refresh();
        signing.RotateIfDue();
        data.Refresh();
    }
}
