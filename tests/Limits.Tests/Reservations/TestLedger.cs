using System.Collections.Immutable;
using GatewayStack.Limits.Ledger;

namespace GatewayStack.Limits.Tests.Reservations;

/// <summary>A ledger that says what a test tells it to.</summary>
internal sealed class TestLedger(params ImmutableArray<LedgerRequest> rows) : ILedger
{
    public string Name => "test";

    public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<ImmutableArray<LedgerChange>> AppendAsync(LedgerBatch batch, CancellationToken cancellationToken) => throw new NotSupportedException();

    public async IAsyncEnumerable<LedgerRequest> ReadAsync(
        DateTimeOffset since, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var row in rows.Where(r => r.ReservedAt >= since))
        {
            await Task.Yield();
            yield return row;
        }
    }

    public Task<long> ForgetAsync(DateTimeOffset before, int most, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<LedgerStatistics> GetStatisticsAsync(CancellationToken cancellationToken) => Task.FromResult(new LedgerStatistics(rows.Length, 0, 0, []));
}
