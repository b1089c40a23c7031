using System.Collections.Immutable;
using System.Globalization;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Platform.Tests.Docs;

/// <summary>
/// A line of an example that says how it decides: <c># expect deny missing_role: role=nurse model=gpt-4-medical</c>, perhaps with the scopes it <c>needs=a,b</c>.
/// </summary>
internal sealed record PolicyExpectation(string Line, PolicyEffect Effect, string? Reason, ImmutableArray<string>? Permits, ImmutableArray<string>? Needs, PolicyQuestion Question)
{
    private const string Mark = "# expect ";

    public static IEnumerable<PolicyExpectation> In(string example) =>
        example.Split('\n').Where(l => l.StartsWith(Mark, StringComparison.Ordinal)).Select(Parse);

    private static PolicyExpectation Parse(string line)
    {
        var colon = line.IndexOf(": ", StringComparison.Ordinal);
        var outcome = line[Mark.Length..colon].Split(' ');
        var facts = line[(colon + 2)..].Split(' ').Select(f => f.Split('=', 2)).ToLookup(f => f[0], f => f[1], StringComparer.Ordinal);
        var permits = outcome.FirstOrDefault(w => w.StartsWith("permits=", StringComparison.Ordinal));
        return new PolicyExpectation(
            line,
            Enum.Parse<PolicyEffect>(outcome[0], ignoreCase: true),
            outcome.Skip(1).FirstOrDefault(w => !w.Contains('=', StringComparison.Ordinal)),
            permits is null ? null : [.. permits["permits=".Length..].Split(',')],
            outcome.FirstOrDefault(w => w.StartsWith("needs=", StringComparison.Ordinal)) is { } needs ? [.. needs["needs=".Length..].Split(',')] : null,
            Ask(facts));
    }

    private static PolicyQuestion Ask(ILookup<string, string> facts)
    {
        string? One(string name) => facts[name].SingleOrDefault();
        var hour = int.Parse(One("hour") ?? "12", CultureInfo.InvariantCulture);
        return new PolicyQuestion
        {
            RequestId = "req_1",
            Identity = Caller(facts),
            Action = Action(facts),
            Mcp = Mcp(facts),
            Model = One("model"),
            Backend = One("backend") is { } backend ? new BackendFacts { Name = backend, Method = One("method")!, Path = One("path")! } : null,
            Targets = Targets(facts),
            Content = new ContentMetadata
            {
                Status = Enum.Parse<ContentStatus>(One("content") ?? "complete", ignoreCase: true),
                ContainsPii = facts["type"].Any(),
                Types = [.. facts["type"]],
                Labels = [.. facts["label"].Select(l => new ContentLabel { Name = l, Confidence = 1 })],
                RiskScore = double.Parse(One("risk") ?? "0", CultureInfo.InvariantCulture),
                Unscanned = [.. facts["unscanned"].Select(u => new UnscannedPart { Pointer = "/x", Type = u, Reason = "not_text" })],
            },
            NewContent = facts.Contains("new.type") || facts.Contains("new.label")
                ? ContentMetadata.Clean with { Types = [.. facts["new.type"]], Labels = [.. facts["new.label"].Select(l => new ContentLabel { Name = l, Confidence = 1 })] }
                : null,
            Purpose = One("purpose"),
            Now = new DateTimeOffset(2026, 3, 4, hour, 0, 0, TimeSpan.Zero),
        };
    }

    private static string Action(ILookup<string, string> facts) => facts switch
    {
        _ when facts.Contains("tool") => GatewayActions.ToolCall,
        _ when facts.Contains("resource") => GatewayActions.ResourceRead,
        _ when facts.Contains("prompt") => GatewayActions.PromptGet,
        _ when facts.Contains("mcp.method") => GatewayActions.McpMethod,
        _ when facts.Contains("backend") => GatewayActions.BackendCall,
        _ => GatewayActions.ModelCall,
    };

    private static McpFacts? Mcp(ILookup<string, string> facts)
    {
        if (!facts.Contains("server"))
        {
            return null;
        }

        string? One(string name) => facts[name].SingleOrDefault();
        return new McpFacts
        {
            Server = One("server")!,
            Method = Action(facts) switch
            {
                GatewayActions.ToolCall => "tools/call",
                GatewayActions.ResourceRead => "resources/read",
                GatewayActions.PromptGet => "prompts/get",
                _ => One("mcp.method")!,
            },
            Tool = One("tool"),
            Resource = One("resource"),
            Prompt = One("prompt"),
            Annotations = One("readonly") is { } readOnly ? new ToolAnnotations { ReadOnly = bool.Parse(readOnly) } : null,
        };
    }

    private static CallerIdentity Caller(ILookup<string, string> facts) => new()
    {
        PersonId = "p",
        UserId = "alice",
        Subject = "alice",
        Issuer = "https://issuer.example",
        IssuerName = "corp",
        Tenant = facts["tenant"].SingleOrDefault() ?? "default",
        Kind = facts["kind"].SingleOrDefault() == "service" ? IdentityKind.Service : IdentityKind.Person,
        Roles = [.. facts["role"]],
        Scopes = [.. facts["scope"]],
        ClientId = facts["client"].SingleOrDefault(),
        Attributes =
        [
            .. facts.Where(f => f.Key.StartsWith("attr.", StringComparison.Ordinal)).Select(f => new IdentityAttribute
            {
                Name = f.Key["attr.".Length..],
                Type = IdentityAttributeType.Boolean,
                Boolean = bool.Parse(f.Single()),
            }),
        ],
    };

    // target=provider/class; the model there is the one that was named.
    private static ImmutableArray<PolicyTarget> Targets(ILookup<string, string> facts)
    {
        var model = facts["model"].SingleOrDefault();
        var named = facts["target"].Select(t => t.Split('/'))
            .Select(t => new PolicyTarget { Id = t[0], Provider = t[0], Class = t[1], Model = model }).ToImmutableArray();
        return named.IsEmpty ? [new PolicyTarget { Id = "one", Provider = facts["backend"].SingleOrDefault() ?? "one", Model = model }] : named;
    }
}
