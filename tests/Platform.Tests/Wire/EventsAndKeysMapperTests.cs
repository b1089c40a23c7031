using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Keys;
using GatewayStack.Policy.Tests.Model;
using GatewayStack.Wire.Events;
using GatewayStack.Wire.Keys;
using Google.Protobuf;
using V1 = GatewayStack.Wire.Events.V1;

namespace GatewayStack.Platform.Tests.Wire;

public sealed class EventsAndKeysMapperTests
{
    [Fact]
    public void Batches_survive_the_wire() =>
        Seeded.Check(RecordMaker.Gen<EventBatch>(), 300, record =>
            RecordMaker.Json(EventsMapper.ToRecord(V1.EventBatch.Parser.ParseFrom(EventsMapper.ToMessage(record).ToByteArray()))).ShouldBe(RecordMaker.Json(record)));

    [Fact]
    public void Acknowledgements_survive_the_wire() =>
        Seeded.Check(RecordMaker.Gen<EventAcknowledgement>(r => r.Fenced ? r with { Stored = 0 } : r), 100, record =>
            EventsMapper.ToRecord(V1.EventAcknowledgement.Parser.ParseFrom(EventsMapper.ToMessage(record).ToByteArray()), int.MaxValue).ShouldBe(record));

    [Fact]
    public void Keys_survive_the_wire() =>
        Seeded.Check(RecordMaker.Gen<DataKey>(), 100, record =>
            RecordMaker.Json(KeysMapper.ToRecord(KeysMapper.ToMessage(record), record.Purpose)).ShouldBe(RecordMaker.Json(record)));

    [Theory]
    [InlineData(-1, false)]
    [InlineData(3, false)]
    [InlineData(2, true)]
    public void An_acknowledgement_that_cannot_be_stores_nothing(int stored, bool fenced) =>
        EventsMapper.ToRecord(new V1.EventAcknowledgement { Stored = stored, Fenced = fenced }, 2).ShouldBe(new EventAcknowledgement { Stored = 0, Fenced = fenced });

    [Fact]
    public void An_empty_acknowledgement_stores_nothing() => EventsMapper.ToRecord(new V1.EventAcknowledgement(), 2).Stored.ShouldBe(0);

    [Fact]
    public void A_batch_that_does_not_say_whose_events_it_has_is_none()
    {
        EventsMapper.ToRecord(null).ShouldBeNull();
        EventsMapper.ToRecord(new V1.EventBatch { Events = { new V1.StoredEvent { Epoch = 1, Sequence = 1 } } }).ShouldBeNull();
        EventsMapper.ToRecord(new V1.EventBatch { Producer = "p", Events = { new V1.StoredEvent { Epoch = 0, Sequence = 1 } } }).ShouldBeNull();
        EventsMapper.ToRecord(new V1.EventBatch { Producer = "p", Events = { new V1.StoredEvent { Epoch = 1, Sequence = 0 } } }).ShouldBeNull();
        EventsMapper.ToRecord(new V1.EventBatch { Producer = "p", Events = { new V1.StoredEvent { Epoch = 1, Sequence = 1 } } }).ShouldNotBeNull();
        EventsMapper.ToRecord(new V1.EventBatch()).ShouldNotBeNull();
    }

    [Fact]
    public void A_key_of_another_purpose_or_length_is_none()
    {
        var key = new GatewayStack.Wire.Keys.V1.DataKey { KeyId = "k", Purpose = "a", Secret = ByteString.CopyFrom(new byte[32]) };
        KeysMapper.ToRecord(key, "a").ShouldNotBeNull();
        KeysMapper.ToRecord(key, "b").ShouldBeNull();
        KeysMapper.ToRecord(null, "a").ShouldBeNull();
        KeysMapper.ToRecord(new(key) { KeyId = "" }, "a").ShouldBeNull();
        KeysMapper.ToRecord(new(key) { Secret = ByteString.CopyFrom(new byte[31]) }, "a").ShouldBeNull();
        KeysMapper.ToRecord(new(), "a").ShouldBeNull();
    }
}
