using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Limits;
using GatewayStack.Contracts.Router;
using GatewayStack.Events.Protection;

namespace GatewayStack.Events.Format;

/// <summary>The body of an event. Members stand in the order of their names, which is the canonical one.</summary>
internal static class EventBodyWriter
{
    private static readonly ReadOnlyMemory<byte>[] PersonalNames = ["display_name"u8.ToArray(), "subject"u8.ToArray(), "user_id"u8.ToArray()];
    private static readonly ReadOnlyMemory<byte>[] ResourceNames = ["id"u8.ToArray()];

    public static bool HasSealed(GatewayEvent e, EventKey? key) => key is not null && (e.Personal is not null || !e.Resources.IsDefaultOrEmpty);

    public static void Write(ref CanonicalJsonWriter w, GatewayEvent e, EventKey? key)
    {
        w.Text("action"u8, e.Action);
        Administration(ref w, e.Administration);
        Attempts(ref w, e);
        w.Text("backend"u8, e.Backend);
        Caller(ref w, e.Caller);
        True(ref w, "charged_by_child"u8, e.ChargedByChild);
        w.Text("client_request_id"u8, e.ClientRequestId);
        Content(ref w, e.Content);
        Decision(ref w, e.Decision);
        Limits(ref w, e.Limits);
        w.Integer("lost"u8, e.Lost);
        Mcp(ref w, e.Mcp);
        w.Text("model"u8, e.Model);
        w.Text("operation"u8, e.Operation);
        w.Text("outcome"u8, e.Outcome);
        w.Key("parent_request_id"u8, e.ParentRequestId);
        Personal(ref w, e, key);
        w.Text("purpose"u8, e.Purpose);
        w.Text("reason"u8, e.Reason);
        Resources(ref w, e, key);
        w.Text("retention"u8, e.Retention);
        w.Text("route"u8, e.Route);
        Routing(ref w, e.Routing);
        w.Text("run_id"u8, e.RunId);
        w.Integer("status"u8, e.Status);
        True(ref w, "truncated"u8, w.Bounds.Truncates);
        Usage(ref w, e.Usage);
    }

    private static void Administration(ref CanonicalJsonWriter w, EventAdministration? administration)
    {
        if (administration is null)
        {
            return;
        }

        w.BeginObject("administration"u8);
        w.Text("after"u8, administration.After);
        w.Text("before"u8, administration.Before);
        w.Text("operation"u8, administration.Operation);
        w.Text("reason"u8, administration.Reason);
        Standing(ref w, administration.Standing);
        w.Flag("succeeded"u8, administration.Succeeded);
        w.EndObject();
    }

    private static void Standing(ref CanonicalJsonWriter w, EventStanding? standing)
    {
        if (standing is null)
        {
            return;
        }

        var subject = standing.Subject;
        w.BeginObject("standing"u8);
        w.Text("author"u8, standing.Author);
        w.Text("client_id"u8, subject.ClientId);
        w.Text("issuer"u8, subject.Issuer);
        w.Key("measure"u8, standing.Measure);
        w.Text("model"u8, subject.Model);
        w.Key("person_id"u8, subject.PersonId);
        w.Text("provider"u8, subject.Provider);
        w.Text("session_id"u8, subject.SessionId);
        w.Integer("signed_in_until"u8, subject.SignedInUntil is { } signedIn ? EventWords.Micros(signedIn) : null);
        w.Text("tenant"u8, subject.Tenant);
        w.Text("tool"u8, subject.Tool);
        w.Integer("until"u8, EventWords.Micros(standing.Until));
        w.EndObject();
    }

    private static void Attempts(ref CanonicalJsonWriter w, GatewayEvent e)
    {
        if (e.Attempts.IsDefaultOrEmpty)
        {
            return;
        }

        w.BeginArray("attempts"u8);
        foreach (var attempt in e.Attempts.AsSpan()[..Math.Min(e.Attempts.Length, w.Bounds.List)])
        {
            w.BeginObject();
            w.Integer("attempt"u8, attempt.Attempt);
            w.Integer("cost_micros"u8, attempt.CostMicros);
            True(ref w, "estimated"u8, attempt.Estimated);
            w.Text("model"u8, attempt.Model);
            w.Text("provider"u8, attempt.Provider);
            if (attempt.Tokens is { } tokens)
            {
                w.BeginObject("tokens"u8);
                w.Integer("cached_input_tokens"u8, tokens.CachedInputTokens);
                w.Integer("input_tokens"u8, tokens.InputTokens);
                w.Integer("output_tokens"u8, tokens.OutputTokens);
                w.EndObject();
            }

            w.EndObject();
        }

        w.EndArray();
    }

    private static void Caller(ref CanonicalJsonWriter w, EventCaller? caller)
    {
        if (caller is null)
        {
            return;
        }

        w.BeginObject("caller"u8);
        w.Text("actor"u8, caller.Actor);
        w.Text("agent"u8, caller.Agent);
        w.Text("client_id"u8, caller.ClientId);
        w.Text("client_name"u8, caller.ClientName);
        w.Text("issuer"u8, caller.Issuer);
        w.Text("kind"u8, caller.Kind);
        w.Text("org_id"u8, caller.OrgId);
        w.Key("person_id"u8, caller.PersonId);
        w.Text("plan"u8, caller.Plan);
        w.Texts("roles"u8, caller.Roles);
        w.Texts("scopes"u8, caller.Scopes);
        w.Text("session_id"u8, caller.SessionId);
        w.Text("team"u8, caller.Team);
        w.EndObject();
    }

    private static void Content(ref CanonicalJsonWriter w, EventContent? content)
    {
        if (content is null)
        {
            return;
        }

        w.BeginObject("content"u8);
        w.Integer("answer_masked"u8, NotZero(content.AnswerMasked));
        w.Integer("answer_restored"u8, NotZero(content.AnswerRestored));
        w.Texts("labels"u8, content.Labels);
        w.Integer("redactions"u8, content.Redactions);
        w.Integer("risk"u8, content.Risk);
        w.Text("status"u8, content.Status);
        w.Texts("types"u8, content.Types);
        w.Integer("unscanned"u8, content.Unscanned);
        w.EndObject();
    }

    private static void Decision(ref CanonicalJsonWriter w, EventDecision? decision)
    {
        if (decision is null)
        {
            return;
        }

        w.BeginObject("decision"u8);
        w.Text("effect"u8, decision.Effect);
        w.Texts("obligations"u8, decision.Obligations);
        w.Text("policy_revision"u8, decision.PolicyRevision);
        w.Texts("reasons"u8, decision.Reasons);
        w.Texts("rule_ids"u8, decision.RuleIds);
        w.EndObject();
    }

    private static void Limits(ref CanonicalJsonWriter w, EventLimits? limits)
    {
        if (limits is null)
        {
            return;
        }

        w.BeginObject("limits"u8);
        w.Text("effect"u8, limits.Effect);
        if (limits.Hold is { } hold)
        {
            w.BeginObject("hold"u8);
            w.Integer("cost_micros"u8, hold.CostMicros);
            w.Integer("lease_ends_at"u8, EventWords.Micros(hold.LeaseEndsAt));
            w.Integer("reserved_at"u8, EventWords.Micros(hold.ReservedAt));
            w.Integer("tokens"u8, hold.Tokens);
            w.EndObject();
        }

        w.Text("limit"u8, limits.Limit);
        w.Text("price_table"u8, limits.PriceTable);
        w.EndObject();
    }

    private static void Mcp(ref CanonicalJsonWriter w, EventMcp? mcp)
    {
        if (mcp is null)
        {
            return;
        }

        w.BeginObject("mcp"u8);
        if (mcp.IsError is { } isError)
        {
            w.Flag("is_error"u8, isError);
        }

        w.Text("method"u8, mcp.Method);
        w.Text("prompt"u8, mcp.Prompt);
        w.Text("protocol_version"u8, mcp.ProtocolVersion);
        w.Texts("result_labels"u8, mcp.ResultLabels);
        w.Texts("result_types"u8, mcp.ResultTypes);
        w.Text("server"u8, mcp.Server);
        w.Text("tool"u8, mcp.Tool);
        w.EndObject();
    }

    private static void Personal(ref CanonicalJsonWriter w, GatewayEvent e, EventKey? key)
    {
        if (e.Personal is not { } personal || key is null)
        {
            return;
        }

        if (e.Caller is null)
        {
            w.BeginObject("personal"u8);
            SealPersonal(ref w, key, SealedValues.EventContext(e.Type, e.RequestId, "personal", w.Bounds), personal);
            w.EndObject();
            return;
        }

        var person = new SealedPerson(e.Tenant, e.Caller.PersonId, personal);
        if (person.Keepable)
        {
            w.Fragment("personal"u8, key.Persons.Get(person, p => SealPerson(key, p)));
            return;
        }

        w.BeginObject("personal"u8);
        SealPersonal(ref w, key, SealedValues.PersonContext(person.Tenant, person.PersonId, w.Bounds), personal);
        w.EndObject();
    }

    private static byte[] SealPerson(EventKey key, SealedPerson person)
    {
        var w = new CanonicalJsonWriter(EventBounds.Steps[0]);
        w.BeginObject();
        SealPersonal(ref w, key, SealedValues.PersonContext(person.Tenant, person.PersonId, w.Bounds), person.Values);
        w.EndObject();
        var made = w.Written.ToArray();
        w.Dispose();
        return made;
    }

    private static void SealPersonal(ref CanonicalJsonWriter w, EventKey key, byte[] context, EventPersonal personal) =>
        SealedValues.Seal(ref w, key, context, PersonalNames, [personal.DisplayName, personal.Subject, personal.UserId]);

    private static void Resources(ref CanonicalJsonWriter w, GatewayEvent e, EventKey? key)
    {
        if (e.Resources.IsDefaultOrEmpty)
        {
            return;
        }

        w.BeginArray("resources"u8);
        for (var i = 0; i < e.Resources.Length && i < w.Bounds.List; i++)
        {
            w.BeginObject();
            if (key is not null)
            {
                var context = SealedValues.EventContext(e.Type, e.RequestId, $"resource:{i}", w.Bounds);
                SealedValues.Seal(ref w, key, context, ResourceNames, [e.Resources[i].Id]);
            }

            w.Text("type"u8, e.Resources[i].Type);
            w.EndObject();
        }

        w.EndArray();
    }

    private static void Routing(ref CanonicalJsonWriter w, RoutingDecision? routing)
    {
        if (routing is null)
        {
            return;
        }

        w.BeginObject("routing"u8);
        w.Text("alias"u8, routing.Alias);
        if (!routing.Attempts.IsDefaultOrEmpty)
        {
            w.BeginArray("attempts"u8);
            foreach (var attempt in routing.Attempts.AsSpan()[..Math.Min(routing.Attempts.Length, w.Bounds.List)])
            {
                RoutingAttempt(ref w, attempt);
            }

            w.EndArray();
        }

        w.Text("class"u8, routing.Class);
        w.Text("model"u8, routing.Model);
        w.Text("provider"u8, routing.Provider);
        w.Text("region"u8, routing.Region);
        w.EndObject();
    }

    private static void RoutingAttempt(ref CanonicalJsonWriter w, RoutingAttempt attempt)
    {
        w.BeginObject();
        w.Text("error"u8, attempt.Error);
        w.Integer("number"u8, attempt.Number);
        w.Integer("status"u8, attempt.Status);
        w.BeginObject("target"u8);
        w.Text("class"u8, attempt.Target.Class);
        w.Text("id"u8, attempt.Target.Id);
        w.Integer("max_output_tokens"u8, attempt.Target.MaxOutputTokens);
        w.Text("model"u8, attempt.Target.Model);
        w.Text("provider"u8, attempt.Target.Provider);
        w.Text("region"u8, attempt.Target.Region);
        w.EndObject();
        w.EndObject();
    }

    private static void Usage(ref CanonicalJsonWriter w, UsageRecord? usage)
    {
        if (usage is null)
        {
            return;
        }

        w.BeginObject("usage"u8);
        w.Integer("cached_input_tokens"u8, usage.CachedInputTokens);
        w.Integer("input_tokens"u8, usage.InputTokens);
        w.Integer("latency_micros"u8, usage.LatencyMicros);
        w.Integer("output_tokens"u8, usage.OutputTokens);
        w.Text("price_table"u8, usage.PriceTable);
        w.Integer("total_cost_micros"u8, usage.TotalCostMicros);
        w.EndObject();
    }

    private static long? NotZero(int count) => count == 0 ? null : count;

    private static void True(ref CanonicalJsonWriter w, ReadOnlySpan<byte> name, bool value)
    {
        if (value)
        {
            w.Flag(name, value);
        }
    }
}
