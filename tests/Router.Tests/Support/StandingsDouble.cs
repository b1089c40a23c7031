using System.Runtime.CompilerServices;
using GatewayStack.Contracts.Identity;

namespace GatewayStack.Router.Tests.Support;

/// <summary>Says who is cut off what a test tells it, at once to everybody who follows.</summary>
internal sealed class StandingsDouble : IStandings
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private StandingSnapshot? _snapshot = new() { Revision = 1, AsOf = DateTimeOffset.UnixEpoch };
    private Exception? _fault;
    private int _measures;

    public long Revision => _snapshot?.Revision ?? -1;

    public DateTimeOffset AsOf => _snapshot?.AsOf ?? default;

    /// <summary>What a follower has dealt with last, whatever it made of it.</summary>
    public StandingSnapshot? Taken { get; private set; }

    /// <summary>A block until a time, a century from now unless said.</summary>
    public StandingMeasure Block(StandingSubject subject, DateTimeOffset? until = null, string reason = "phone lost", StandingEffect effect = StandingEffect.Block)
    {
        var measure = Measure("m" + Interlocked.Increment(ref _measures).ToString(System.Globalization.CultureInfo.InvariantCulture), subject, until, reason) with { Effect = effect };
        Change(s => s with { Revision = s.Revision + 1, Measures = s.Measures.Add(measure) });
        return measure;
    }

    public void Unblock(StandingMeasure measure) => Change(s => s with { Revision = s.Revision + 1, Measures = [.. s.Measures.Where(m => m.Id != measure.Id)] });

    /// <summary>Says the same again, as every second.</summary>
    public void Beat() => Change(s => s);

    /// <summary>Says something else, as it is.</summary>
    public void Say(StandingSnapshot? snapshot)
    {
        lock (_gate)
        {
            _snapshot = snapshot;
            Next();
        }
    }

    /// <summary>Breaks all lines, now and until it is mended.</summary>
    public void Break(Exception fault)
    {
        lock (_gate)
        {
            _fault = fault;
            Next();
        }
    }

    public void Mend()
    {
        lock (_gate)
        {
            _fault = null;
            Next();
        }
    }

    public static StandingMeasure Measure(string id, StandingSubject subject, DateTimeOffset? until = null, string reason = "phone lost") => new()
    {
        Id = id,
        Effect = StandingEffect.Block,
        Subject = subject,
        Reason = reason,
        Author = "ada",
        CreatedAt = DateTimeOffset.UnixEpoch,
        Until = until ?? DateTimeOffset.UnixEpoch.AddYears(200),
    };

    public async IAsyncEnumerable<StandingSnapshot> WatchAsync(StandingWatch request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        StandingSnapshot? said = null;
        while (true)
        {
            StandingSnapshot? snapshot;
            Task changed;
            lock (_gate)
            {
                if (_fault is not null)
                {
                    throw _fault;
                }

                (snapshot, changed) = (_snapshot, _changed.Task);
            }

            if (snapshot is not null && !ReferenceEquals(snapshot, said))
            {
                said = snapshot;
                yield return snapshot;
                Taken = snapshot;
                continue;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    private void Change(Func<StandingSnapshot, StandingSnapshot> change)
    {
        lock (_gate)
        {
            var snapshot = change(_snapshot ?? new StandingSnapshot { Revision = 0, AsOf = DateTimeOffset.UnixEpoch });
            _snapshot = snapshot with { AsOf = snapshot.AsOf.AddSeconds(1) };
            Next();
        }
    }

    private void Next()
    {
        var before = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        before.TrySetResult();
    }
}
