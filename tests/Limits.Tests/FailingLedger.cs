using System.Collections.Immutable;
using GatewayStack.Limits.Ledger;

namespace GatewayStack.Limits.Tests;

/// <summary>A ledger that cannot be written while a test says so.</summary>
internal sealed class FailingLedger(ILedger ledger, Func<bool> fails) : ILedger
{
    public string Name => ledger.Name;

    public Task OpenAsync(CancellationToken cancellationToken) => ledger.OpenAsync(cancellationToken);

    public Task<ImmutableArray<LedgerChange>> AppendAsync(LedgerBatch batch, CancellationToken cancellationToken) =>
        fails() ? throw new IOException("No space left on device") : ledger.AppendAsync(batch, cancellationToken);

    public IAsyncEnumerable<LedgerRequest> ReadAsync(DateTimeOffset since, CancellationToken cancellationToken) => ledger.ReadAsync(since, cancellationToken);

    public Task<long> ForgetAsync(DateTimeOffset before, int most, CancellationToken cancellationToken) =>
        fails() ? throw new IOException("No space left on device") : ledger.ForgetAsync(before, most, cancellationToken);

    public Task<LedgerStatistics> GetStatisticsAsync(CancellationToken cancellationToken) => ledger.GetStatisticsAsync(cancellationToken);
}
