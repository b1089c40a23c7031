using System.Globalization;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Limits;
using GatewayStack.Contracts.Router;

namespace GatewayStack.AuditConsumer;

/// <summary>What a busy gateway records: decision and outcome of model calls by 2,000 people in 20 tenants.</summary>
internal static class BenchEvents
{
    public static GatewayEvent At(long number)
    {
        var request = number / 2;
        var person = (request * 7919 % 2000).ToString(CultureInfo.InvariantCulture);
        var outcome = number % 2 == 0;
        return new GatewayEvent
        {
            Type = outcome ? EventTypes.Outcome : EventTypes.Decision,
            Time = TimeProvider.System.GetUtcNow(),
            Tenant = $"tenant-{request * 31 % 20}",
            RequestId = $"req_{request * 2654435761 % 4294967296:x8}{request:x16}",
            TraceParent = $"00-{request:x32}-{number:x16}-01",
            Caller = new EventCaller
            {
                PersonId = $"person-{person}-0123456789abcdef0123456789abcdef",
                Issuer = "corporate",
                Kind = "person",
                Team = "cardiology",
                Plan = "pro",
                Roles = ["doctor", "employee"],
                Scopes = ["llm:chat"],
                ClientId = "assistant",
                ClientName = "Assistant",
                SessionId = $"session-{person}",
            },
            Personal = new EventPersonal { UserId = $"user{person}", Subject = $"sub-{person}", DisplayName = $"User {person}" },
            Action = "model.call",
            Route = "chat",
            Operation = "POST /v1/chat/completions",
            Model = "gpt-4o-mini",
            Decision = new EventDecision { Effect = "allow", RuleIds = ["allow-staff"], PolicyRevision = "3f786850e387550fdab836ed7e6dc881de23001b" },
            Content = new EventContent { Status = "complete", Types = ["EMAIL"], Risk = 1200 },
            Limits = new EventLimits { Effect = "ok", PriceTable = "2026-03" },
            Routing = outcome ? new RoutingDecision { Provider = "cloud", Model = "gpt-4o-mini", Region = "eu" } : null,
            Outcome = outcome ? EventOutcomes.Completed : null,
            Status = outcome ? 200 : null,
            Usage = outcome
                ? new UsageRecord { InputTokens = 812, OutputTokens = 164, TotalCostMicros = 220, LatencyMicros = 912_000, PriceTable = "2026-03" }
                : null,
        };
    }
}
