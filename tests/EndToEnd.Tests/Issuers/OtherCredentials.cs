using GatewayStack.EndToEnd.Tests.Callers;
using GatewayStack.EndToEnd.Tests.Providers;
using GatewayStack.Identity.Tests.Support;
using GatewayStack.McpUpstream;

namespace GatewayStack.EndToEnd.Tests.Issuers;

/// <summary>
/// What a gateway takes besides JWTs: a provider whose tokens it must ask about, and an issuer at which it exchanges what apps hold, and what people sent for a token of
/// their own at a backend and at an MCP server.
/// </summary>
internal sealed class OtherCredentials : IAsyncDisposable
{
    public const string Tenant = "asked";

    /// <summary>Name of the backend, and of the MCP server, that get a person's own token.</summary>
    public const string Upstream = "own";

    private const string Rules = $$"""

          - id: own-backend
            effect: allow
            who: { allScopes: [chat:write] }
            actions: [backend.call]
            backends: [{{Upstream}}]

          - id: own-server
            effect: allow
            who: { allScopes: [chat:write] }
            servers: [{{Upstream}}]
            tools: ["*"]
            mcpMethods: ["*"]

        """;

    private OtherCredentials(OpenIdProvider? asked, OpenIddictIssuer exchanging, UpstreamServer server) => (Asked, Exchanging, Server) = (asked, exchanging, server);

    /// <summary>A provider whose tokens only it can read; null where there is no Node.</summary>
    public OpenIdProvider? Asked { get; }

    public OpenIddictIssuer Exchanging { get; }

    /// <summary>The MCP server, which says what arrived.</summary>
    public UpstreamServer Server { get; }

    public static async Task<OtherCredentials> StartAsync()
    {
        var asked = NodeTool.IsInstalled ? await OpenIdProvider.StartOpaqueAsync(Tenant, new Account("alice", Tenant, "doctor"), new Account("nora", Tenant, "nurse")) : null;
        return new OtherCredentials(asked, await OpenIddictIssuer.StartAsync(encrypted: true), await UpstreamServer.StartAsync(new UpstreamOptions()));
    }

    /// <summary>The settings of a gateway that takes them, over those that it has.</summary>
    /// <param name="settings">Settings with two issuers and a policy.</param>
    /// <param name="echo">The backend.</param>
    public IReadOnlyDictionary<string, string> Over(IReadOnlyDictionary<string, string> settings, EchoBackend echo)
    {
        File.AppendAllText(settings["Policy:File"], Rules);
        const string Issuer = "Identity:Issuers:2:";
        var all = new Dictionary<string, string>(settings, StringComparer.Ordinal)
        {
            [Issuer + "Name"] = "exchanging",
            [Issuer + "Issuer"] = Exchanging.Url,
            [Issuer + "Audiences:0"] = "gateway",
            [Issuer + "Tenant"] = "exchanged",
            [Issuer + "Client:Id"] = OpenIddictIssuer.ClientId,
            [Issuer + "Client:Secret"] = OpenIddictIssuer.Secret,
            [Issuer + "Exchange:Audience"] = "gateway",
            [Issuer + "Exchange:Scope"] = "chat:write",
            // An encrypted token is not one of three parts, and begins as every token in JOSE's compact form does.
            [Issuer + "TokenPrefix"] = "eyJ",
            [$"Router:Backends:{Upstream}:BaseUrl"] = echo.Url,
            [$"Router:Backends:{Upstream}:Audience"] = Upstream,
            [$"Router:Backends:{Upstream}:TokenExchange:Issuer"] = "exchanging",
            [$"Router:Backends:{Upstream}:TokenExchange:Audience"] = "clinic",
            [$"Router:Mcp:{Upstream}:Url"] = Server.Address + "bare",
            [$"Router:Mcp:{Upstream}:AssertionAudience"] = "bare",
            [$"Router:Mcp:{Upstream}:InitialScopes:0"] = "chat:write",
            [$"Router:Mcp:{Upstream}:Audiences:0"] = "gateway",
            [$"Router:Mcp:{Upstream}:TokenExchange:Issuer"] = "exchanging",
            [$"Router:Mcp:{Upstream}:TokenExchange:Audience"] = "calendar",
        };
        foreach (var (key, value) in Asked?.Settings(3) ?? [])
        {
            all[key] = value;
        }

        return all;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Exchanging.DisposeAsync();
        if (Asked is not null)
        {
            await Asked.DisposeAsync();
        }
    }
}
