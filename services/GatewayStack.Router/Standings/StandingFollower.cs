using GatewayStack.Contracts.Identity;
using GatewayStack.Router.Mcp.Upstream;
using GatewayStack.Router.Routing;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.Router.Standings;

/// <summary>Keeps the newest word on who is cut off: follows Identity, reconnects when the line is lost, and knows how old the word is.</summary>
internal sealed class StandingFollower(
    IStandings standings, LiveExchanges live, EndedStandings ended, KnownSessions sessions, RouterSnapshotStore settings, RouterMetrics metrics, TimeProvider time,
    ILogger<StandingFollower> logger) : IHostedService, IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>How long a start waits to know: in one process it is known at once.</summary>
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Held? _held;
    private Task _following = Task.CompletedTask;

    /// <summary>The blocks as they were last said, or null where nobody has said yet, or not for too long: then no new call may go on.</summary>
    public StandingIndex? Current => _held is { } held && time.GetElapsedTime(held.SaidAt) <= TimeSpan.FromSeconds(settings.Options.Standings.StaleSeconds) ? held.Index : null;

    /// <summary>The blocks as they were last said, however long ago that was: for calls that are under way.</summary>
    public StandingIndex Latest => _held?.Index ?? StandingIndex.Empty;

    /// <summary>When the store was asked of which the last word is, by its own clock.</summary>
    public DateTimeOffset? SaidAsOf => _held?.AsOf;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        metrics.WatchStandings(() => _held is { } held ? time.GetElapsedTime(held.SaidAt).TotalSeconds : null, () => Latest.Count);
        _following = FollowAsync(_stop.Token);
        return _first.Task.IsCompleted ? Task.CompletedTask : WaitForFirstAsync(cancellationToken);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _following.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stop.Dispose();

    private Task WaitForFirstAsync(CancellationToken cancellationToken) =>
        Ignore(_first.Task.WaitAsync(LongestStart, time, cancellationToken));

    private static async Task Ignore(Task task) => await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task FollowAsync(CancellationToken stop)
    {
        var pause = FirstPause;
        var isAway = false;
        while (!stop.IsCancellationRequested)
        {
            var error = "ended";
            try
            {
                // That a line is silent where it says something every second is for the wire to notice: in a process there is none.
                await foreach (var snapshot in standings.WatchAsync(new StandingWatch { Follower = Environment.MachineName }, stop).WithCancellation(stop))
                {
                    pause = FirstPause;
                    if (isAway)
                    {
                        isAway = false;
                        logger.StandingsBack(snapshot.Revision);
                    }

                    Take(snapshot);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Whatever it is: nobody says who is cut off. Calls are refused once that has lasted too long.
                error = e.GetType().Name;
            }

            if (!isAway)
            {
                isAway = true;
                logger.StandingsAway(error);
            }

            metrics.StandingsLost();
            await Task.Delay(pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private void Take(StandingSnapshot snapshot)
    {
        var held = _held;
        if (held is not null && !IsNews(snapshot, held))
        {
            return;
        }

        if (held is null || held.Index.Revision != snapshot.Revision || held.Index.Count == 0 != snapshot.Measures.IsEmpty)
        {
            ended.Learn(snapshot.Measures);
            // By the clock of this machine, whatever the clock over there says. What was asked for at the same moment, or before, makes nothing fresher.
            var (asOf, saidAt) = held is null || snapshot.AsOf > held.AsOf ? (snapshot.AsOf, time.GetTimestamp()) : (held.AsOf, held.SaidAt);
            _held = new Held(StandingIndex.Build(snapshot.Measures, snapshot.Revision), asOf, saidAt);
            logger.StandingsChanged(snapshot.Revision, snapshot.Measures.Length);
        }
        else
        {
            _held = held with { AsOf = snapshot.AsOf, SaidAt = time.GetTimestamp() };
        }

        _first.TrySetResult();
        live.Judge(Latest);
        sessions.Judge(Latest);
    }

    /// <summary>
    /// Whether it says more than what is held. A higher revision does, whatever the clock of who says it: revisions are the store's own. Otherwise the store
    /// must have been asked later: a replica that has lost its store, or is behind, neither undoes anything nor makes it fresh. A lower revision counts only
    /// once what is held is too old, which is how a database that was restored gets in.
    /// </summary>
    private bool IsNews(StandingSnapshot snapshot, Held held) =>
        snapshot.Revision > held.Index.Revision || (snapshot.AsOf > held.AsOf && (snapshot.Revision == held.Index.Revision || Current is null));

    private sealed record Held(StandingIndex Index, DateTimeOffset AsOf, long SaidAt);
}
