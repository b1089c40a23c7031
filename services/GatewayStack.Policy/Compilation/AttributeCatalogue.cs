using System.Collections.Frozen;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Policy.Compilation;

/// <summary>One attribute that conditions may ask about.</summary>
internal sealed class PolicyAttribute(string name, AttributeType type, Func<Facts, AttributeValue> read)
{
    private static readonly FrozenSet<string> OfTheCall =
        new[] { "action", "model", "backend.name", "backend.method", "backend.path", "mcp.server", "mcp.method", "mcp.tool", "mcp.resource",
        "mcp.prompt" }.ToFrozenSet(StringComparer.Ordinal);

    private readonly bool _isOfTheCall = OfTheCall.Contains(name);

    public string Name => name;

    public AttributeType Type => type;

    /// <summary>True when it is a fact about the caller.</summary>
    public bool IsOfTheCaller { get; } = name.StartsWith("identity.", StringComparison.Ordinal);

    public AttributeValue Read(in Facts facts) => facts.OfNobody && !_isOfTheCall ? AttributeValue.Unknown : read(facts);
}

/// <summary>Every attribute, with its type: a condition on anything else is a load error.</summary>
internal static class AttributeCatalogue
{
    private const string Named = "identity.attributes.";

    private static readonly FrozenDictionary<string, PolicyAttribute> All = ((PolicyAttribute[])
    [
        Text("identity.user_id", f => f.Question.Identity.UserId),
        Text("identity.person_id", f => f.Question.Identity.PersonId),
        Text("identity.subject", f => f.Question.Identity.Subject),
        Text("identity.issuer", f => f.Question.Identity.Issuer),
        Text("identity.issuer_name", f => f.Question.Identity.IssuerName),
        Text("identity.tenant", f => f.Question.Identity.Tenant),
        Text("identity.kind", f => Kind(f.Question.Identity.Kind)),
        Text("identity.org_id", f => f.Question.Identity.OrgId),
        Text("identity.team", f => f.Question.Identity.Team),
        Text("identity.plan", f => f.Question.Identity.Plan),
        Text("identity.client_id", f => f.Question.Identity.ClientId),
        Text("identity.client_name", f => f.Question.Identity.ClientName),
        Text("identity.actor", f => f.Question.Identity.Actor),
        Text("identity.agent", f => f.Question.Identity.Agent),
        Text("identity.acr", f => f.Question.Identity.Acr),
        new("identity.roles", AttributeType.List, f => AttributeValue.Of(f.Question.Identity.Roles)),
        new("identity.scopes", AttributeType.List, f => AttributeValue.Of(f.Question.Identity.Scopes)),
        new("identity.auth_age_seconds", AttributeType.Integer, AuthAge),
        Text("action", f => f.Question.Action),
        Text("purpose", f => f.Question.Purpose),
        Text("model", f => f.Question.Model),
        Text("backend.name", f => f.Question.Backend?.Name),
        Text("backend.method", f => f.Question.Backend?.Method),
        Text("backend.path", f => f.Question.Backend?.Path),
        Text("mcp.server", f => f.Question.Mcp?.Server),
        Text("mcp.method", f => f.Question.Mcp?.Method),
        Text("mcp.tool", f => f.Question.Mcp?.Tool),
        Text("mcp.resource", f => f.Question.Mcp?.Resource),
        Text("mcp.prompt", f => f.Question.Mcp?.Prompt),
        Hint("mcp.tool.read_only", a => a.ReadOnly),
        Hint("mcp.tool.destructive", a => a.Destructive),
        Hint("mcp.tool.idempotent", a => a.Idempotent),
        Hint("mcp.tool.open_world", a => a.OpenWorld),
        Text("target.provider", f => f.Target.Provider),
        Text("target.model", f => f.Target.Model),
        Text("target.region", f => f.Target.Region),
        Text("target.class", f => f.Target.Class),
        Text("content.status", f => Status(f.Question.Content.Status)),
        .. Content("content.", f => f.Question.Content),
        .. Content("content.new.", f => f.Question.NewContent ?? f.Question.Content),
        new("request.max_output_tokens", AttributeType.Integer, f => AttributeValue.Of(f.Question.MaxOutputTokens)),
        new("request.tools", AttributeType.List, f => AttributeValue.Of(f.Question.Tools)),
        new("now.hour", AttributeType.Integer, f => AttributeValue.Of((long?)f.Question.Now.UtcDateTime.Hour)),
    ]).ToFrozenDictionary(a => a.Name, StringComparer.Ordinal);

    /// <summary>Names of all attributes but the operator's own, sorted.</summary>
    public static IEnumerable<string> Names => All.Keys.Order(StringComparer.Ordinal);

    /// <summary>An attribute by its name; null when there is none.</summary>
    public static PolicyAttribute? Find(string name)
    {
        if (All.TryGetValue(name, out var attribute))
        {
            return attribute;
        }

        if (!name.StartsWith(Named, StringComparison.Ordinal) || name.Length == Named.Length)
        {
            return null;
        }

        var own = name[Named.Length..];
        return new PolicyAttribute(name, AttributeType.Dynamic, f => Attribute(f.Question.Identity, own));
    }

    private static PolicyAttribute Text(string name, Func<Facts, string?> read) => new(name, AttributeType.Text, f => AttributeValue.Of(read(f)));

    private static PolicyAttribute Hint(string name, Func<ToolAnnotations, bool?> read) =>
        new(name, AttributeType.Boolean, f => f.Question.Mcp?.Annotations is { } annotations && read(annotations) is { } hint ? AttributeValue.Of(hint) : AttributeValue.Missing);

    private static PolicyAttribute[] Content(string prefix, Func<Facts, ContentMetadata> of) =>
    [
        new(prefix + "unscanned", AttributeType.Boolean, f => Inspected(f, of(f)) ? AttributeValue.Of(!of(f).Unscanned.IsEmpty) : AttributeValue.Unknown),
        Found(prefix + "contains_pii", AttributeType.Boolean, of, c => AttributeValue.Of(c.ContainsPii)),
        Found(prefix + "types", AttributeType.List, of, c => AttributeValue.Of(c.Types)),
        Found(prefix + "labels", AttributeType.List, of, c => AttributeValue.Of(c.Labels)),
        Found(prefix + "topics", AttributeType.List, of, c => AttributeValue.Of(c.Topics)),
        Found(prefix + "risk_score", AttributeType.Number, of, c => AttributeValue.Of(c.RiskScore)),
    ];

    // What was found is not all there is when parts could not be scanned.
    private static PolicyAttribute Found(string name, AttributeType type, Func<Facts, ContentMetadata> of, Func<ContentMetadata, AttributeValue> read) =>
        new(name, type, f => Inspected(f, of(f)) && (f.AllowUnscanned || of(f).Unscanned.IsEmpty) ? read(of(f)) : AttributeValue.Unknown);

    private static bool Inspected(Facts facts, ContentMetadata content) =>
        facts.Question.Content.Status == ContentStatus.Complete && content.Status == ContentStatus.Complete;

    private static string? Kind(IdentityKind kind) => kind switch
    {
        IdentityKind.Person => "person",
        IdentityKind.Service => "service",
        _ => null,
    };

    private static string? Status(ContentStatus status) => status switch
    {
        ContentStatus.Complete => "complete",
        ContentStatus.Unavailable => "unavailable",
        ContentStatus.Off => "off",
        _ => null,
    };

    private static AttributeValue AuthAge(Facts facts) =>
        facts.Question.Identity.AuthTime is { } at ? AttributeValue.Of((long?)Math.Floor((facts.Question.Now - at).TotalSeconds)) : AttributeValue.Missing;

    private static AttributeValue Attribute(CallerIdentity identity, string name)
    {
        foreach (var attribute in identity.Attributes)
        {
            if (string.Equals(attribute.Name, name, StringComparison.Ordinal))
            {
                return attribute.Type switch
                {
                    IdentityAttributeType.Text => AttributeValue.Of(attribute.Text),
                    IdentityAttributeType.Boolean => AttributeValue.Of(attribute.Boolean),
                    IdentityAttributeType.Integer => AttributeValue.Of((long?)attribute.Integer),
                    IdentityAttributeType.List => AttributeValue.Of(attribute.List),
                    _ => AttributeValue.Missing,
                };
            }
        }

        return AttributeValue.Missing;
    }
}
