using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Policy.Tests.Model;

/// <summary>The semantics P1 to P12 (reliability.md 1.3, FORMAT.md), said once more and plainly: no index, no compilation, nothing shared with the product.
/// Three values are <c>bool?</c>, null being the error: C#'s own lifted operators are Kleene's.</summary>
internal static class ReferenceEvaluator
{
    public static PolicyDecision Decide(IReadOnlyList<RuleModel> rules, PolicyQuestion q)
    {
        var permitted = ImmutableArray.CreateBuilder<PermittedTarget>();
        var needed = new SortedSet<string>(StringComparer.Ordinal);
        var ids = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var target in q.Targets)
        {
            // P2: a deny that is true or cannot be judged denies.
            var denies = rules.Where(r => r.Effect == "deny" && (Applies(r, q, target) & Holds(r, q, target)) != false).ToList();
            ids.UnionWith(denies.Select(r => r.Id));
            if (denies.Count > 0)
            {
                continue;
            }

            // P3: a requirement that is false or cannot be judged denies.
            var unmet = rules.Where(r => r.Effect == "require" && (!Applies(r, q, target) | Holds(r, q, target)) != true).ToList();
            ids.UnionWith(unmet.Select(r => r.Id));
            // P4: an allow that cannot be judged does not match. P1: without one, no.
            var allows = rules.Where(r => r.Effect == "allow" && (Applies(r, q, target) & Holds(r, q, target)) == true).ToList();
            if (unmet.Count > 0 || allows.Count == 0)
            {
                continue;
            }

            ids.UnionWith(allows.Select(r => r.Id));
            // P8: the strictest of every kind, over all that match; a redaction that cannot be whole is none.
            var redactors = allows.Where(r => r.Redacts).ToList();
            if (redactors.Count > 0 && (q.Content.Status != ContentStatus.Complete || (!q.Content.Unscanned.IsEmpty && redactors.Exists(r => !r.AllowUnscanned))))
            {
                continue;
            }

            var obligations = ImmutableArray.CreateBuilder<Obligation>();
            var rest = Strictest(redactors, null);
            foreach (var kind in Kinds)
            {
                if (rest == kind)
                {
                    obligations.Add(new Obligation { Kind = Enum.Parse<ObligationKind>(kind, ignoreCase: true) });
                    continue;
                }

                var named = redactors.SelectMany(r => r.Redact.Concat(r.Others.SelectMany(o => o.Types))).Distinct().Order(StringComparer.Ordinal);
                if (named.Where(t => Strictest(redactors, t) == kind).ToImmutableArray() is { IsEmpty: false } types)
                {
                    obligations.Add(new Obligation { Kind = Enum.Parse<ObligationKind>(kind, ignoreCase: true), Types = types });
                }
            }

            if (allows.Min(r => r.MaxTokens) is { } tokens)
            {
                obligations.Add(new Obligation { Kind = ObligationKind.LowerMaxTokens, Value = tokens });
            }

            // P13: all scopes that those which let the caller in, and the requirements that may be about this, ask for.
            needed.UnionWith(allows.Concat(rules.Where(r => r.Effect == "require" && Applies(r, q, target) != false)).SelectMany(r => Needed(r, q)));
            permitted.Add(new PermittedTarget { TargetId = target.Id, Obligations = obligations.ToImmutable() });
        }

        var effect = permitted.Count == 0 ? PolicyEffect.Deny : permitted.Any(p => p.Obligations.Length > 0) ? PolicyEffect.Modify : PolicyEffect.Allow;
        return new PolicyDecision { Effect = effect, Permitted = permitted.ToImmutable(), RequiredScopes = [.. needed], RuleIds = [.. ids], PolicyRevision = string.Empty };
    }

    private static readonly string[] Kinds = ["redact", "mask", "hash", "pseudonymise", "pseudonymiseFormat", "block"];

    /// <summary>What the strictest rule does with a type (null: with those that no rule names); a rule's word on a type goes before its word on all.</summary>
    private static string? Strictest(List<RuleModel> rules, string? type)
    {
        string[] byStrictness = ["block", "redact", "pseudonymise", "pseudonymiseFormat", "hash", "mask"];
        var said = new List<string>();
        foreach (var rule in rules)
        {
            var all = rule.Others.ToList();
            if (rule.RedactAll || !rule.Redact.IsEmpty)
            {
                all.Add(("redact", rule.RedactAll ? [] : rule.Redact));
            }

            var own = all.Where(o => type is not null && o.Types.Contains(type)).Select(o => o.Kind).ToList();
            said.AddRange(own.Count > 0 ? [own.MinBy(k => Array.IndexOf(byStrictness, k))!] : all.Where(o => o.Types.IsEmpty).Select(o => o.Kind));
        }

        return said.MinBy(k => Array.IndexOf(byStrictness, k));
    }

    private static IEnumerable<string> Needed(RuleModel r, PolicyQuestion q)
    {
        var any = r.WhoList("anyScope");
        return any.IsEmpty ? r.WhoList("allScopes") : r.WhoList("allScopes").Append(any.FirstOrDefault(q.Identity.Scopes.Contains, any[0]));
    }

    private static bool IsAboutMcp(RuleModel r, PolicyQuestion q)
    {
        var allow = r.Effect == "allow";
        var lists = new Dictionary<string, (ImmutableArray<string> Names, string? Name)>
        {
            ["tool.call"] = (r.Tools, q.Mcp!.Tool),
            ["resource.read"] = (r.Resources, q.Mcp.Resource),
            ["prompt.get"] = (r.Prompts, q.Mcp.Prompt),
            ["mcp.method"] = (r.McpMethods, q.Mcp.Method),
        };
        var fits = lists[q.Action].Name is { } name && lists[q.Action].Names.Any(p => Like(p, name, !allow));
        var server = r.Servers.IsEmpty || r.Servers.Any(p => Like(p, q.Mcp.Server, !allow));
        var method = r.McpMethods.Any(p => Like(p, q.Mcp.Method, !allow));
        return r is { Models.IsEmpty: true, Backends.IsEmpty: true, Methods.IsEmpty: true, Paths.IsEmpty: true } && server
            && (fits || (!allow && (method || lists.Values.All(l => l.Names.IsEmpty))));
    }

    private static bool? Applies(RuleModel r, PolicyQuestion q, PolicyTarget t)
    {
        var allow = r.Effect == "allow";
        var models = allow ? new[] { q.Model } : [q.Model, t.Model];
        var model = r.Models.IsEmpty ? !allow || q.Model is null : r.Models.Any(p => models.Any(m => m is not null && Like(p, m, !allow)));
        var backend = q.Backend is { } b
            ? (r.Backends.IsEmpty ? !allow : r.Backends.Any(p => Like(p, b.Name, !allow)))
                && (r.Methods.IsEmpty || r.Methods.Contains(b.Method))
                && (r.Paths.IsEmpty || r.Paths.Any(p => PathLike(p, b.Path, !allow)))
            : r.Backends.IsEmpty && r.Methods.IsEmpty && r.Paths.IsEmpty;
        var action = r.Actions.IsEmpty || r.Actions.Contains(q.Action);
        var about = q.Mcp is not null
            ? IsAboutMcp(r, q)
            : model && backend && r is { Servers.IsEmpty: true, Tools.IsEmpty: true, Resources.IsEmpty: true, Prompts.IsEmpty: true, McpMethods.IsEmpty: true };
        return (action && about) & One(r.Classes, t.Class) & One(r.Regions, t.Region) & One(r.Providers, t.Provider);
    }

    private static bool? Holds(RuleModel r, PolicyQuestion q, PolicyTarget t)
    {
        var who = q.Identity;
        var kinds = r.WhoList("kinds").IsEmpty && r.Effect == "allow" ? ["person"] : r.WhoList("kinds");
        var clients = r.WhoList("clients");
        bool? client = clients.IsEmpty ? true : who.ClientId is null && who.ClientName is null ? null : clients.Contains(who.ClientId!) || clients.Contains(who.ClientName!);
        return (Any(r.WhoList("anyRole"), who.Roles) && r.WhoList("allRoles").All(who.Roles.Contains)
                && Any(r.WhoList("anyScope"), who.Scopes) && r.WhoList("allScopes").All(who.Scopes.Contains)
                && (kinds.IsEmpty || kinds.Contains(who.Kind.ToString().ToLowerInvariant())))
            & One(r.WhoList("tenants"), who.Tenant) & One(r.WhoList("orgs"), who.OrgId) & One(r.WhoList("teams"), who.Team) & One(r.WhoList("plans"), who.Plan)
            & client & One(r.WhoList("issuers"), who.IssuerName) & One(r.WhoList("users"), who.UserId)
            & (r.When is null ? true : Eval(r.When, r, q, t));
    }

    private static bool? Eval(Condition condition, RuleModel r, PolicyQuestion q, PolicyTarget t) => condition switch
    {
        Many { All: true } all => all.Parts.Aggregate((bool?)true, (sum, part) => sum & Eval(part, r, q, t)),
        Many any => any.Parts.Aggregate((bool?)false, (sum, part) => sum | Eval(part, r, q, t)),
        Negation not => !Eval(not.Part, r, q, t),
        // P7: only "exists" asks whether; nobody can say of content that was not inspected.
        Existence exists => Unknown(exists.Attribute, r, q) ? null : Read(exists.Attribute, q, t) is not null,
        Comparing c => Unknown(c.Attribute, r, q) ? null : CompareTo(Read(c.Attribute, q, t), c.Operator, c.Value),
        Membership m => Unknown(m.Attribute, r, q) ? null : Read(m.Attribute, q, t) switch
        {
            null => null,
            string[] list => m.Values[0] is string ? m.Values.Any(v => list.Contains(v)) : null,
            { } one => one.GetType() == m.Values[0].GetType() && one is string or long ? m.Values.Contains(one) : null,
        },
        _ => throw new InvalidOperationException(condition.GetType().Name),
    };

    private static bool? CompareTo(object? value, string comparison, object literal) => (value, comparison) switch
    {
        (null, _) => null,
        (string[] list, "contains") => list.Contains(literal),
        (_, "contains") => null,
        _ when value.GetType() != literal.GetType() => null,
        (_, "eq") => value.Equals(literal),
        (_, "ne") => !value.Equals(literal),
        (_, "lt") => ((IComparable)value).CompareTo(literal) < 0,
        (_, "le") => ((IComparable)value).CompareTo(literal) <= 0,
        (_, "gt") => ((IComparable)value).CompareTo(literal) > 0,
        _ => ((IComparable)value).CompareTo(literal) >= 0,
    };

    private static bool Unknown(string attribute, RuleModel r, PolicyQuestion q) => attribute switch
    {
        "content.status" => false,
        "content.unscanned" => q.Content.Status != ContentStatus.Complete,
        "content.new.unscanned" => q.Content.Status != ContentStatus.Complete || q.NewContent is { Status: not ContentStatus.Complete },
        _ when attribute.StartsWith("content.new.", StringComparison.Ordinal) => q.Content.Status != ContentStatus.Complete || q.NewContent is { Status: not ContentStatus.Complete }
            || (!(q.NewContent ?? q.Content).Unscanned.IsEmpty && !r.AllowUnscanned),
        _ when attribute.StartsWith("content.", StringComparison.Ordinal) => q.Content.Status != ContentStatus.Complete || (!q.Content.Unscanned.IsEmpty && !r.AllowUnscanned),
        _ => false,
    };

    private static object? Read(string attribute, PolicyQuestion q, PolicyTarget t) => attribute switch
    {
        "identity.tenant" => q.Identity.Tenant,
        "identity.team" => q.Identity.Team,
        "identity.kind" => q.Identity.Kind == IdentityKind.Unspecified ? null : q.Identity.Kind.ToString().ToLowerInvariant(),
        "identity.roles" => q.Identity.Roles.ToArray(),
        "identity.auth_age_seconds" => q.Identity.AuthTime is { } at ? (long)(q.Now - at).TotalSeconds : null,
        "model" => q.Model,
        "purpose" => q.Purpose,
        "backend.method" => q.Backend?.Method,
        "mcp.server" => q.Mcp?.Server,
        "mcp.tool" => q.Mcp?.Tool,
        "mcp.method" => q.Mcp?.Method,
        "mcp.tool.read_only" => q.Mcp?.Annotations?.ReadOnly,
        "mcp.tool.destructive" => q.Mcp?.Annotations?.Destructive,
        "target.class" => t.Class,
        "target.model" => t.Model,
        "content.status" => q.Content.Status == ContentStatus.Unspecified ? null : q.Content.Status.ToString().ToLowerInvariant(),
        "content.unscanned" => !q.Content.Unscanned.IsEmpty,
        "content.contains_pii" => q.Content.ContainsPii,
        "content.types" => q.Content.Types.ToArray(),
        "content.labels" => q.Content.Labels.Select(l => l.Name).ToArray(),
        "content.risk_score" => q.Content.RiskScore,
        "content.new.types" => (q.NewContent ?? q.Content).Types.ToArray(),
        "content.new.unscanned" => !(q.NewContent ?? q.Content).Unscanned.IsEmpty,
        "content.new.risk_score" => (q.NewContent ?? q.Content).RiskScore,
        "request.max_output_tokens" => q.MaxOutputTokens,
        "request.tools" => q.Tools.ToArray(),
        "now.hour" => (long)q.Now.UtcDateTime.Hour,
        _ when attribute.StartsWith("identity.attributes.", StringComparison.Ordinal) => q.Identity.Attributes.FirstOrDefault(a => "identity.attributes." + a.Name == attribute) switch
        {
            { Type: IdentityAttributeType.Text } a => a.Text,
            { Type: IdentityAttributeType.Boolean } a => a.Boolean,
            { Type: IdentityAttributeType.Integer } a => a.Integer,
            { Type: IdentityAttributeType.List } a => a.List.ToArray(),
            _ => null,
        },
        _ => throw new InvalidOperationException(attribute),
    };

    private static bool? One(ImmutableArray<string> names, string? value) => names.IsEmpty ? true : value is null ? null : names.Contains(value);

    private static bool Any(ImmutableArray<string> wanted, ImmutableArray<string> has) => wanted.IsEmpty || wanted.Any(has.Contains);

    private static readonly ConcurrentDictionary<(string Pattern, bool IgnoreCase), Regex> Expressions = new();

    private static bool Like(string pattern, string text, bool ignoreCase) => Expressions.GetOrAdd((pattern, ignoreCase), static p => new Regex(
        @"\A" + Regex.Escape(p.Pattern).Replace(@"\*", ".*", StringComparison.Ordinal) + @"\z",
        RegexOptions.Singleline | (p.IgnoreCase ? RegexOptions.IgnoreCase | RegexOptions.CultureInvariant : RegexOptions.None))).IsMatch(text);

    private static bool PathLike(string pattern, string path, bool lenient)
    {
        var options = lenient ? StringSplitOptions.RemoveEmptyEntries : StringSplitOptions.None;
        return Segments(pattern.TrimStart('/').Split('/', options), path.TrimStart('/').Split('/', options));

        bool Segments(ReadOnlySpan<string> patterns, ReadOnlySpan<string> parts) => patterns.Length == 0
            ? parts.Length == 0
            : patterns[0] == "**"
                ? Segments(patterns[1..], parts) || (parts.Length > 0 && Segments(patterns, parts[1..]))
                : parts.Length > 0 && Like(patterns[0], parts[0], lenient) && Segments(patterns[1..], parts[1..]);
    }
}
