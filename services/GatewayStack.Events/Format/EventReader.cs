using System.Collections.Immutable;
using System.Text.Json;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Router;
using GatewayStack.Events.Protection;

namespace GatewayStack.Events.Format;

/// <summary>Reads what <see cref="EventWriter"/> wrote. Members it does not know are passed over; it never throws for the bytes' fault.</summary>
public static class EventReader
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 16 };

    private static readonly MemberNames Members = new(
        "body", "degraded", "epoch", "key_id", "modes", "producer", "request_id", "seq", "tenant", "time", "traceparent", "type", "v");

    private static readonly MemberNames ModeMembers = new("limits", "policy", "transform");
    private static readonly MemberNames VersionMember = new("v");

    /// <summary>Reads an event. Personal values are opened only with a key that is in memory; otherwise they are absent and resource ids empty.</summary>
    public static EventReadResult Read(ReadOnlyMemory<byte> bytes, EventKeys? keys = null)
    {
        if (bytes.Length > EventWriter.MaxBytes)
        {
            return new EventReadResult { Error = "longer than 64 KiB" };
        }

        try
        {
            return ReadEvent(bytes, keys);
        }
        catch (Exception e) when (IsTheirFault(e))
        {
            // The message of a parser may quote the bytes.
            return UnknownVersion(bytes.Span) ?? new EventReadResult { Error = $"not an event ({e.GetType().Name})" };
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

    private static EventReadResult ReadEvent(ReadOnlyMemory<byte> bytes, EventKeys? keys)
    {
        string? producer = null, type = null, tenant = null, requestId = null, traceParent = null, keyId = null;
        long? version = null, epoch = null, sequence = null;
        DateTimeOffset? time = null;
        ImmutableArray<string> degraded = [];
        ModuleModes? modes = null;
        EventBody? body = null;

        var json = new Utf8JsonReader(bytes.Span, Options);
        _ = json.Read();
        var members = new ObjectMembers(in json, Members);
        while (members.Next(ref json, out var name))
        {
            switch (name)
            {
                case "body": body = EventBodyReader.Read(ref json, bytes); break;
                case "degraded": degraded = json.Texts(); break;
                case "epoch": epoch = json.Integer(); break;
                case "key_id": keyId = json.Text(); break;
                case "modes": modes = Modes(ref json); break;
                case "producer": producer = json.Required(); break;
                case "request_id": requestId = json.Required(); break;
                case "seq": sequence = json.Integer(); break;
                case "tenant": tenant = json.Required(); break;
                case "time": time = json.Time(); break;
                case "traceparent": traceParent = json.Text(); break;
                case "type": type = json.Required(); break;
                case "v": version = json.Integer(); break;
            }
        }

        // Throws when anything follows.
        _ = json.Read();
        var written = version.There();
        if (written != EventWriter.Version)
        {
            return Unknown(written);
        }

        var head = new EventHead(type.There(), time.There(), tenant.There(), requestId.There(), traceParent, modes.There(), degraded);
        var read = body.There();
        return new EventReadResult
        {
            Position = new EventPosition { Producer = producer.There(), Epoch = epoch.There(), Sequence = sequence.There() },
            KeyId = keyId,
            Truncated = read.Truncated,
            Event = read.ToEvent(head, keyId is null ? null : keys?.FindCached(keyId), keys?.Opened),
        };
    }

    private static ModuleModes Modes(ref Utf8JsonReader json)
    {
        string? limits = null, policy = null, transform = null;
        var members = new ObjectMembers(in json, ModeMembers);
        while (members.Next(ref json, out var name))
        {
            switch (name)
            {
                case "limits": limits = json.Text(); break;
                case "policy": policy = json.Text(); break;
                case "transform": transform = json.Text(); break;
            }
        }

        return new ModuleModes { Limits = EventWords.Mode(limits), Policy = EventWords.Mode(policy), Transform = EventWords.Mode(transform) };
    }

    // The version comes last: what could not be read may be of another one, whose members mean something else.
    private static EventReadResult? UnknownVersion(ReadOnlySpan<byte> bytes)
    {
        try
        {
            long? version = null;
            var json = new Utf8JsonReader(bytes, Options);
            _ = json.Read();
            var members = new ObjectMembers(in json, VersionMember);
            while (members.Next(ref json, out _))
            {
                version = json.Integer();
            }

            _ = json.Read();
            return version is { } found and not EventWriter.Version ? Unknown(found) : null;
        }
        catch (Exception e) when (IsTheirFault(e))
        {
            return null;
        }
    }

    private static EventReadResult Unknown(long version) => new() { Error = $"version {version} of the format is not known" };

    private static bool IsTheirFault(Exception e) =>
        e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException or OverflowException or ArgumentException;
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
