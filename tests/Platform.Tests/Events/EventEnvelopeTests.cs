using GatewayStack.Contracts.Events;
using GatewayStack.Events.Format;

namespace GatewayStack.Platform.Tests.Events;

public class EventEnvelopeTests
{
    [Fact]
    public void It_says_of_any_event_what_the_reader_says()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var sample = EventSamples.Hostile(seed) with { Type = Types[random.Next(Types.Length)] };
            var position = new EventPosition { Producer = "p-é\"\\", Epoch = random.NextInt64(1L << 62), Sequence = random.NextInt64() };
            var bytes = EventWriter.Write(sample, position);

            var envelope = EventEnvelope.Read(bytes).ShouldNotBeNull();
            var read = EventReader.Read(bytes);
            new EventPosition { Producer = envelope.Producer, Epoch = envelope.Epoch, Sequence = envelope.Sequence }.ShouldBe(read.Position);
            envelope.TraceParent.ShouldBe(read.Event!.TraceParent);
            envelope.IsUsage.ShouldBe(sample.Type switch
            {
                EventTypes.Decision or EventTypes.Outcome => true,
                EventTypes.Refusal => read.Event.Limits?.Hold is not null || !read.Event.Attempts.IsEmpty,
                _ => false,
            });
        }
    }

    [Fact]
    public void Broken_bytes_are_no_event_and_never_an_exception()
    {
        var good = EventWriter.Write(EventSamples.Outcome(), new EventPosition { Producer = "p", Epoch = 1, Sequence = 2 });
        for (var seed = 0; seed < 3_000; seed++)
        {
            var random = new Random(seed);
            var bytes = good.ToArray();
            for (var changes = 1 + random.Next(3); changes > 0; changes--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            bytes = bytes[..(random.Next(4) == 0 ? random.Next(bytes.Length) : bytes.Length)];
            var envelope = EventEnvelope.Read(bytes);
            if (EventReader.Read(bytes) is { Error: null, Position: { } position })
            {
                envelope.ShouldNotBeNull().Sequence.ShouldBe(position.Sequence);
            }
        }

        EventEnvelope.Read([]).ShouldBeNull();
        EventEnvelope.Read("[]"u8).ShouldBeNull();
        EventEnvelope.Read([.. good, (byte)'x']).ShouldBeNull();
    }

    private static string[] Types { get; } =
    [
        EventTypes.Decision, EventTypes.Outcome, EventTypes.Refusal, EventTypes.Refusal, EventTypes.SignInFailed, EventTypes.Administration, EventTypes.Gap, "another",
    ];
}
