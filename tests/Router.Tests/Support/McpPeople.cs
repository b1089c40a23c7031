using System.Collections.Immutable;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Policy;

namespace GatewayStack.Router.Tests.Support;

/// <summary>
/// Tokens that say whose, for which route, with which scopes and through which client: <c>alice@calendar+calendar:read,calendar:write/claude</c>. Without a route it opens
/// every one, which no real token does.
/// </summary>
internal static class McpPeople
{
    public const string PublicUrl = "https://gw.example";

    /// <summary>Reads and writes, as a tool's rules ask for it.</summary>
    public const string Alice = "alice@calendar+calendar:read,calendar:write";

    /// <summary>May read only.</summary>
    public const string Reader = "alice@calendar+calendar:read";

    public const string Nora = "nora@calendar+calendar:read,calendar:write";

    public static AuthenticationResult Known(AuthenticationRequest request)
    {
        if (request.Credentials.IsEmpty)
        {
            return new AuthenticationResult { Status = AuthenticationStatus.Missing };
        }

        if (request.Credentials.Length > 1)
        {
            return new AuthenticationResult { Status = AuthenticationStatus.Conflicting };
        }

        var (token, client) = Split(request.Credentials[0].Value, '/');
        (token, var scopes) = Split(token, '+');
        (var person, var route) = Split(token, '@');
        var caller = person switch
        {
            "alice" => Callers.Alice,
            "nora" => Callers.Nora,
            "frank" => Callers.Frank,
            _ => null,
        };
        if (caller is null || (route is not null && !request.Audiences.Any(a => a == route || a == $"{PublicUrl}/mcp/{route}")))
        {
            return new AuthenticationResult { Status = AuthenticationStatus.Invalid, Reason = caller is null ? "token_expired" : "audience" };
        }

        return new AuthenticationResult
        {
            Status = AuthenticationStatus.Authenticated,
            Identity = caller with { Scopes = [.. (scopes ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries)], ClientId = client ?? "client-1" },
            InternalAssertion = IdentityDouble.Internal(caller.UserId),
        };
    }

    private static (string, string?) Split(string text, char separator) => text.IndexOf(separator, StringComparison.Ordinal) is var i and >= 0 ? (text[..i], text[(i + 1)..]) : (text, null);
}

/// <summary>Rules as the policy module keeps them: what is named needs scopes or a role, what is not named is not there.</summary>
internal sealed class McpRules
{
    public Dictionary<string, ImmutableArray<string>> Tools { get; } = new(StringComparer.Ordinal)
    {
        ["calendar.list"] = ["calendar:read"],
        ["calendar.create"] = ["calendar:read", "calendar:write"],
        ["calendar.wipe"] = [],
        ["calendar.free"] = [],
        ["calendar.media"] = [],
        ["calendar.remote"] = [],
    };

    public Dictionary<string, string> Roles { get; } = new(StringComparer.Ordinal) { ["calendar.wipe"] = "administrator" };

    public Dictionary<string, ImmutableArray<string>> Resources { get; } = new(StringComparer.Ordinal)
    {
        ["calendar://today"] = ["calendar:read"],
        ["calendar://{day}"] = ["calendar:read"],
    };

    public Dictionary<string, ImmutableArray<string>> Prompts { get; } = new(StringComparer.Ordinal) { ["plan"] = ["calendar:read"] };

    public HashSet<string> Methods { get; } = new(StringComparer.Ordinal);

    /// <summary>What is permitted under obligations.</summary>
    public ImmutableArray<Obligation> Obligations { get; set; } = [];

    public Task<PolicyDecision> DecideAsync(PolicyQuestion question) => Task.FromResult(Decide(question));

    public ToolRules Describe(ToolRulesQuestion question) => new()
    {
        Tools =
        [
            .. question.Tools.Select(t => new ToolRule
            {
                Tool = t,
                Named = Tools.ContainsKey(t),
                OnlyScopes = !Roles.ContainsKey(t),
                Scopes = Tools.GetValueOrDefault(t, []),
            }),
        ],
        PolicyRevision = "r1",
    };

    private PolicyDecision Decide(PolicyQuestion question)
    {
        var mcp = question.Mcp.ShouldNotBeNull();
        var needed = question.Action switch
        {
            "tool.call" => Find(Tools, mcp.Tool),
            "resource.read" => Find(Resources, mcp.Resource),
            "prompt.get" => Find(Prompts, mcp.Prompt),
            "mcp.method" => Methods.Contains(mcp.Method) ? ImmutableArray<string>.Empty : null,
            _ => null,
        };
        if (needed is not { } scopes)
        {
            return No("no_rule_matched");
        }

        if (question.Action == "tool.call" && Roles.TryGetValue(mcp.Tool!, out var role) && !question.Identity.Roles.Contains(role))
        {
            return No("missing_role");
        }

        var missing = scopes.Where(s => !question.Identity.Scopes.Contains(s)).ToImmutableArray();
        if (!missing.IsEmpty)
        {
            return No("missing_scope", missing) with { RequiredScopes = scopes };
        }

        return (Obligations.IsEmpty ? PolicyDouble.Allowed(question) : PolicyDouble.Modified([.. Obligations])) with { RequiredScopes = scopes };
    }

    private static ImmutableArray<string>? Find(Dictionary<string, ImmutableArray<string>> rules, string? name) => name is not null && rules.TryGetValue(name, out var scopes) ? scopes : null;

    private static PolicyDecision No(string code, ImmutableArray<string> missing = default) => new()
    {
        Effect = PolicyEffect.Deny,
        PolicyRevision = "r1",
        Reasons = [new PolicyReason { Code = code, MissingScopes = missing.IsDefault ? [] : missing }],
    };
}
