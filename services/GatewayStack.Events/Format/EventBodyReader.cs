using System.Collections.Immutable;
using System.Text.Json;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Limits;
using GatewayStack.Contracts.Router;
using GatewayStack.Events.Protection;

namespace GatewayStack.Events.Format;

/// <summary>The counterpart of <see cref="EventBodyWriter"/>.</summary>
internal static class EventBodyReader
{
    // What was read is what the writer bound to: cut already, where it was.
    private static readonly EventBounds AsWritten = EventBounds.Steps[0];

    public static GatewayEvent Read(JsonElement body, GatewayEvent shell, EventKey? key) => shell with
    {
        Action = body.Text("action"u8),
        Administration = body.Object("administration"u8) is { } administration ? Administration(administration) : null,
        Attempts = body.Each("attempts"u8, Attempt),
        Backend = body.Text("backend"u8),
        Caller = body.Object("caller"u8) is { } caller ? Caller(caller) : null,
        ChargedByChild = body.Flag("charged_by_child"u8),
        ClientRequestId = body.Text("client_request_id"u8),
        Content = body.Object("content"u8) is { } content ? Content(content) : null,
        Decision = body.Object("decision"u8) is { } decision ? Decision(decision) : null,
        Limits = body.Object("limits"u8) is { } limits ? Limits(limits) : null,
        Lost = body.Integer("lost"u8),
        Model = body.Text("model"u8),
        Operation = body.Text("operation"u8),
        Outcome = body.Text("outcome"u8),
        ParentRequestId = body.Text("parent_request_id"u8),
        Personal = Personal(body, shell, key),
        Purpose = body.Text("purpose"u8),
        Reason = body.Text("reason"u8),
        Resources = Resources(body, shell, key),
        Retention = body.Text("retention"u8) ?? shell.Retention,
        Route = body.Text("route"u8),
        Routing = body.Object("routing"u8) is { } routing ? Routing(routing) : null,
        RunId = body.Text("run_id"u8),
        Status = checked((int?)body.Integer("status"u8)),
        Usage = body.Object("usage"u8) is { } usage ? Usage(usage) : null,
    };

    private static EventAdministration Administration(JsonElement json) => new()
    {
        After = json.Text("after"u8),
        Before = json.Text("before"u8),
        Operation = json.Required("operation"u8),
        Reason = json.Text("reason"u8),
        Succeeded = json.Flag("succeeded"u8),
    };

    private static AttemptUsage Attempt(JsonElement json) => new()
    {
        Attempt = checked((int)json.Number("attempt"u8)),
        CostMicros = json.Integer("cost_micros"u8),
        Estimated = json.Flag("estimated"u8),
        Model = json.Text("model"u8),
        Provider = json.Required("provider"u8),
        Tokens = json.Object("tokens"u8) is not { } tokens ? null : new TokenUsage
        {
            CachedInputTokens = tokens.Number("cached_input_tokens"u8),
            InputTokens = tokens.Number("input_tokens"u8),
            OutputTokens = tokens.Number("output_tokens"u8),
        },
    };

    private static EventCaller Caller(JsonElement json) => new()
    {
        Actor = json.Text("actor"u8),
        Agent = json.Text("agent"u8),
        ClientId = json.Text("client_id"u8),
        ClientName = json.Text("client_name"u8),
        Issuer = json.Required("issuer"u8),
        Kind = json.Required("kind"u8),
        OrgId = json.Text("org_id"u8),
        PersonId = json.Required("person_id"u8),
        Plan = json.Text("plan"u8),
        Roles = json.Texts("roles"u8),
        Scopes = json.Texts("scopes"u8),
        SessionId = json.Text("session_id"u8),
        Team = json.Text("team"u8),
    };

    private static EventContent Content(JsonElement json) => new()
    {
        Labels = json.Texts("labels"u8),
        Redactions = checked((int)json.Number("redactions"u8)),
        Risk = checked((int)json.Number("risk"u8)),
        Status = json.Required("status"u8),
        Types = json.Texts("types"u8),
        Unscanned = checked((int)json.Number("unscanned"u8)),
    };

    private static EventDecision Decision(JsonElement json) => new()
    {
        Effect = json.Required("effect"u8),
        Obligations = json.Texts("obligations"u8),
        PolicyRevision = json.Text("policy_revision"u8),
        Reasons = json.Texts("reasons"u8),
        RuleIds = json.Texts("rule_ids"u8),
    };

    private static EventLimits Limits(JsonElement json) => new()
    {
        Effect = json.Required("effect"u8),
        Hold = json.Object("hold"u8) is not { } hold ? null : new Hold
        {
            CostMicros = hold.Number("cost_micros"u8),
            LeaseEndsAt = EventWords.Time(hold.Number("lease_ends_at"u8)),
            ReservedAt = EventWords.Time(hold.Number("reserved_at"u8)),
            Tokens = hold.Number("tokens"u8),
        },
        Limit = json.Text("limit"u8),
        PriceTable = json.Text("price_table"u8),
    };

    private static EventPersonal? Personal(JsonElement body, GatewayEvent shell, EventKey? key)
    {
        if (key is null || body.Object("personal"u8) is not { } personal)
        {
            return null;
        }

        var personId = body.Object("caller"u8)?.Required("person_id"u8);
        var context = personId is null
            ? SealedValues.EventContext(shell.Type, shell.RequestId, "personal", AsWritten)
            : SealedValues.PersonContext(shell.Tenant, personId, AsWritten);
        if (SealedValues.Open(key, context, personal.Required("sealed"u8)) is not { } values)
        {
            return null;
        }

        return new EventPersonal { UserId = values["user_id"], Subject = values["subject"], DisplayName = values.GetValueOrDefault("display_name") };
    }

    private static ImmutableArray<ResourceReference> Resources(JsonElement body, GatewayEvent shell, EventKey? key)
    {
        var index = 0;
        return body.Each("resources"u8, json =>
        {
            var context = SealedValues.EventContext(shell.Type, shell.RequestId, $"resource:{index++}", AsWritten);
            var values = key is not null && json.Text("sealed"u8) is { } sealedText ? SealedValues.Open(key, context, sealedText) : null;
            return new ResourceReference { Type = json.Required("type"u8), Id = values?["id"] ?? string.Empty };
        });
    }

    private static RoutingDecision Routing(JsonElement json) => new()
    {
        Alias = json.Text("alias"u8),
        Attempts = json.Each("attempts"u8, RoutingAttempt),
        Class = json.Text("class"u8),
        Model = json.Text("model"u8),
        Provider = json.Required("provider"u8),
        Region = json.Text("region"u8),
    };

    private static RoutingAttempt RoutingAttempt(JsonElement json)
    {
        var target = json.GetProperty("target"u8);
        return new RoutingAttempt
        {
            Error = json.Text("error"u8),
            Number = checked((int)json.Number("number"u8)),
            Status = checked((int?)json.Integer("status"u8)),
            Target = new RouteTarget
            {
                Class = target.Text("class"u8),
                Id = target.Required("id"u8),
                MaxOutputTokens = target.Number("max_output_tokens"u8),
                Model = target.Text("model"u8),
                Provider = target.Required("provider"u8),
                Region = target.Text("region"u8),
            },
        };
    }

    private static UsageRecord Usage(JsonElement json) => new()
    {
        CachedInputTokens = json.Number("cached_input_tokens"u8),
        InputTokens = json.Number("input_tokens"u8),
        LatencyMicros = json.Number("latency_micros"u8),
        OutputTokens = json.Number("output_tokens"u8),
        PriceTable = json.Text("price_table"u8),
        TotalCostMicros = json.Integer("total_cost_micros"u8),
    };
}
