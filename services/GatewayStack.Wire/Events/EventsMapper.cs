using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GatewayStack.Contracts.Events;
using Google.Protobuf;

namespace GatewayStack.Wire.Events;

/// <summary>Batches and acknowledgements, to and from their messages.</summary>
internal static class EventsMapper
{
    public static V1.EventBatch ToMessage(EventBatch record)
    {
        var message = new V1.EventBatch
        {
            Producer = record.Producer,
            Feed = record.Feed,
            Events = { record.Events.Select(e => new V1.StoredEvent { Epoch = e.Epoch, Sequence = e.Sequence, Content = ToBytes(e.Bytes) }) },
            Unreadable =
            {
                record.Unreadable.Select(u => new V1.UnreadableMessage { Topic = u.Topic, Partition = u.Partition, Offset = u.Offset, Content = ToBytes(u.Bytes), Error = u.Error }),
            },
        };
        if (record.Position is { } at)
        {
            message.Position = new V1.LogPosition { Topic = at.Topic, Partition = at.Partition, From = at.From, Next = at.Next, Claim = at.Claim };
        }

        return message;
    }

    /// <summary>The batch; null when it has events and does not say whose, or numbers them below 1.</summary>
    public static EventBatch? ToRecord(V1.EventBatch? message)
    {
        if (message is null || (message.Events.Count > 0 && message.Producer.Length == 0) || message.Events.Any(e => e.Epoch < 1 || e.Sequence < 1))
        {
            return null;
        }

        return new EventBatch
        {
            Producer = message.Producer,
            Feed = message.Feed,
            Events = [.. message.Events.Select(e => new StoredEvent { Epoch = e.Epoch, Sequence = e.Sequence, Bytes = ToArray(e.Content) })],
            Unreadable =
            [
                .. message.Unreadable.Select(u => new UnreadableMessage { Topic = u.Topic, Partition = u.Partition, Offset = u.Offset, Bytes = ToArray(u.Content), Error = u.Error }),
            ],
            Position = message.Position is { } at
                ? new LogPosition { Topic = at.Topic, Partition = at.Partition, From = at.From, Next = at.Next, Claim = at.Claim }
                : null,
        };
    }

    public static V1.EventAcknowledgement ToMessage(EventAcknowledgement record)
    {
        var message = new V1.EventAcknowledgement { Stored = record.Stored, Fenced = record.Fenced };
        if (record.Reason is not null)
        {
            message.Reason = record.Reason;
        }

        return message;
    }

    /// <summary>What was stored of a batch. A number that the batch does not have stores nothing: all of it comes again.</summary>
    public static EventAcknowledgement ToRecord(V1.EventAcknowledgement message, int events) => new()
    {
        Stored = message.Fenced || message.Stored < 0 || message.Stored > events ? 0 : message.Stored,
        Reason = message.HasReason ? message.Reason : null,
        Fenced = message.Fenced,
    };

    // Neither side changes its array: no copy is needed on the way out.
    private static ByteString ToBytes(ImmutableArray<byte> bytes) => UnsafeByteOperations.UnsafeWrap(bytes.AsMemory());

    private static ImmutableArray<byte> ToArray(ByteString bytes) => ImmutableCollectionsMarshal.AsImmutableArray(bytes.ToByteArray());
}
