using System.Collections.Immutable;
using GatewayStack.Contracts.Policy;

namespace GatewayStack.Contracts.Router;

/// <summary>One fixed path of the front door.</summary>
public sealed record FrontDoorRoute
{
    /// <summary>Name of the route; the module registers its handler under this key (a keyed <c>RequestDelegate</c>).</summary>
    public required string Name { get; init; }

    /// <summary>HTTP methods, comma-separated, or <c>*</c> for any.</summary>
    public required string Method { get; init; }

    /// <summary>ASP.NET Core route pattern.</summary>
    public required string Pattern { get; init; }

    /// <summary>The class.</summary>
    public required RouteClass Class { get; init; }

    /// <summary>The action, one of <see cref="GatewayActions"/>; null on public routes.</summary>
    public string? Action { get; init; }

    /// <summary>The scope the caller must have, for account and admin routes.</summary>
    public string? Scope { get; init; }

    /// <summary>The module that answers: <c>identity</c>, <c>transform</c>, <c>policy</c>, <c>limits</c>, <c>router</c>, <c>audit</c> or <c>demo</c>.</summary>
    public required string Module { get; init; }

    /// <summary>True when it exists on the management address only.</summary>
    public bool Management { get; init; }
}

/// <summary>Every fixed path of the front door, in one table. Backends' own hosts and prefixes come from configuration.</summary>
public static class FrontDoorRoutes
{
    /// <summary>Scope for reading the audit.</summary>
    public const string AuditReadScope = "audit:read";

    /// <summary>Scope for cutting off apps that act for the caller.</summary>
    public const string ClientsManageScope = "clients:manage";

    /// <summary>Scope for measures inside the administrator's own tenant.</summary>
    public const string StandingScope = "admin:standing";

    /// <summary>The routes.</summary>
    public static ImmutableArray<FrontDoorRoute> All { get; } =
    [
        Llm("chat.completions", "POST", "/v1/chat/completions", GatewayActions.ModelCall),
        Llm("models.list", "GET", "/v1/models", GatewayActions.ModelList),
        Llm("models.get", "GET", "/v1/models/{**model}", GatewayActions.ModelList),
        new() { Name = "backend", Method = "*", Pattern = "/backends/{backend}/{**path}", Class = RouteClass.Backend, Action = GatewayActions.BackendCall, Module = "router" },
        new() { Name = "mcp", Method = "GET,POST,DELETE", Pattern = "/mcp/{server}", Class = RouteClass.Mcp, Action = GatewayActions.McpMethod, Module = "router" },
        Public("mcp.preflight", "OPTIONS", "/mcp/{server}", "router"),
        Public("mcp.resource_metadata", "GET,HEAD,OPTIONS", "/.well-known/oauth-protected-resource/mcp/{server}", "router"),
        Public("mcp.resource_metadata.nested", "GET,HEAD,OPTIONS", "/mcp/{server}/.well-known/oauth-protected-resource", "router"),
        new() { Name = "me.limits", Method = "GET", Pattern = "/me/limits", Class = RouteClass.Account, Action = GatewayActions.LimitsRead, Module = "limits" },
        new() { Name = "audit.events", Method = "GET", Pattern = "/audit/events", Class = RouteClass.Account, Action = GatewayActions.AuditRead, Scope = AuditReadScope, Module = "audit" },
        new() { Name = "me.clients", Method = "GET", Pattern = "/me/clients", Class = RouteClass.Account, Action = GatewayActions.ClientsRead, Module = "audit" },
        Clients("me.clients.cut_off", "DELETE"),
        Clients("me.clients.restore", "PUT"),
        Public("identity.jwks", "GET,OPTIONS", "/.well-known/jwks.json", "identity"),
        Public("identity.resource_metadata", "GET,OPTIONS", "/.well-known/oauth-protected-resource", "identity"),
        Public("identity.backchannel_logout", "POST", "/identity/backchannel-logout/{issuer}", "identity"),
        Public("alive", "GET,HEAD", "/alive", "router"),
        Public("health", "GET,HEAD", "/health", "router"),
        new() { Name = "demo", Method = "*", Pattern = "/demo/{**path}", Class = RouteClass.Public, Module = "demo" },
        Public("demo.server_metadata", "GET,HEAD,OPTIONS", "/.well-known/oauth-authorization-server/demo", "demo"),
        Public("demo.openid_metadata", "GET,HEAD,OPTIONS", "/.well-known/openid-configuration/demo", "demo"),
        Admin("admin.identity", "GET", "/admin/identity", "identity"),
        Admin("admin.identity.rotate", "POST", "/admin/identity/keys/rotate", "identity"),
        Admin("admin.identity.reload", "POST", "/admin/identity/reload", "identity"),
        Admin("admin.identity.standings", "GET", "/admin/identity/standings", "identity") with { Scope = StandingScope },
        Admin("admin.identity.standings.add", "POST", "/admin/identity/standings", "identity") with { Scope = StandingScope },
        Admin("admin.identity.standings.end", "DELETE", "/admin/identity/standings/{id}", "identity") with { Scope = StandingScope },
        Admin("admin.policy", "GET", "/admin/policy", "policy"),
        Admin("admin.policy.reload", "POST", "/admin/policy/reload", "policy"),
        Admin("admin.limits", "GET", "/admin/limits", "limits"),
        Admin("admin.limits.reload", "POST", "/admin/limits/reload", "limits"),
        Admin("admin.limits.consumer", "POST", "/admin/limits/consumer", "limits"),
        Admin("admin.router", "GET", "/admin/router", "router"),
        Admin("admin.router.reload", "POST", "/admin/router/reload", "router"),
        Admin("admin.audit", "GET", "/admin/audit", "audit"),
        Admin("admin.audit.consumer", "POST", "/admin/audit/consumer", "audit"),
        new() { Name = "health.details", Method = "GET", Pattern = "/health/details", Class = RouteClass.Public, Module = "router", Management = true },
    ];

    private static FrontDoorRoute Llm(string name, string method, string pattern, string action) =>
        new() { Name = name, Method = method, Pattern = pattern, Class = RouteClass.Llm, Action = action, Module = "router" };

    private static FrontDoorRoute Public(string name, string method, string pattern, string module) =>
        new() { Name = name, Method = method, Pattern = pattern, Class = RouteClass.Public, Module = module };

    private static FrontDoorRoute Clients(string name, string method) => new()
    {
        Name = name,
        Method = method,
        Pattern = "/me/clients",
        Class = RouteClass.Account,
        Action = GatewayActions.ClientsManage,
        Scope = ClientsManageScope,
        Module = "identity",
    };

    private static FrontDoorRoute Admin(string name, string method, string pattern, string module) =>
        new()
        {
            Name = name,
            Method = method,
            Pattern = pattern,
            Class = RouteClass.Admin,
            Action = method == "GET" ? GatewayActions.AdminRead : GatewayActions.AdminWrite,
            Scope = "admin:" + module,
            Module = module,
            Management = true,
        };
}
