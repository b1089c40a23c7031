using System.Collections.Immutable;

namespace GatewayStack.Demo.Issuer;

/// <summary>Somebody the demo issuer gives tokens for.</summary>
/// <param name="User">Readable name, unique.</param>
/// <param name="Name">Full name.</param>
/// <param name="Tenant">Where they work.</param>
/// <param name="Roles">What they are there.</param>
/// <param name="Scopes">What a token has unless scopes are asked for.</param>
internal sealed record DemoPerson(string User, string Name, string Tenant, ImmutableArray<string> Roles, ImmutableArray<string> Scopes)
{
    public static ImmutableArray<DemoPerson> All { get; } =
    [
        new("alice", "Dr. Alice Smith", "mercy", ["doctor"], ["chat:write", "medical:write", "calendar:read"]) { OnRequest = ["calendar:write"] },
        new("nora", "Nora Lindqvist", "mercy", ["nurse"], ["chat:write", "calendar:read"]),
        new("frank", "Frank Miller", "acme", ["analyst"], ["chat:write", "finance:read"]),
        new("carol", "Carol Diaz", "acme", ["contractor"], ["chat:write"]),
        new("audrey", "Audrey Chen", "mercy", ["auditor"], ["audit:read"]),
        new("oscar", "Oscar Berg", "mercy", ["operator"], ["admin:limits", "admin:audit", "admin:standing", "admin:identity"]),
    ];

    /// <summary>Scopes that a token has only where they are asked for.</summary>
    public ImmutableArray<string> OnRequest { get; init; } = [];

    /// <summary>All that may be asked for.</summary>
    public ImmutableArray<string> MayBeGranted => [.. Scopes, .. OnRequest, .. Everybody];

    private static ImmutableArray<string> Everybody { get; } = ["clients:manage"];

    /// <summary>The subject is not the readable name: code that confuses the two must not pass by luck.</summary>
    public string Subject => "demo-" + User;

    public string OrgId => Tenant;
}

/// <summary>An application that <c>POST /demo/token</c> gives tokens to; the page has more of them.</summary>
internal sealed record DemoClient(string Id, string Name)
{
    public static ImmutableArray<DemoClient> All { get; } =
    [
        new("demo-cli", "Demo CLI"),
        new("chatgpt", "ChatGPT"),
        new("clinic-app", "Clinic App"),
    ];
}
