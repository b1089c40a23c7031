using System.Collections.Immutable;
using GatewayStack.Audit.Storage;
using GatewayStack.Contracts.Events;
using GatewayStack.Events.Format;

namespace GatewayStack.Audit.Tests.Storage;

/// <summary>Batches as the sink makes them.</summary>
internal static class StoreSamples
{
    public const long Now = 1_772_625_600_000_000;

    public static AuditBatch Batch(ImmutableArray<AuditEntry> entries, string producer = "p") =>
        new() { Producer = producer, Entries = entries, HashKeyId = "k1", Last = (entries[^1].Epoch, entries[^1].Sequence), Time = Now };

    public static AuditEntry Entry(long sequence, string tenant = "mercy", string producer = "p", GatewayEvent? e = null)
    {
        e ??= Samples.Event($"req_{sequence}", tenant);
        return new AuditEntry
        {
            Epoch = 1,
            Sequence = sequence,
            Event = e,
            Time = AuditTimes.Micros(e.Time),
            Bytes = [.. EventWriter.Write(e, new EventPosition { Producer = producer, Epoch = 1, Sequence = sequence })],
        };
    }

    /// <summary>Consecutive events.</summary>
    public static ImmutableArray<AuditEntry> Entries(int first, int count, string producer = "p", Func<int, GatewayEvent>? make = null) =>
        [.. Enumerable.Range(first, count).Select(i => Entry(i, producer: producer, e: make?.Invoke(i)))];

    public static async Task<List<AuditRow>> ReadAsync(IAuditStore store, AuditFilter filter)
    {
        var rows = new List<AuditRow>();
        await foreach (var row in store.QueryAsync(filter, TestContext.Current.CancellationToken))
        {
            rows.Add(row);
        }

        return rows;
    }

    public static Task<List<AuditRow>> ReadAllAsync(IAuditStore store, string tenant = "mercy") => ReadAsync(store, new AuditFilter { Tenant = tenant, Limit = int.MaxValue });

    public static EventPosition PositionOf(AuditRow row) => EventReader.Read(row.Bytes).Position!;
}
