using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Confluent.Kafka;
using GatewayStack.Contracts.Events;
using GatewayStack.Events.Kafka.Messages;

namespace GatewayStack.Events.Kafka.Consuming;

/// <summary>What one poll brought of one partition, by producer; the last batch moves the position.</summary>
internal sealed class PolledBatch(PartitionReader reader)
{
    private readonly List<Group> _groups = [];
    private readonly Dictionary<(string Producer, long Epoch), Group> _byProducer = [];
    private readonly ImmutableArray<UnreadableMessage>.Builder _unreadable = ImmutableArray.CreateBuilder<UnreadableMessage>();
    private readonly List<string> _traces = [];
    private readonly long _from = reader.Stored;
    private readonly long _claim = reader.Claim;

    public PartitionReader Reader => reader;

    public int Events { get; private set; }

    public IReadOnlyList<UnreadableMessage> Unreadable => _unreadable;

    public IReadOnlyList<string> TraceParents => _traces;

    public void Add(ConsumeResult<byte[], byte[]> result)
    {
        var read = EventMessages.Read(result.Message);
        if (read.Event is not { } stored)
        {
            AddUnreadable(result.Offset.Value, result.Message.Value ?? [], read.Error!);
            return;
        }

        if (!_byProducer.TryGetValue((read.Producer, stored.Epoch), out var group))
        {
            group = new Group(read.Producer);
            _groups.Add(group);
            _byProducer.Add((read.Producer, stored.Epoch), group);
        }

        Events++;
        group.Add(stored);
        if (read.TraceParent is { } trace)
        {
            _traces.Add(trace);
        }
    }

    /// <summary>Records offsets that are not in the log any more.</summary>
    public void AddHole(long from, long to) =>
        AddUnreadable(from, [], $"the offsets {from} to {to} were deleted before they were read");

    /// <summary>The batches, in the order to store them in.</summary>
    public List<EventBatch> Build()
    {
        var batches = _groups.ConvertAll(g => new EventBatch { Producer = g.Producer, Feed = reader.Topic.Feed, Events = g.Build() });
        var last = batches.Count > 0 ? batches[^1] : new EventBatch { Producer = string.Empty, Feed = reader.Topic.Feed, Events = [] };
        last = last with
        {
            Unreadable = _unreadable.ToImmutable(),
            Position = new LogPosition { Topic = reader.Topic.Name, Partition = reader.Partition.Partition.Value, From = _from, Next = reader.Next, Claim = _claim },
        };
        if (batches.Count > 0)
        {
            batches[^1] = last;
        }
        else
        {
            batches.Add(last);
        }

        return batches;
    }

    private void AddUnreadable(long offset, byte[] bytes, string error) => _unreadable.Add(new UnreadableMessage
    {
        Topic = reader.Topic.Name,
        Partition = reader.Partition.Partition.Value,
        Offset = offset,
        Bytes = ImmutableCollectionsMarshal.AsImmutableArray(bytes),
        Error = error,
    });

    private sealed class Group(string producer)
    {
        private readonly ImmutableArray<StoredEvent>.Builder _events = ImmutableArray.CreateBuilder<StoredEvent>();

        public string Producer => producer;

        // Events that are sent again stand twice in the log.
        public void Add(StoredEvent stored)
        {
            if (_events.Count == 0 || _events[^1].Sequence < stored.Sequence)
            {
                _events.Add(stored);
            }
        }

        public ImmutableArray<StoredEvent> Build() => _events.DrainToImmutable();
    }
}
