using System.Collections.Immutable;
using System.Data.Common;
using GatewayStack.Audit.Records;
using GatewayStack.Audit.Storage;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Keys;
using GatewayStack.Events.Format;
using GatewayStack.Events.Protection;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Audit.Consumption;

/// <summary>Stores what the spool ships. A batch is stored whole or not at all; what cannot be read is put aside and does not stop the rest.</summary>
internal sealed class AuditSink(IAuditStore store, EventKeys keys, IDataKeys dataKeys, TimeProvider time, AuditMetrics metrics, ILogger<AuditSink> logger) : IEventSink
{
    public string Name => "audit";

    public async Task<EventAcknowledgement> AppendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        var hashKey = await dataKeys.GetCurrentAsync(DataKeyPurposes.KeyedHash, cancellationToken);
        var hashes = new BatchHashes(hashKey);
        var entries = ImmutableArray.CreateBuilder<AuditEntry>(batch.Events.Length);
        var deadLetters = ImmutableArray.CreateBuilder<DeadLetter>();
        foreach (var stored in batch.Events)
        {
            var read = await EventReader.ReadAsync(stored.Bytes.AsMemory(), keys, cancellationToken);
            if (Problem(batch.Producer, stored, read) is { } problem)
            {
                logger.DeadLetter(batch.Producer, stored.Epoch, stored.Sequence, problem);
                deadLetters.Add(new DeadLetter(stored.Epoch, stored.Sequence, stored.Bytes, problem, Micros(time.GetUtcNow())));
            }
            else
            {
                entries.Add(Entry(stored, read.Event!, hashes));
            }
        }

        var last = batch.Events[^1];
        try
        {
            _ = await store.AppendAsync(
                new AuditBatch
                {
                    Producer = batch.Producer,
                    Entries = entries.DrainToImmutable(),
                    DeadLetters = deadLetters.ToImmutable(),
                    HashKeyId = hashKey.KeyId,
                    Last = (last.Epoch, last.Sequence),
                },
                cancellationToken);
        }
        catch (Exception e) when (e is DbException or IOException or UnauthorizedAccessException)
        {
            metrics.StoreFailed();
            logger.StoreFailed(e, batch.Events.Length);
            return new EventAcknowledgement { Stored = 0, Reason = "the audit store failed" };
        }

        metrics.Stored(batch.Events.Length - deadLetters.Count, deadLetters.Count);
        return new EventAcknowledgement { Stored = batch.Events.Length };
    }

    private static string? Problem(string producer, StoredEvent stored, EventReadResult read)
    {
        if (read.Error is not null)
        {
            return read.Error;
        }

        var said = new EventPosition { Producer = producer, Epoch = stored.Epoch, Sequence = stored.Sequence };
        return read.Position == said ? null : "its id is not the one it was sent under";
    }

    private static AuditEntry Entry(StoredEvent stored, GatewayEvent e, BatchHashes hashes) => new()
    {
        Epoch = stored.Epoch,
        Sequence = stored.Sequence,
        Bytes = stored.Bytes,
        Event = e,
        Time = Micros(e.Time),
        UserHash = e.Personal is { } personal ? hashes.User(e.Tenant, personal.UserId) : null,
        Resources = e.Resources.IsEmpty ? [] : [.. e.Resources.Select(r => (r.Type, r.Id.Length > 0 ? hashes.Resource(e.Tenant, r.Id) : null))],
    };

    private static long Micros(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
}
