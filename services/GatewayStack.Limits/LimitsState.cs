using GatewayStack.Documents;
using GatewayStack.Limits.Documents;
using GatewayStack.Limits.Ledger;
using GatewayStack.Limits.Reservations;

namespace GatewayStack.Limits;

/// <summary>Keeps ledger, counters and limits in step: while one of them changes as a whole, the others stand still. Requests never wait for it.</summary>
/// <remarks>The gate is this instance's. Where instances share a counter store, the store keeps them apart (its turns and its lock).</remarks>
internal sealed class LimitsState(ICounterStore counters, ILedger ledger, IDocumentStore<LimitsDocument> document, LimitsMetrics metrics) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile string? _revision;
    private volatile bool _rebuildDue;
    private bool _uncertain;

    /// <summary>Called when the counters turn out to be lost: somebody has to run <see cref="TendAsync"/>. Never while a request waits.</summary>
    public Action? OnLost { get; set; }

    /// <summary>True once the counters stand for what the ledger says.</summary>
    public bool IsReady => _revision is not null;

    /// <summary>What is wrong with the counter store, in one line; null where it serves.</summary>
    public string? Trouble => counters.Trouble;

    /// <summary>Opens the stores and rebuilds the counters where they do not stand for the ledger.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (!IsReady)
            {
                await counters.OpenAsync(cancellationToken);
                await ledger.OpenAsync(cancellationToken);
                await EnsureAsync(cancellationToken);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Puts the document's current version in force, with counters for what it newly counts.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (IsReady && _revision != document.Current.Revision)
            {
                await EnsureAsync(cancellationToken);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Looks after the counters: rebuilds them where that is due. Called now and then, and when they turn out to be lost.</summary>
    public async Task TendAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (!IsReady)
            {
                return;
            }

            await EnsureAsync(cancellationToken);
            if (_rebuildDue)
            {
                await RebuildAsync(cancellationToken);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Stores a batch, then lets the counters follow.</summary>
    public async Task AppendAsync(LedgerBatch batch, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (await AppendInTurnAsync(batch, cancellationToken))
            {
                _rebuildDue = true;
                try
                {
                    await RebuildAsync(CancellationToken.None);
                }
                catch (CounterStoreAwayException)
                {
                    // The batch is stored; the counters follow when their store is back.
                }
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Lets go of requests of the ledger that are older than any window, at most so many. Says how many.</summary>
    public async Task<long> ForgetAsync(DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return await ledger.ForgetAsync(before, most, cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Lost() => OnLost?.Invoke();

    public void Dispose() => _gate.Dispose();

    /// <summary>Says whether the counters must be rebuilt.</summary>
    private async Task<bool> AppendInTurnAsync(LedgerBatch batch, CancellationToken cancellationToken)
    {
        await using var turn = await counters.BeginTurnAsync(cancellationToken);
        var stored = false;
        try
        {
            var changes = await ledger.AppendAsync(batch, cancellationToken);
            stored = true;
            metrics.LedgerAppended(changes.Length);

            // After a batch of which it is not known whether it was stored, a rebuild says what this one means: it may tell of that batch once more.
            // The batch is stored and will not come again: from here on nothing may be cancelled.
            var rebuild = _uncertain || await counters.ApplyAsync(changes, CancellationToken.None);
            _uncertain = false;
            turn.Complete();
            return rebuild;
        }
        catch (Exception e) when (stored || e is LedgerUncertainException or OperationCanceledException)
        {
            _uncertain = true;
            throw;
        }
        catch
        {
            // Nothing was stored: the counters have nothing to follow.
            turn.Complete();
            throw;
        }
    }

    private async Task EnsureAsync(CancellationToken cancellationToken)
    {
        var current = document.Current;
        if (await counters.EnsureAsync(new LimitSet(current.Value, current.Revision), ledger, cancellationToken))
        {
            _rebuildDue = false;
            metrics.Rebuilt();
        }

        _revision = current.Revision;
    }

    private async Task RebuildAsync(CancellationToken cancellationToken)
    {
        var current = document.Current;
        await counters.RebuildAsync(new LimitSet(current.Value, current.Revision), ledger, cancellationToken);
        _revision = current.Revision;
        _rebuildDue = false;
        metrics.Rebuilt();
    }
}
