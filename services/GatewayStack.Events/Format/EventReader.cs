using System.Text.Json;
using GatewayStack.Contracts.Events;
using GatewayStack.Events.Protection;

namespace GatewayStack.Events.Format;

/// <summary>Reads what <see cref="EventWriter"/> wrote. Members it does not know are passed over; it never throws for the bytes' fault.</summary>
public static class EventReader
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>Reads an event. Personal values are opened only with a key that is in memory; otherwise they are absent and resource ids empty.</summary>
    public static EventReadResult Read(ReadOnlyMemory<byte> bytes, EventKeys? keys = null)
    {
        if (bytes.Length > EventWriter.MaxBytes)
        {
            return new EventReadResult { Error = "longer than 64 KiB" };
        }

        try
        {
            using var document = JsonDocument.Parse(bytes, Strict);
            return Read(document.RootElement, keys);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException or OverflowException or ArgumentException)
        {
            // The message of a parser may quote the bytes.
            return new EventReadResult { Error = $"not an event ({e.GetType().Name})" };
        }
    }

    /// <summary>Reads an event and opens its personal values, fetching the key where it is not in memory.</summary>
    public static async ValueTask<EventReadResult> ReadAsync(ReadOnlyMemory<byte> bytes, EventKeys keys, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var first = Read(bytes, keys);
        if (first.KeyId is { } keyId && keys.FindCached(keyId) is null && await keys.FindAsync(keyId, cancellationToken) is not null)
        {
            return Read(bytes, keys);
        }

        return first;
    }

    private static EventReadResult Read(JsonElement root, EventKeys? keys)
    {
        var version = root.Integer("v"u8) ?? throw new FormatException();
        if (version != EventWriter.Version)
        {
            return new EventReadResult { Error = $"version {version} of the format is not known" };
        }

        var keyId = root.Text("key_id"u8);
        var modes = root.Object("modes"u8) ?? throw new FormatException();
        var body = root.Object("body"u8) ?? throw new FormatException();
        var position = new EventPosition { Producer = root.Required("producer"u8), Epoch = root.Number("epoch"u8), Sequence = root.Number("seq"u8) };
        var shell = new GatewayEvent
        {
            Type = root.Required("type"u8),
            Time = EventWords.Time(root.Number("time"u8)),
            Tenant = root.Required("tenant"u8),
            RequestId = root.Required("request_id"u8),
            TraceParent = root.Text("traceparent"u8),
            Degraded = root.Texts("degraded"u8),
            Modes = new()
            {
                Limits = EventWords.Mode(modes.Text("limits"u8)),
                Policy = EventWords.Mode(modes.Text("policy"u8)),
                Transform = EventWords.Mode(modes.Text("transform"u8)),
            },
        };
        return new EventReadResult
        {
            Position = position,
            KeyId = keyId,
            Truncated = body.Flag("truncated"u8),
            Event = EventBodyReader.Read(body, shell, keyId is null ? null : keys?.FindCached(keyId)),
        };
    }
}

/// <summary>Result of reading an event's bytes.</summary>
public sealed record EventReadResult
{
    /// <summary>The event; null when the bytes are none.</summary>
    public GatewayEvent? Event { get; init; }

    /// <summary>Its id; null when the bytes are no event.</summary>
    public EventPosition? Position { get; init; }

    /// <summary>The key its personal values were sealed with; null when it has none.</summary>
    public string? KeyId { get; init; }

    /// <summary>True when long texts or lists were cut so that it fits.</summary>
    public bool Truncated { get; init; }

    /// <summary>Why the bytes are no event; never quotes them.</summary>
    public string? Error { get; init; }
}
