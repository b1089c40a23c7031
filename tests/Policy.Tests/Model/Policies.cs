using System.Text;
using System.Text.Json.Nodes;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Transform;
using GatewayStack.Documents;
using GatewayStack.Policy.Compilation;
using GatewayStack.Policy.Documents;
using GatewayStack.Policy.Evaluation;

namespace GatewayStack.Policy.Tests.Model;

/// <summary>Short ways to a policy, a caller and a question.</summary>
internal static class Policies
{
    public static LoadedDocument<PolicySnapshot> Load(string text) => DocumentLoader.Compile(new PolicyFormat(), Encoding.UTF8.GetBytes(text));

    public static PolicySnapshot Good(string text)
    {
        var loaded = Load(text);
        loaded.Errors.ShouldBeEmpty();
        return loaded.Value!;
    }

    public static PolicySnapshot Good(IEnumerable<RuleModel> rules) =>
        Good(new JsonObject { ["apiVersion"] = "gateway.policy/v1", ["rules"] = new JsonArray([.. rules.Select(r => (JsonNode?)r.ToJson())]) }.ToJsonString());

    public static PolicyDecision Decide(this PolicySnapshot policy, PolicyQuestion question) => new PolicyEvaluator(policy, "rev", question).Decide();

    public static CallerIdentity Person(string roles = "", string scopes = "") => new()
    {
        PersonId = "person",
        UserId = "alice",
        Subject = "sub",
        Issuer = "https://issuer.test",
        IssuerName = "demo",
        Tenant = "mercy",
        Kind = IdentityKind.Person,
        Roles = [.. roles.Split(' ', StringSplitOptions.RemoveEmptyEntries)],
        Scopes = [.. scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries)],
    };

    public static PolicyQuestion Asks(this CallerIdentity caller, string model) => new()
    {
        RequestId = "q",
        Identity = caller,
        Action = GatewayActions.ModelCall,
        Model = model,
        Targets = [new PolicyTarget { Id = "t", Provider = "cloud", Model = model, Class = "external" }],
        Content = ContentMetadata.Clean,
        Now = new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.Zero),
    };

    public static PolicyQuestion Calls(this CallerIdentity caller, string backend, string method, string path, string? model = null) => new()
    {
        RequestId = "q",
        Identity = caller,
        Action = GatewayActions.BackendCall,
        Model = model,
        Backend = new BackendFacts { Name = backend, Method = method, Path = path },
        Targets = [new PolicyTarget { Id = "t", Provider = backend, Model = model }],
        Content = ContentMetadata.Clean,
        Now = new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.Zero),
    };

    public static PolicyQuestion CallsTool(this CallerIdentity caller, string tool, string server = "calendar", ToolAnnotations? annotations = null) =>
        caller.Asks(GatewayActions.ToolCall, new McpFacts { Server = server, Method = "tools/call", Tool = tool, Annotations = annotations });

    public static PolicyQuestion Asks(this CallerIdentity caller, string action, McpFacts call) => new()
    {
        RequestId = "q",
        Identity = caller,
        Action = action,
        Mcp = call,
        Targets = [new PolicyTarget { Id = "t", Provider = call.Server }],
        Content = ContentMetadata.Clean,
        Now = new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.Zero),
    };

    /// <summary>The scopes that the operation needs, as one text.</summary>
    public static string Needs(this PolicyDecision d) => string.Join(' ', d.RequiredScopes);

    /// <summary>A decision as text: two are the same when their texts are.</summary>
    public static string Describe(this PolicyDecision d, bool reasons = true) =>
        $"{d.Effect} [{string.Join(", ", d.Permitted.Select(p => $"{p.TargetId}({string.Join(' ', p.Obligations.Select(o => $"{o.Kind}:{string.Join('+', o.Types)}:{o.Value}"))})"))}] "
        + $"rules {string.Join(',', d.RuleIds)}"
        + (reasons ? $" because {string.Join(',', d.Reasons.Select(r => $"{r.Code}({string.Join(' ', r.MissingScopes)})"))}" : string.Empty);
}
