using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Policy;

namespace GatewayStack.Audit.Records;

/// <summary>One sentence per event, for people: "alice read calendar through ChatGPT".</summary>
internal static class AuditSummary
{
    public static string Of(GatewayEvent e) => e.Type switch
    {
        EventTypes.Decision => $"{Who(e)} was allowed to {Verb(e).Plain} {Thing(e)}{Through(e)}",
        EventTypes.Outcome => $"{Who(e)} {Verb(e).Past} {Thing(e)}{Through(e)}{Ending(e)}",
        EventTypes.Refusal => $"{Who(e)} was refused {Thing(e)}{Because(e)}{Through(e)}",
        EventTypes.SignInFailed => $"a sign-in was refused{Because(e)}",
        EventTypes.Administration => Act(e),
        EventTypes.AuditRead => $"{Who(e)} read the audit{Through(e)}",
        EventTypes.AccountRead => $"{Who(e)} {Verb(e).Past} {Thing(e)}{Through(e)}",
        EventTypes.Gap => e.Lost is { } lost ? $"{lost} events were lost{Because(e)}" : $"events were lost{Because(e)}",
        _ => $"{Who(e)}: {Words(e.Type)}",
    };

    private static string Who(GatewayEvent e) => e switch
    {
        { Personal.UserId: { } user } => user,
        { Caller: { Kind: "service" } service } => service.ClientName ?? service.ClientId ?? service.PersonId,
        { Caller: { } caller } => caller.PersonId,
        _ => "somebody",
    };

    private static (string Plain, string Past) Verb(GatewayEvent e)
    {
        if (e.Action is GatewayActions.ModelCall || e.Model is not null)
        {
            return ("use", "used");
        }

        if (e.Action is GatewayActions.ToolCall or GatewayActions.McpMethod)
        {
            return ("call", "called");
        }

        if (e.Action is GatewayActions.ClientsManage)
        {
            return ("change", "changed");
        }

        if (e.Action is GatewayActions.PromptGet)
        {
            return ("use", "used");
        }

        if (e.Action is not GatewayActions.BackendCall)
        {
            return ("read", "read");
        }

        return Method(e) switch
        {
            "GET" or "HEAD" => ("read", "read"),
            "PUT" or "PATCH" => ("change", "changed"),
            "DELETE" => ("delete from", "deleted from"),
            _ => ("call", "called"),
        };
    }

    private static string Method(GatewayEvent e) => e.Operation?.Split(' ', 2)[0].ToUpperInvariant() ?? "GET";

    private static string Thing(GatewayEvent e)
    {
        var thing = e switch
        {
            { Mcp: { } mcp } => $"{mcp.Tool ?? mcp.Prompt ?? (e.Action is GatewayActions.ResourceRead ? "a resource" : mcp.Method)} at {mcp.Server}",
            { Model: { } model, Backend: { } backend } => $"{model} at {backend}",
            { Model: { } model } => model,
            { Backend: { } backend } => backend,
            { Action: GatewayActions.ModelList } => "the list of models",
            { Action: GatewayActions.LimitsRead } => "their limits",
            { Action: GatewayActions.AuditRead } => "the audit",
            { Action: GatewayActions.ClientsManage } => "who may act for them",
            { Action: GatewayActions.AdminRead or GatewayActions.AdminWrite } => "the administration",
            _ => e.Operation ?? e.Route ?? "the gateway",
        };
        return e.Resources.IsDefaultOrEmpty ? thing : $"{thing} ({string.Join(", ", e.Resources.Select(r => $"{r.Type} {r.Id}".TrimEnd()))})";
    }

    private static string Through(GatewayEvent e)
    {
        var client = e.Caller is { Kind: not "service" } caller ? caller.ClientName ?? caller.ClientId : null;
        return (client is null ? string.Empty : $" through {client}") + (e.Caller?.Actor is { } actor ? $", for whom {actor} acted" : string.Empty);
    }

    private static string Because(GatewayEvent e)
    {
        var reason = e.Decision is { Reasons: [var first, ..], Effect: "deny" } ? first : e.Limits?.Limit ?? e.Reason;
        return string.IsNullOrEmpty(reason) ? string.Empty : $" ({Words(reason)})";
    }

    private static string Ending(GatewayEvent e) =>
        e.Outcome is null or EventOutcomes.Completed ? (e.Mcp?.IsError is true ? " (the tool answered with an error)" : string.Empty) : $" ({Words(e.Outcome)})";

    private static string Act(GatewayEvent e)
    {
        if (e.Administration is not { } act)
        {
            return $"{Who(e)} administered the gateway";
        }

        if (act is { Succeeded: true, Standing: { } standing })
        {
            return Standing(e, act, standing);
        }

        var verb = act.Succeeded ? "did" : "tried";
        return act.Reason is { Length: > 0 } reason ? $"{Who(e)} {verb} {act.Operation}: {reason}" : $"{Who(e)} {verb} {act.Operation}";
    }

    private static string Standing(GatewayEvent e, EventAdministration act, EventStanding standing)
    {
        var who = standing.Author is { } author ? author.Replace("issuer:", "the issuer ", StringComparison.Ordinal) : Who(e);
        var because = act.Reason is { Length: > 0 } reason ? $": {reason}" : string.Empty;
        return act.Operation switch
        {
            "standing.unblock" => $"{who} let {On(e, standing.Subject)} in again{because}",
            "standing.expire" => $"{On(e, standing.Subject)} may come in again: the time was up",
            _ => $"{who} cut off {On(e, standing.Subject)} until {standing.Until.UtcDateTime:yyyy-MM-dd HH:mm} UTC{because}",
        };
    }

    private static string On(GatewayEvent e, StandingSubject subject)
    {
        var user = e.Resources.IsDefault ? null : e.Resources.FirstOrDefault(r => r.Type == "user")?.Id;
        (string Kind, string? Name)[] parts =
        [
            ("user", user), ("person", subject.PersonId), ("client", subject.ClientId), ("session", subject.SessionId), ("tool", subject.Tool), ("model", subject.Model),
            ("provider", subject.Provider), ("issuer", subject.Issuer), ("tenant", subject.Tenant),
        ];

        // The tenant is where it stands already, unless it is all there is.
        var named = parts.Where(p => p.Name is { Length: > 0 }).ToList();
        return string.Join(", ", named.Where(p => p.Kind != "tenant" || named.Count == 1).Select(p => $"{p.Kind} {p.Name}"));
    }

    private static string Words(string code) => code.Replace('_', ' ');
}
