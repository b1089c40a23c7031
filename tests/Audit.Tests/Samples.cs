using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Router;

namespace GatewayStack.Audit.Tests;

internal static class Samples
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    public static GatewayEvent Event(string requestId = "req_1", string tenant = "mercy", string user = "alice") => new()
    {
        Type = EventTypes.Outcome,
        Time = Noon,
        Tenant = tenant,
        RequestId = requestId,
        Caller = new EventCaller
        {
            PersonId = $"p-{user}",
            Issuer = "demo",
            Kind = "person",
            Roles = ["doctor"],
            Scopes = ["calendar:read"],
            ClientId = "client-7",
            ClientName = "ChatGPT",
            SessionId = "session-1",
        },
        Personal = new EventPersonal { UserId = user, Subject = $"{user}-sub", DisplayName = $"Dr. {user}" },
        Action = "backend.call",
        Route = "backend",
        Operation = "GET /events",
        Backend = "calendar",
        Decision = new EventDecision { Effect = "allow" },
        Outcome = EventOutcomes.Completed,
        Status = 200,
    };

    public static GatewayEvent Refusal(string requestId = "req_2") => Event(requestId, user: "nora") with
    {
        Type = EventTypes.Refusal,
        Action = "model.call",
        Operation = "POST /v1/chat/completions",
        Backend = null,
        Model = "gpt-4-medical",
        Caller = new EventCaller { PersonId = "p-nora", Issuer = "demo", Kind = "person", ClientId = "demo" },
        Decision = new EventDecision { Effect = "deny", Reasons = ["missing_role"] },
        Outcome = EventOutcomes.Refused,
        Status = 403,
        Reason = "model_not_allowed",
    };

    public static GatewayEvent ToolCall(string requestId = "req_3") => Event(requestId) with
    {
        Action = "tool.call",
        Route = "mcp",
        Operation = "POST /mcp/{server}",
        Backend = null,
        Caller = new EventCaller { PersonId = "p-alice", Issuer = "demo", Kind = "person", Scopes = ["calendar:read"], ClientId = "client-9", ClientName = "Claude" },
        Mcp = new EventMcp { Server = "calendar", Method = "tools/call", Tool = "calendar.list", ProtocolVersion = "2026-07-28", IsError = false },
    };

    public static ResourceReference Record(string id) => new() { Type = "record", Id = id };
}
