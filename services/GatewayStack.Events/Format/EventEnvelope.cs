using System.Runtime.InteropServices;
using System.Text.Json;
using GatewayStack.Contracts.Events;

namespace GatewayStack.Events.Format;

/// <summary>What a transport needs to know of an event; its body is passed over.</summary>
/// <param name="Producer">Part of the id.</param>
/// <param name="Epoch">Part of the id.</param>
/// <param name="Sequence">Part of the id.</param>
/// <param name="TraceParent">W3C traceparent of the request.</param>
/// <param name="IsUsage">True where the ledger may need it: decisions, outcomes, and refusals that had a hold or an attempt.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EventEnvelope(string Producer, long Epoch, long Sequence, string? TraceParent, bool IsUsage)
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 16 };
    private static readonly MemberNames Members = new("body", "epoch", "producer", "seq", "traceparent", "type");
    private static readonly MemberNames BodyMembers = new("attempts", "limits");
    private static readonly MemberNames LimitsMembers = new("hold");

    /// <summary>Reads it; null when the bytes are no event. Never throws for the bytes' fault.</summary>
    public static EventEnvelope? Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return ReadEvent(bytes);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException or OverflowException)
        {
            return null;
        }
    }

    private static EventEnvelope ReadEvent(ReadOnlySpan<byte> bytes)
    {
        string? producer = null, type = null, traceParent = null;
        long? epoch = null, sequence = null;
        var used = false;
        var json = new Utf8JsonReader(bytes, Options);
        _ = json.Read();
        var members = new ObjectMembers(in json, Members);
        while (members.Next(ref json, out var name))
        {
            switch (name)
            {
                case "body": used = HasHoldOrAttempt(ref json); break;
                case "epoch": epoch = json.Integer(); break;
                case "producer": producer = json.Required(); break;
                case "seq": sequence = json.Integer(); break;
                case "traceparent": traceParent = json.Text(); break;
                case "type": type = json.Required(); break;
            }
        }

        // Throws when anything follows.
        _ = json.Read();
        return new EventEnvelope(producer.There(), epoch.There(), sequence.There(), traceParent, type.There() switch
        {
            EventTypes.Decision or EventTypes.Outcome => true,
            EventTypes.Refusal => used,
            _ => false,
        });
    }

    private static bool HasHoldOrAttempt(ref Utf8JsonReader json)
    {
        var found = false;
        var members = new ObjectMembers(in json, BodyMembers);
        while (members.Next(ref json, out var name))
        {
            if (name == "attempts")
            {
                var start = json.TokenStartIndex;
                json.Skip();
                found |= json.BytesConsumed - start > "[]".Length;
            }
            else
            {
                var limits = new ObjectMembers(in json, LimitsMembers);
                while (limits.Next(ref json, out _))
                {
                    found = true;
                    json.Skip();
                }
            }
        }

        return found;
    }
}
