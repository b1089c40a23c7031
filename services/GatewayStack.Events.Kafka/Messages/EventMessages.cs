using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Confluent.Kafka;
using GatewayStack.Contracts.Events;
using GatewayStack.Events.Format;

namespace GatewayStack.Events.Kafka.Messages;

/// <summary>An event as a message: key = producer, value = its exact bytes, headers = the rest of its id and the trace.</summary>
internal static class EventMessages
{
    private const string EpochHeader = "epoch";
    private const string SequenceHeader = "seq";
    private const string TraceHeader = "traceparent";

    public static Message<byte[], byte[]> Write(string producer, StoredEvent stored, string? traceParent)
    {
        var headers = new Headers
        {
            { EpochHeader, Digits(stored.Epoch) },
            { SequenceHeader, Digits(stored.Sequence) },
        };
        if (traceParent is not null)
        {
            headers.Add(TraceHeader, Encoding.ASCII.GetBytes(traceParent));
        }

        return new Message<byte[], byte[]> { Key = Encoding.UTF8.GetBytes(producer), Value = ImmutableCollectionsMarshal.AsArray(stored.Bytes)!, Headers = headers };
    }

    /// <summary>Reads what <see cref="Write"/> wrote. Whoever may write to the topic could say anything, so that the id of key and headers must be that of the event.</summary>
    public static ReadMessage Read(Message<byte[], byte[]> message)
    {
        if (message.Value is null)
        {
            return new ReadMessage { Error = "it has no value" };
        }

        if (message.Value.Length > EventWriter.MaxBytes)
        {
            return new ReadMessage { Error = "it is longer than 64 KiB" };
        }

        if (message.Key is null || Number(message.Headers, EpochHeader) is not { } epoch || Number(message.Headers, SequenceHeader) is not { } sequence)
        {
            return new ReadMessage { Error = "its key or a header is missing or none of ours" };
        }

        if (EventEnvelope.Read(message.Value) is not { } envelope)
        {
            return new ReadMessage { Error = "its value is not an event" };
        }

        if (envelope.Epoch != epoch || envelope.Sequence != sequence || !Encoding.UTF8.GetBytes(envelope.Producer).AsSpan().SequenceEqual(message.Key))
        {
            return new ReadMessage { Error = "its id is not the one it was sent under" };
        }

        return new ReadMessage
        {
            Producer = envelope.Producer,
            Event = new StoredEvent { Epoch = epoch, Sequence = sequence, Bytes = ImmutableCollectionsMarshal.AsImmutableArray(message.Value) },
            TraceParent = message.Headers.TryGetLastBytes(TraceHeader, out var trace) ? Encoding.ASCII.GetString(trace) : null,
        };
    }

    private static byte[] Digits(long number) => Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture));

    private static long? Number(Headers? headers, string name) =>
        headers is not null && headers.TryGetLastBytes(name, out var bytes) && bytes is not null
            && long.TryParse(bytes, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>A message: an event, or why it is none.</summary>
internal readonly record struct ReadMessage
{
    public string Producer { get; init; }

    public StoredEvent? Event { get; init; }

    public string? TraceParent { get; init; }

    public string? Error { get; init; }
}
