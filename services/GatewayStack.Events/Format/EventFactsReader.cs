using System.Collections.Immutable;
using System.Text.Json;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Identity;

namespace GatewayStack.Events.Format;

/// <summary>Reads who asked, what was in it, and what was decided or done.</summary>
internal static class EventFactsReader
{
    private static readonly MemberNames AdministrationMembers = new("after", "before", "operation", "reason", "standing", "succeeded");
    private static readonly MemberNames StandingMembers = new(
        "author", "client_id", "issuer", "measure", "model", "person_id", "provider", "session_id", "signed_in_until", "tenant", "tool", "until");

    private static readonly MemberNames CallerMembers = new(
        "actor", "agent", "client_id", "client_name", "issuer", "kind", "org_id", "person_id", "plan", "roles", "scopes", "session_id", "team");

    private static readonly MemberNames ContentMembers = new("answer_masked", "answer_restored", "labels", "redactions", "risk", "status", "types", "unscanned");
    private static readonly MemberNames DecisionMembers = new("effect", "obligations", "policy_revision", "reasons", "rule_ids");

    private static readonly MemberNames McpMembers = new("is_error", "method", "prompt", "protocol_version", "result_labels", "result_types", "server", "tool");

    public static EventMcp Mcp(ref Utf8JsonReader json)
    {
        string? method = null, prompt = null, protocolVersion = null, server = null, tool = null;
        ImmutableArray<string> resultLabels = [], resultTypes = [];
        bool? isError = null;
        var members = new ObjectMembers(in json, McpMembers);
        while (members.Next(ref json, out var name))
        {
            switch (name)
            {
                case "is_error": isError = json.GetBoolean(); break;
                case "method": method = json.Required(); break;
                case "prompt": prompt = json.Text(); break;
                case "protocol_version": protocolVersion = json.Text(); break;
                case "result_labels": resultLabels = json.Texts(); break;
                case "result_types": resultTypes = json.Texts(); break;
                case "server": server = json.Required(); break;
                case "tool": tool = json.Text(); break;
            }
        }

        return new EventMcp
        {
            IsError = isError,
            Method = method.There(),
            Prompt = prompt,
            ProtocolVersion = protocolVersion,
            ResultLabels = resultLabels,
            ResultTypes = resultTypes,
            Server = server.There(),
            Tool = tool,
        };
    }

    public static EventAdministration Administration(ref Utf8JsonReader json)
    {
        string? after = null, before = null, operation = null, reason = null;
        EventStanding? standing = null;
        var succeeded = false;
        var members = new ObjectMembers(in json, AdministrationMembers);
        while (members.Next(ref json, out var name))
        {
            switch (name)
            {
                case "after": after = json.Text(); break;
                case "before": before = json.Text(); break;
                case "operation": operation = json.Required(); break;
                case "reason": reason = json.Text(); break;
                case "standing": standing = Standing(ref json); break;
                case "succeeded": succeeded = json.GetBoolean(); break;
            }
        }

        return new EventAdministration
        {
            After = after,
            Before = before,
            Operation = operation.There(),
            Reason = reason,
            Standing = standing,
            Succeeded = succeeded,
        };
    }

    private static EventStanding Standing(ref Utf8JsonReader json)
    {
        string? author = null, clientId = null, issuer = null, measure = null, model = null, personId = null, provider = null, sessionId = null, tenant = null, tool = null;
        DateTimeOffset? signedInUntil = null, until = null;
        var members = new ObjectMembers(in json, StandingMembers);
        while (members.Next(ref json, out var name))
        {
            switch (name)
            {
                case "author": author = json.Text(); break;
                case "client_id": clientId = json.Text(); break;
                case "issuer": issuer = json.Text(); break;
                case "measure": measure = json.Required(); break;
                case "model": model = json.Text(); break;
                case "person_id": personId = json.Text(); break;
                case "provider": provider = json.Text(); break;
                case "session_id": sessionId = json.Text(); break;
                case "signed_in_until": signedInUntil = json.Time(); break;
                case "tenant": tenant = json.Text(); break;
                case "tool": tool = json.Text(); break;
                case "until": until = json.Time(); break;
            }
        }

        return new EventStanding
        {
            Measure = measure.There(),
            Author = author,
            Subject = new StandingSubject
            {
                Tenant = tenant,
                Issuer = issuer,
                PersonId = personId,
                ClientId = clientId,
                SessionId = sessionId,
                SignedInUntil = signedInUntil,
                Tool = tool,
                Model = model,
                Provider = provider,
            },
            Until = until.There(),
        };
    }

    public static EventCaller Caller(ref Utf8JsonReader json)
    {
        string? actor = null, agent = null, clientId = null, clientName = null, issuer = null, kind = null;
        string? orgId = null, personId = null, plan = null, sessionId = null, team = null;
        ImmutableArray<string> roles = [], scopes = [];
        var members = new ObjectMembers(in json, CallerMembers);
        while (members.Next(ref json, out var name))
        {
            switch (name)
            {
                case "actor": actor = json.Text(); break;
                case "agent": agent = json.Text(); break;
                case "client_id": clientId = json.Text(); break;
                case "client_name": clientName = json.Text(); break;
                case "issuer": issuer = json.Required(); break;
                case "kind": kind = json.Required(); break;
                case "org_id": orgId = json.Text(); break;
                case "person_id": personId = json.Required(); break;
                case "plan": plan = json.Text(); break;
                case "roles": roles = json.Texts(); break;
                case "scopes": scopes = json.Texts(); break;
                case "session_id": sessionId = json.Text(); break;
                case "team": team = json.Text(); break;
            }
        }

        return new EventCaller
        {
            Actor = actor,
            Agent = agent,
            ClientId = clientId,
            ClientName = clientName,
            Issuer = issuer.There(),
            Kind = kind.There(),
            OrgId = orgId,
            PersonId = personId.There(),
            Plan = plan,
            Roles = roles,
            Scopes = scopes,
            SessionId = sessionId,
            Team = team,
        };
    }

    public static EventContent Content(ref Utf8JsonReader json)
    {
        ImmutableArray<string> labels = [], types = [];
        int? redactions = null, risk = null, unscanned = null;
        int answerMasked = 0, answerRestored = 0;
        string? status = null;
        var members = new ObjectMembers(in json, ContentMembers);
        while (members.Next(ref json, out var name))
        {
            switch (name)
            {
                case "answer_masked": answerMasked = json.SmallInteger(); break;
                case "answer_restored": answerRestored = json.SmallInteger(); break;
                case "labels": labels = json.Texts(); break;
                case "redactions": redactions = json.SmallInteger(); break;
                case "risk": risk = json.SmallInteger(); break;
                case "status": status = json.Required(); break;
                case "types": types = json.Texts(); break;
                case "unscanned": unscanned = json.SmallInteger(); break;
            }
        }

        return new EventContent
        {
            AnswerMasked = answerMasked,
            AnswerRestored = answerRestored,
            Labels = labels,
            Redactions = redactions.There(),
            Risk = risk.There(),
            Status = status.There(),
            Types = types,
            Unscanned = unscanned.There(),
        };
    }

    public static EventDecision Decision(ref Utf8JsonReader json)
    {
        string? effect = null, policyRevision = null;
        ImmutableArray<string> obligations = [], reasons = [], ruleIds = [];
        var members = new ObjectMembers(in json, DecisionMembers);
        while (members.Next(ref json, out var name))
        {
            switch (name)
            {
                case "effect": effect = json.Required(); break;
                case "obligations": obligations = json.Texts(); break;
                case "policy_revision": policyRevision = json.Text(); break;
                case "reasons": reasons = json.Texts(); break;
                case "rule_ids": ruleIds = json.Texts(); break;
            }
        }

        return new EventDecision
        {
            Effect = effect.There(),
            Obligations = obligations,
            PolicyRevision = policyRevision,
            Reasons = reasons,
            RuleIds = ruleIds,
        };
    }
}
