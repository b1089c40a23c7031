using GatewayStack.Documents;
using GatewayStack.Limits.Documents;
using GatewayStack.Limits.Ledger;
using GatewayStack.Limits.Reservations;

namespace GatewayStack.Limits;

/// <summary>Keeps ledger, counters and limits in step: while one of them changes as a whole, the others stand still. Requests never wait for it.</summary>
internal sealed class LimitsState(ICounterStore counters, ILedger ledger, IDocumentStore<LimitsDocument> document, LimitsMetrics metrics) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile string? _revision;

    /// <summary>True once the counters stand for what the ledger says.</summary>
    public bool IsReady => _revision is not null;

    /// <summary>Opens the ledger and rebuilds the counters from it.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (!IsReady)
            {
                await ledger.OpenAsync(cancellationToken);
                await RebuildAsync(cancellationToken);
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
            var changes = await ledger.AppendAsync(batch, cancellationToken);
            metrics.LedgerAppended(changes.Length);

            // The batch is stored and will not come again: from here on nothing may be cancelled.
            if (await counters.ApplyAsync(changes, CancellationToken.None))
            {
                await RebuildAsync(CancellationToken.None);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task RebuildAsync(CancellationToken cancellationToken)
    {
        var current = document.Current;
        await counters.RebuildAsync(new LimitSet(current.Value, current.Revision), ledger, cancellationToken);
        _revision = current.Revision;
        metrics.Rebuilt();
    }
}
