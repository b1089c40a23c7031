using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using GatewayStack.Contracts.Identity;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Identity.Standings;

/// <summary>What is in force, as the store said last; tells it to whoever follows.</summary>
internal sealed class StandingBook(IStandingStore store, StandingEvents events, IdentityMetrics metrics, TimeProvider time, ILogger<StandingBook> logger) : IStandings, IDisposable
{
    /// <summary>How old a page may be that a new follower gets at once: older than that the store was lost, and it is not known what is in force.</summary>
    internal static readonly TimeSpan LongestTold = TimeSpan.FromSeconds(3);

    /// <summary>How old what is known may be: nobody is let in by what is older.</summary>
    internal static readonly TimeSpan LongestGood = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _refresh = new(1, 1);
    private readonly ConcurrentDictionary<Channel<StandingSnapshot>, string> _followers = new();
    private volatile StandingPage? _page;
    private bool _failing;

    /// <summary>What is in force; null while the store could not be asked yet.</summary>
    public StandingPage? Current => _page;

    /// <summary>What is in force; null where the store has not answered for too long.</summary>
    public StandingPage? Good => _page is { } page && time.GetUtcNow() - page.AskedAt <= LongestGood ? page : null;

    /// <summary>Asks the store, ends what has reached its end, and tells all followers: what is new, or that nothing is.</summary>
    /// <exception cref="IOException">The store cannot be asked. What was known stays, and gets old.</exception>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _refresh.WaitAsync(cancellationToken);
        try
        {
            var asked = time.GetUtcNow();
            var (stored, asOf) = await ReadAsync(_page?.State, cancellationToken);
            // What has reached its end is said by the clock of the store, where it has one: a replica whose clock is fast would let everybody in too soon, and for good.
            var now = asOf ?? asked;
            if (stored.InForce.Any(m => m.Measure.Until <= now))
            {
                events.Expired(await store.EndDueAsync(now, cancellationToken));
                (stored, asOf) = await ReadAsync(stored, cancellationToken);
            }

            Publish(stored, asOf ?? asked, asked);
            _failing = false;
        }
        catch (IOException e)
        {
            if (!_failing)
            {
                IdentityLog.StandingsNotRead(logger, e.Message);
            }

            _failing = true;
            throw;
        }
        finally
        {
            _refresh.Release();
        }
    }

    public async IAsyncEnumerable<StandingSnapshot> WatchAsync(StandingWatch request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // One place: who reads slowly finds the newest there, and holds nobody up.
        var channel = Channel.CreateBounded<StandingSnapshot>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        _followers[channel] = request.Follower;
        IdentityLog.StandingsFollowed(logger, request.Follower);
        try
        {
            // Where the store is away it waits for the next good page, and looks elsewhere if there is none.
            if (_page is { } page && time.GetUtcNow() - page.AskedAt < LongestTold)
            {
                channel.Writer.TryWrite(page.Snapshot);
            }

            await foreach (var snapshot in channel.Reader.ReadAllAsync(cancellationToken))
            {
                yield return snapshot;
            }
        }
        finally
        {
            _followers.TryRemove(channel, out _);
        }
    }

    /// <summary>Adds a measure; followers in this process know of it when this returns.</summary>
    /// <exception cref="IOException">The store cannot be asked.</exception>
    public async Task<StandingAddition> AddAsync(StoredMeasure measure, StandingBounds bounds, CancellationToken cancellationToken)
    {
        var addition = await store.AddAsync(measure, bounds, cancellationToken);
        metrics.MeasureTaken(measure.Origin, addition.Outcome);
        if (addition.Outcome == StandingAdditionOutcome.Added)
        {
            if (addition.Displaced > 0)
            {
                // Whose these are can be let in again: either the bound is too low, or somebody wants them lifted.
                metrics.MeasuresDisplaced(measure.Origin, addition.Displaced);
                IdentityLog.MeasuresDisplaced(logger, addition.Displaced, measure.Measure.Author);
            }

            await TellAsync();
        }

        return addition;
    }

    /// <summary>Ends a measure; followers in this process know of it when this returns.</summary>
    /// <exception cref="IOException">The store cannot be asked.</exception>
    public async Task<(StoredMeasure Measure, bool Now)?> EndAsync(string id, StandingEnding ending, CancellationToken cancellationToken)
    {
        var ended = await store.EndAsync(id, ending, cancellationToken);
        if (ended is { Now: true })
        {
            metrics.MeasureEnded(ended.Value.Measure.Origin);
            await TellAsync();
        }

        return ended;
    }

    public Task<ImmutableArray<StoredMeasure>> ListAsync(StandingQuery query, CancellationToken cancellationToken) => store.ListAsync(query, cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset endedBefore, CancellationToken cancellationToken) => store.PruneAsync(endedBefore, cancellationToken);

    public void Dispose() => _refresh.Dispose();

    private async Task<(StandingState State, DateTimeOffset? AsOf)> ReadAsync(StandingState? known, CancellationToken cancellationToken)
    {
        var reading = await store.ReadAsync(known?.Revision ?? 0, cancellationToken);
        return (reading.Changed ?? known!, reading.AsOf);
    }

    private void Publish(StandingState stored, DateTimeOffset asOf, DateTimeOffset asked)
    {
        var before = _page;
        if (before is not null && asOf < before.Snapshot.AsOf)
        {
            // The clock over there was set back. What is answered later is the later word.
            asOf = before.Snapshot.AsOf.AddTicks(1);
        }

        var page = before is not null && ReferenceEquals(before.State, stored) && before.Complete
            ? before with { Snapshot = before.Snapshot with { AsOf = asOf }, AskedAt = asked }
            : StandingPage.Of(stored, asOf, asked);
        _page = page;
        foreach (var (follower, _) in _followers)
        {
            follower.Writer.TryWrite(page.Snapshot);
        }
    }

    /// <summary>It is stored already: whoever asked for it is not told otherwise because it cannot be read back at once. What follows at intervals will.</summary>
    private async Task TellAsync()
    {
        try
        {
            await RefreshAsync(CancellationToken.None);
        }
        catch (IOException)
        {
            // Logged, and tried again in a second.
        }
    }
}

/// <summary>What is in force, as it is kept and as followers are told it.</summary>
/// <param name="State">What the store said.</param>
/// <param name="Snapshot">What followers are told.</param>
/// <param name="Complete">False where something in it was left out because its time is up.</param>
/// <param name="AskedAt">When the store was asked, by this machine's clock.</param>
internal sealed record StandingPage(StandingState State, StandingSnapshot Snapshot, bool Complete, DateTimeOffset AskedAt)
{
    public static StandingPage Of(StandingState state, DateTimeOffset asOf, DateTimeOffset asked)
    {
        ImmutableArray<StandingMeasure> measures = [.. state.InForce.Where(m => m.Measure.Until > asOf).Select(m => m.Measure)];
        return new StandingPage(state, new StandingSnapshot { Revision = state.Revision, AsOf = asOf, Measures = measures }, measures.Length == state.InForce.Length, asked);
    }

    /// <summary>The first block on a caller, whatever they ask for.</summary>
    public StandingMeasure? FindBlock(CallerIdentity caller, DateTimeOffset now)
    {
        foreach (var measure in Snapshot.Measures)
        {
            if (measure.Effect != StandingEffect.Elevation && measure.Until > now && measure.Subject.IsOnCaller && measure.Subject.Matches(caller, default))
            {
                return measure;
            }
        }

        return null;
    }
}
