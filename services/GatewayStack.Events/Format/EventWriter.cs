using GatewayStack.Contracts.Events;
using GatewayStack.Events.Protection;

namespace GatewayStack.Events.Format;

/// <summary>Turns an event into its canonical bytes: UTF-8 JSON in RFC 8785 form, integers only, at most 64 KiB.</summary>
/// <remarks>What is absent (null, an empty list, a false flag) is left out. Times are microseconds since 1970 (UTC).</remarks>
public static class EventWriter
{
    /// <summary>Version of the envelope.</summary>
    public const int Version = 1;

    /// <summary>The most bytes an event has; one that would have more is written with its long texts and lists cut and <c>truncated</c> set.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>The bytes of an event.</summary>
    /// <param name="gatewayEvent">The event.</param>
    /// <param name="position">Its id.</param>
    /// <param name="key">Seals the personal values; without it they are left out, never written in the clear.</param>
    public static byte[] Write(GatewayEvent gatewayEvent, EventPosition position, EventKey? key = null)
    {
        ArgumentNullException.ThrowIfNull(gatewayEvent);
        ArgumentNullException.ThrowIfNull(position);
        using var encoded = Encode(gatewayEvent, position.Producer, position.Epoch, key);
        return encoded.ToBytes(position.Sequence);
    }

    internal static EncodedEvent Encode(GatewayEvent e, string producer, long epoch, EventKey? key)
    {
        foreach (var bounds in EventBounds.Steps)
        {
            var writer = new CanonicalJsonWriter(bounds);
            var hole = Envelope(ref writer, e, producer, epoch, key);
            if (writer.Length + EncodedEvent.MaxDigits <= MaxBytes)
            {
                return new EncodedEvent(writer.Detach(), writer.Length, hole);
            }

            writer.Dispose();
        }

        throw new InvalidOperationException("The tightest bounds did not make the event fit.");
    }

    private static int Envelope(ref CanonicalJsonWriter w, GatewayEvent e, string producer, long epoch, EventKey? key)
    {
        w.BeginObject();
        w.BeginObject("body"u8);
        EventBodyWriter.Write(ref w, e, key);
        w.EndObject();
        w.Texts("degraded"u8, e.Degraded);
        w.Integer("epoch"u8, epoch);
        w.Key("key_id"u8, EventBodyWriter.HasSealed(e, key) ? key!.KeyId : null);
        w.BeginObject("modes"u8);
        w.Text("limits"u8, EventWords.Of(e.Modes.Limits));
        w.Text("policy"u8, EventWords.Of(e.Modes.Policy));
        w.Text("transform"u8, EventWords.Of(e.Modes.Transform));
        w.EndObject();
        w.Key("producer"u8, producer);
        w.Key("request_id"u8, e.RequestId);
        var hole = w.Hole("seq"u8);
        w.Key("tenant"u8, e.Tenant);
        w.Integer("time"u8, EventWords.Micros(e.Time));
        w.Text("traceparent"u8, e.TraceParent);
        w.Key("type"u8, e.Type);
        w.Integer("v"u8, Version);
        w.EndObject();
        return hole;
    }
}
