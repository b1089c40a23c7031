using System.Collections.Immutable;
using System.Text.Json;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Limits;

namespace GatewayStack.Events.Format;

/// <summary>The counterpart of <see cref="EventBodyWriter"/>.</summary>
internal static class EventBodyReader
{
    private static readonly MemberNames Members = new(
        "action", "administration", "attempts", "backend", "caller", "charged_by_child", "client_request_id", "content", "decision", "limits", "lost", "mcp", "model",
        "operation", "outcome", "parent_request_id", "personal", "purpose", "reason", "resources", "retention", "route", "routing", "run_id", "status", "truncated",
        "usage");

    private static readonly MemberNames LimitsMembers = new("effect", "hold", "limit", "price_table");
    private static readonly MemberNames HoldMembers = new("cost_micros", "lease_ends_at", "reserved_at", "tokens");
    private static readonly MemberNames ResourceMembers = new("sealed", "type");

    /// <summary>Reads the body the reader stands on; sealed parts stay slices of <paramref name="bytes"/>, read when they are opened.</summary>
    public static EventBody Read(ref Utf8JsonReader json, ReadOnlyMemory<byte> bytes)
    {
        var body = new EventBody();
        var members = new ObjectMembers(in json, Members);
        while (members.Next(ref json, out var name))
        {
            switch (name)
            {
                case "action": body.Action = json.Text(); break;
                case "administration": body.Administration = EventFactsReader.Administration(ref json); break;
                case "attempts": body.Attempts = json.Each(EventUsageReader.Attempt); break;
                case "backend": body.Backend = json.Text(); break;
                case "caller": body.Caller = EventFactsReader.Caller(ref json); break;
                case "charged_by_child": body.ChargedByChild = json.GetBoolean(); break;
                case "client_request_id": body.ClientRequestId = json.Text(); break;
                case "content": body.Content = EventFactsReader.Content(ref json); break;
                case "decision": body.Decision = EventFactsReader.Decision(ref json); break;
                case "limits": body.Limits = Limits(ref json); break;
                case "lost": body.Lost = json.Integer(); break;
                case "mcp": body.Mcp = EventFactsReader.Mcp(ref json); break;
                case "model": body.Model = json.Text(); break;
                case "operation": body.Operation = json.Text(); break;
                case "outcome": body.Outcome = json.Text(); break;
                case "parent_request_id": body.ParentRequestId = json.Text(); break;
                case "personal": body.Personal = json.Raw(bytes); break;
                case "purpose": body.Purpose = json.Text(); break;
                case "reason": body.Reason = json.Text(); break;
                case "resources": body.Resources = Resources(ref json, bytes); break;
                case "retention": body.Retention = json.Text(); break;
                case "route": body.Route = json.Text(); break;
                case "routing": body.Routing = EventUsageReader.Routing(ref json); break;
                case "run_id": body.RunId = json.Text(); break;
                case "status": body.Status = json.SmallInteger(); break;
                case "truncated": body.Truncated = json.GetBoolean(); break;
                case "usage": body.Usage = EventUsageReader.Usage(ref json); break;
            }
        }

        return body;
    }

    private static EventLimits Limits(ref Utf8JsonReader json)
    {
        string? effect = null, limit = null, priceTable = null;
        Hold? hold = null;
        var members = new ObjectMembers(in json, LimitsMembers);
        while (members.Next(ref json, out var name))
        {
            switch (name)
            {
                case "effect": effect = json.Required(); break;
                case "hold": hold = Hold(ref json); break;
                case "limit": limit = json.Text(); break;
                case "price_table": priceTable = json.Text(); break;
            }
        }

        return new EventLimits
        {
            Effect = effect.There(),
            Hold = hold,
            Limit = limit,
            PriceTable = priceTable,
        };
    }

    private static Hold Hold(ref Utf8JsonReader json)
    {
        long? costMicros = null, tokens = null;
        DateTimeOffset? leaseEndsAt = null, reservedAt = null;
        var members = new ObjectMembers(in json, HoldMembers);
        while (members.Next(ref json, out var name))
        {
            switch (name)
            {
                case "cost_micros": costMicros = json.Integer(); break;
                case "lease_ends_at": leaseEndsAt = json.Time(); break;
                case "reserved_at": reservedAt = json.Time(); break;
                case "tokens": tokens = json.Integer(); break;
            }
        }

        return new Hold
        {
            CostMicros = costMicros.There(),
            LeaseEndsAt = leaseEndsAt.There(),
            ReservedAt = reservedAt.There(),
            Tokens = tokens.There(),
        };
    }

    private static ImmutableArray<SealedResource> Resources(ref Utf8JsonReader json, ReadOnlyMemory<byte> bytes)
    {
        return json.Each((ref j) => Resource(ref j));

        SealedResource Resource(ref Utf8JsonReader json)
        {
            string? type = null;
            ReadOnlyMemory<byte>? sealedPart = null;
            var members = new ObjectMembers(in json, ResourceMembers);
            while (members.Next(ref json, out var name))
            {
                switch (name)
                {
                    case "sealed": sealedPart = json.Raw(bytes); break;
                    case "type": type = json.Required(); break;
                }
            }

            return new SealedResource(type.There(), sealedPart);
        }
    }
}
