using System.Text;
using GatewayStack.Policy.Compilation;
using GatewayStack.Policy.Documents;
using GatewayStack.Policy.Tests.Model;

namespace GatewayStack.Policy.Tests.Documents;

public sealed class PolicyFormatTests
{
    private const string Head = "apiVersion: gateway.policy/v1\nrules:\n";

    [Fact]
    public void The_formats_own_example_is_good()
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "FORMAT.md"));
        var yaml = text.Split("```yaml\n")[1].Split("```")[0];
        Policies.Good(yaml).Rules.Select(r => r.Id).ShouldBe(
        [
            "model:gpt-4-medical", "model:gpt-4-medical:required", "tool:calendar.list", "tool:calendar.list:required", "tool:notes.*", "tool:notes.*:required", "tool:chart", "tool:chart:required",
            "staff-may-chat", "redact-for-the-cloud", "finance-stays-inside", "medical-needs-a-licence", "own-calendar", "clinic-chat", "tools-that-only-read",
        ]);
        foreach (var name in AttributeCatalogue.Names.Select(n => n.Split('.')[^1]))
        {
            text.ShouldContain(name);
        }
    }

    [Fact]
    public void All_errors_come_at_once_each_with_its_place()
    {
        var errors = Policies.Load("""
            apiVersion: gateway.policy/v2
            defaults: { decision: allow }
            models:
              m1: {}
              m2: { requiredRoles: [], requiredScope: [x] }
            rules:
              - { id: "a b", effect: allow, models: [m] }
              - { id: r1, effect: permit }
              - { id: r2, effect: allow }
              - { id: r3, effect: allow, who: {}, models: [m] }
              - { id: r4, effect: deny, when: { eq: [content.nonsense, 1] } }
              - { id: r4, effect: deny, when: { gt: [identity.team, 1] } }
              - { id: r5, effect: require }
              - { id: r6, effect: allow, models: [m], obligations: [{ redact: [email] }, { strip: 1 }] }
              - { id: r7, effect: allow, models: [m, m], colour: red, who: { users: [alice], kinds: [robot] } }
              - { id: r8, effect: deny, obligations: [{ redact: all }], paths: [events], actions: [audit.read] }
            """).Errors;
        string[] expected =
        [
            "/defaults", "/apiVersion", "/models/m1", "/models/m2/requiredScope", "/models/m2/requiredRoles", "/rules/0/id", "/rules/1/effect", "/rules/2", "/rules/3/who",
            "/rules/4/when/eq/0", "/rules/5/when/gt", "/rules/5/id", "/rules/6", "/rules/7/obligations/0/redact", "/rules/7/obligations/1/strip", "/rules/7/obligations/1",
            "/rules/8/models/1", "/rules/8/colour", "/rules/8/who/users", "/rules/8/who/kinds", "/rules/9/obligations", "/rules/9/paths", "/rules/9/actions/0",
        ];
        errors.Select(e => e.Pointer).ShouldBe(expected, ignoreOrder: true);
        errors.ShouldAllBe(e => e.Message.Length > 10);
    }

    [Theory]
    [InlineData("effect: allow, servers: [calendar]")]
    [InlineData("effect: allow, actions: [tool.call]")]
    [InlineData("effect: allow, actions: [tool.call], resources: [x]")]
    [InlineData("effect: allow, actions: [tool.call, prompt.get], tools: [x]")]
    [InlineData("effect: allow, actions: [mcp.method], mcpMethods: [\"tools/call\"]")]
    [InlineData("effect: allow, actions: [tool.call], models: [m]")]
    [InlineData("effect: allow, actions: [model.call], models: [m], tools: [x]")]
    [InlineData("effect: allow, models: [m], tools: [x]")]
    [InlineData("effect: allow, backends: [b], servers: [calendar]")]
    [InlineData("effect: allow, tools: [x], paths: [/a]")]
    [InlineData("effect: allow, tools: [x], obligations: [{ lowerMaxTokens: 5 }]")]
    [InlineData("effect: allow, tools: [x], actions: [model.call]")]
    [InlineData("effect: allow, tools: []")]
    [InlineData("effect: allow, tools: x")]
    [InlineData("effect: deny, tools: [x], actions: [backend.call]")]
    [InlineData("effect: deny, tools: [x], actions: [resource.read]")]
    [InlineData("effect: deny, servers: [x], actions: [model.call]")]
    [InlineData("effect: deny, models: [m], actions: [tool.call]")]
    [InlineData("effect: deny, tools: [x], when: { eq: [mcp.tool.read_only, \"yes\"] }")]
    [InlineData("effect: deny, tools: [x], when: { eq: [mcp.client, y] }")]
    public void A_rule_of_tools_that_could_never_match_never_comes_into_force(string members) =>
        Policies.Load($"{Head}  - {{ id: r, {members} }}\n").Errors.ShouldNotBeEmpty();

    [Theory]
    [InlineData("effect: allow, tools: [x]")]
    [InlineData("effect: allow, actions: [tool.call], tools: [\"*\"], obligations: [{ redact: all }]")]
    [InlineData("effect: allow, servers: [s], resources: [\"a://*\"], prompts: [p], mcpMethods: [ping]")]
    [InlineData("effect: deny, servers: [s]")]
    [InlineData("effect: deny, mcpMethods: [\"tools/call\"], actions: [tool.call]")]
    [InlineData("effect: deny, actions: [mcp.method]")]
    [InlineData("effect: require, tools: [x], who: { allScopes: [a] }")]
    public void A_rule_of_tools_that_can_match_does(string members) => Policies.Good($"{Head}  - {{ id: r, {members} }}\n").Rules.ShouldHaveSingleItem();

    [Theory]
    [InlineData("x")]
    [InlineData("[x]")]
    [InlineData("{ x: 1 }")]
    [InlineData("{ x: \"\" }")]
    [InlineData("{ x: [] }")]
    [InlineData("{ x: [a, a] }")]
    [InlineData("{ x: {} }")]
    [InlineData("{ x: { servers: [s] } }")]
    [InlineData("{ x: { requiredScopes: [] } }")]
    [InlineData("{ x: { requiredScope: [a] } }")]
    [InlineData("{ x: { requiredScopes: [a], servers: [] } }")]
    [InlineData("{ x: null }")]
    [InlineData("{ \" \": a }")]
    public void A_short_form_of_tools_that_says_nothing_is_an_error(string tools) =>
        Policies.Load($"apiVersion: gateway.policy/v1\ntools: {tools}\n").Errors.ShouldNotBeEmpty();

    [Theory]
    [InlineData("when: { all: [] }")]
    [InlineData("when: { any: {} }")]
    [InlineData("when: {}")]
    [InlineData("when: { exists: purpose, not: { exists: purpose } }")]
    [InlineData("when: [1]")]
    [InlineData("when: { eq: [purpose] }")]
    [InlineData("when: { eq: [purpose, 1] }")]
    [InlineData("when: { eq: [purpose, no, yes] }")]
    [InlineData("when: { eq: [content.contains_pii, 'yes'] }")]
    [InlineData("when: { eq: [content.labels, x] }")]
    [InlineData("when: { lt: [content.risk_score, high] }")]
    [InlineData("when: { le: [request.max_output_tokens, 1.5] }")]
    [InlineData("when: { contains: [purpose, x] }")]
    [InlineData("when: { in: [purpose, []] }")]
    [InlineData("when: { in: [purpose, x] }")]
    [InlineData("when: { in: [content.contains_pii, [true]] }")]
    [InlineData("when: { in: [identity.attributes.x, [a, 1]] }")]
    [InlineData("when: { exists: identity.attributes. }")]
    [InlineData("when: { matches: [purpose, '(a+)+'] }")]
    [InlineData("priority: -1")]
    [InlineData("priority: first")]
    [InlineData("reason: { code: Bad Code }")]
    [InlineData("reason: { message: x }")]
    [InlineData("allowUnscanned: 1")]
    [InlineData("targets: [external]")]
    [InlineData("targets: { class: external }")]
    [InlineData("models: gpt")]
    [InlineData("who: doctor")]
    [InlineData("who: { anyRole: [1] }")]
    public void An_ill_typed_rule_never_comes_into_force(string member) =>
        Policies.Load($"{Head}  - id: r\n    effect: deny\n    {member}\n").Errors.ShouldNotBeEmpty();

    [Theory]
    [InlineData("when: { gt: [content.risk_score, 0.5] }")]
    [InlineData("when: { gt: [content.risk_score, 1] }")]
    [InlineData("when: { eq: [identity.attributes.licensed, true] }")]
    [InlineData("when: { eq: [purpose, no] }")]
    [InlineData("who: { users: [alice], tenants: [mercy] }")]
    [InlineData("description: null")]
    public void A_well_typed_rule_does(string member) => Policies.Good($"{Head}  - id: r\n    effect: deny\n    {member}\n").Rules.ShouldHaveSingleItem();

    [Theory]
    [InlineData("{}", 0)]
    [InlineData("""{"llama3:8b":{"requiredScopes":["chat"]}}""", 2)]
    [InlineData("""{"apiVersion":"gateway.policy/v1"}""", 0)]
    [InlineData("""{"apiVersion":"gateway.policy/v1","models":{"a":{"requiredRoles":["x"]}},"rules":[]}""", 2)]
    public void The_short_form_alone_is_a_document(string json, int rules) => Policies.Good(json).Rules.Length.ShouldBe(rules);

    [Theory]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("""{"rules":[]}""")]
    [InlineData("""{"gpt-4":["doctor"]}""")]
    [InlineData("""{"gpt-4":{"requiredRoles":["doctor"],"requiredRoles":["nurse"]}}""")]
    public void What_is_not_a_policy_is_refused(string json) => Policies.Load(json).Errors.ShouldNotBeEmpty();

    [Fact]
    public void Bounds_hold()
    {
        Nested(PredicateReader.MaxDepth).Errors.ShouldBeEmpty();
        Nested(PredicateReader.MaxDepth + 1).Errors.ShouldHaveSingleItem().Message.ShouldContain("8 levels");
        Policies.Load($"{Head}  - {{ id: r, effect: deny, description: {new string('x', RuleReader.MaxBytes)} }}").Errors.ShouldHaveSingleItem().Message.ShouldContain("64 KiB");
        var many = new StringBuilder(Head);
        for (var i = 0; i <= PolicyFormat.MaxRules; i++)
        {
            many.Append("  - { id: r").Append(i).Append(", effect: deny }\n");
        }

        Policies.Load(many.ToString()).Errors.ShouldHaveSingleItem().Message.ShouldContain("5000");

        static GatewayStack.Documents.LoadedDocument<PolicySnapshot> Nested(int depth) =>
            Policies.Load($"{Head}  - {{ id: r, effect: deny, when: {string.Concat(Enumerable.Repeat("{ not: ", depth - 1))}{{ exists: purpose }}{new string('}', depth - 1)} }}");
    }

    [Fact]
    public void Mutated_documents_are_refused_or_compiled_never_thrown_at()
    {
        var good = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "FORMAT.md")).Split("```yaml\n")[1].Split("```")[0];
        const int Seed = 20261125;
        var random = new Random(Seed);
        const string Pieces = "[]{}:,-*&!#'\"\\ \n\tarequirdnot0159.|>?%@`~\u0000\u2028é";
        for (var i = 0; i < Seeded.Cases(3_000); i++)
        {
            var text = new StringBuilder(good);
            for (var changes = random.Next(1, 8); changes > 0; changes--)
            {
                var at = random.Next(text.Length);
                _ = random.Next(3) switch
                {
                    0 => text.Remove(at, Math.Min(random.Next(1, 20), text.Length - at)),
                    1 => text.Insert(at, Pieces[random.Next(Pieces.Length)]),
                    _ => text.Insert(at, text.ToString(at, Math.Min(random.Next(1, 60), text.Length - at))),
                };
            }

            var loaded = Policies.Load(text.ToString());
            (loaded.Value is null).ShouldBe(!loaded.Errors.IsEmpty);
        }
    }
}
