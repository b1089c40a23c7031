using System.Collections.Immutable;
using GatewayStack.Audit.Records;
using GatewayStack.Audit.Storage;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Keys;
using GatewayStack.Contracts.Router;
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
        try
        {
            return await StoreAsync(batch, cancellationToken);
        }
        catch (Exception e) when (StoreFailures.Is(e))
        {
            metrics.StoreFailed();
            logger.StoreFailed(e, batch.Events.Length);
            return new EventAcknowledgement { Stored = 0, Reason = "the audit store failed" };
        }
        catch (ModuleCallException e)
        {
            // Without its keys an event is not unreadable, only not readable yet.
            metrics.StoreFailed();
            logger.StoreFailed(e, batch.Events.Length);
            return new EventAcknowledgement { Stored = 0, Reason = "the keys of the audit are not available" };
        }
    }

    private async Task<EventAcknowledgement> StoreAsync(EventBatch batch, CancellationToken cancellationToken)
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
                deadLetters.Add(new DeadLetter(stored.Epoch, stored.Sequence, stored.Bytes, problem));
            }
            else
            {
                entries.Add(Entry(stored, read.Event!, hashes));
            }
        }

        var appended = await store.AppendAsync(
            new AuditBatch
            {
                Producer = batch.Producer,
                Feed = batch.Feed,
                Entries = entries.DrainToImmutable(),
                DeadLetters = deadLetters.ToImmutable(),
                Unreadable = batch.Unreadable,
                HashKeyId = hashKey.KeyId,
                Last = batch.Events is [.., { } last] ? (last.Epoch, last.Sequence) : null,
                Position = batch.Position,
                Time = AuditTimes.Micros(time.GetUtcNow()),
            },
            cancellationToken);
        if (appended.Fenced)
        {
            logger.Fenced();
            return new EventAcknowledgement { Stored = 0, Fenced = true, Reason = "another instance has taken over the log" };
        }

        Report(batch, deadLetters);
        return new EventAcknowledgement { Stored = batch.Events.Length };
    }

    // Once they are stored: a batch that is tried again must not be counted again.
    private void Report(EventBatch batch, ImmutableArray<DeadLetter>.Builder deadLetters)
    {
        metrics.Stored(batch.Events.Length - deadLetters.Count, deadLetters.Count + batch.Unreadable.Length);
        foreach (var letter in deadLetters)
        {
            logger.DeadLetter(batch.Producer, letter.Epoch, letter.Sequence, letter.Error);
        }

        foreach (var message in batch.Unreadable)
        {
            logger.UnreadableMessage(message.Topic, message.Partition, message.Offset, message.Error);
        }
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
        Time = AuditTimes.Micros(e.Time),
        UserHash = e.Personal is { } personal ? hashes.User(e.Tenant, personal.UserId) : null,
        Resources = e.Resources.IsEmpty ? [] : [.. e.Resources.Select(r => (r.Type, r.Id.Length > 0 ? hashes.Resource(e.Tenant, r.Id) : null))],
    };
}
