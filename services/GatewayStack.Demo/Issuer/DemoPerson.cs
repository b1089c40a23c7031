using System.Collections.Immutable;

namespace GatewayStack.Demo.Issuer;

/// <summary>Somebody the demo issuer gives tokens for.</summary>
internal sealed record DemoPerson(string User, string Name, string Tenant, ImmutableArray<string> Roles, ImmutableArray<string> Scopes)
{
    public static ImmutableArray<DemoPerson> All { get; } =
    [
        new("alice", "Dr. Alice Smith", "mercy", ["doctor"], ["chat:write", "medical:write", "calendar:read"]),
        new("nora", "Nora Lindqvist", "mercy", ["nurse"], ["chat:write", "calendar:read"]),
        new("frank", "Frank Miller", "acme", ["analyst"], ["chat:write", "finance:read"]),
        new("carol", "Carol Diaz", "acme", ["contractor"], ["chat:write"]),
        new("audrey", "Audrey Chen", "mercy", ["auditor"], ["audit:read"]),
        new("oscar", "Oscar Berg", "mercy", ["operator"], ["admin:limits", "admin:audit"]),
    ];

    /// <summary>The subject is not the readable name: code that confuses the two must not pass by luck.</summary>
    public string Subject => "demo-" + User;

    public string OrgId => Tenant;
}

/// <summary>An application that the demo's people sign in with.</summary>
internal sealed record DemoClient(string Id, string Name)
{
    public static ImmutableArray<DemoClient> All { get; } =
    [
        new("demo-cli", "Demo CLI"),
        new("chatgpt", "ChatGPT"),
        new("clinic-app", "Clinic App"),
    ];
}
