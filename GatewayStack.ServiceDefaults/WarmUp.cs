using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GatewayStack.ServiceDefaults;

/// <summary>Runs a host's own path once, again until it worked; the host is not ready before that.</summary>
internal sealed partial class WarmUp(WarmUp.Path path, IServiceProvider services, TimeProvider time, ILogger<WarmUp> logger) : BackgroundService, IHealthCheck
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private volatile bool _warm;

    /// <summary>What a host runs once.</summary>
    internal sealed record Path(Func<IServiceProvider, CancellationToken, Task> Run);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_warm ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("not warm yet"));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var told = false;
        while (!_warm)
        {
            try
            {
                using var limit = new CancellationTokenSource(Limit, time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stoppingToken);
                await path.Run(services, either.Token);
                _warm = true;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // Something this host needs is not there yet: it stays unready until it is.
                if (!told)
                {
                    told = true;
                    NotWarm(logger, e.GetType().Name, e.Message);
                }

                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    [LoggerMessage(9500, LogLevel.Warning, "Not ready yet ({Error}: {Message}); trying again until it works")]
    private static partial void NotWarm(ILogger logger, string error, string message);
}
