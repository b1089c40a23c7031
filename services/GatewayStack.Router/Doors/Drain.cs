using GatewayStack.Router.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.Router.Doors;

/// <summary>
/// Takes the front door out of service: health is red at once, what was accepted before is waited for while the listeners still answer, and only then are new connections refused.
/// Whoever asks for health regularly is given the time to see that it is red.
/// </summary>
internal sealed class Drain : IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan LongestNotice = TimeSpan.FromSeconds(10);

    private readonly RouterSnapshotStore _settings;
    private readonly TimeProvider _time;
    private readonly ILogger<Drain> _logger;
    private readonly CancellationTokenRegistration _stopping;
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _draining;
    private int _underWay;
    private long _lastAsked;
    private long _interval;

    public Drain(IHostApplicationLifetime lifetime, RouterSnapshotStore settings, TimeProvider time, ILogger<Drain> logger)
    {
        (_settings, _time, _logger) = (settings, time, logger);
        _stopping = lifetime.ApplicationStopping.Register(Begin);
    }

    public bool IsDraining => _draining;

    /// <summary>A request has come in.</summary>
    /// <returns>True when it is waited for; then <see cref="Leave"/> ends it.</returns>
    public bool Enter(HttpContext http)
    {
        Interlocked.Increment(ref _underWay);
        if (!_draining)
        {
            return true;
        }

        Leave();
        if (HttpProtocol.IsHttp11(http.Request.Protocol))
        {
            // Its next request goes where it is accepted.
            http.Response.Headers.Connection = "close";
        }

        return false;
    }

    public void Leave()
    {
        if (Interlocked.Decrement(ref _underWay) == 0 && _draining)
        {
            _done.TrySetResult();
        }
    }

    /// <summary>Somebody has asked for the front door's health.</summary>
    public void HealthAsked()
    {
        if (_draining)
        {
            _seen.TrySetResult();
            return;
        }

        var now = _time.GetTimestamp();
        var before = Interlocked.Exchange(ref _lastAsked, now);
        Volatile.Write(ref _interval, before == 0 ? 0 : _time.GetElapsedTime(before, now).Ticks);
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        Begin();
        var most = TimeSpan.FromSeconds(_settings.Options.DrainSeconds);
        var notice = Notice();
        await Task.WhenAll(Within(_done.Task, most, cancellationToken), Within(_seen.Task, notice < most ? notice : most, cancellationToken));
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _stopping.Dispose();

    private void Begin()
    {
        if (_draining)
        {
            return;
        }

        _draining = true;
        var underWay = Volatile.Read(ref _underWay);
        if (underWay == 0)
        {
            _done.TrySetResult();
        }
        else
        {
            _logger.Draining(underWay);
        }
    }

    /// <summary>How long to wait for the next one who asks: as long as it was between the last two and half as much, where that is not over.</summary>
    private TimeSpan Notice()
    {
        var due = (1.5 * TimeSpan.FromTicks(Volatile.Read(ref _interval))) - _time.GetElapsedTime(Volatile.Read(ref _lastAsked));
        return due < LongestNotice ? due : LongestNotice;
    }

    private async Task Within(Task task, TimeSpan most, CancellationToken cancellationToken)
    {
        if (most > TimeSpan.Zero)
        {
            await task.WaitAsync(most, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
