using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Policy;
using GatewayStack.Policy.Evaluation;
using GatewayStack.Policy.Tests.Model;

namespace GatewayStack.Policy.Tests.Evaluation;

/// <summary>Rules about calls to MCP servers, and their short form.</summary>
public sealed class ToolTests
{
    private const string Short = """
        apiVersion: gateway.policy/v1
        tools:
          calendar.list: calendar:read
          "notes.*": ["notes:read", "notes:write"]
          chart: { requiredRoles: [doctor, nurse], requiredScopes: [chart:read], servers: [clinic] }
          toString: tools:toString
          __proto__: { requiredScopes: [proto] }
        """;

    [Theory]
    [InlineData("mail://inbox/ceo@corp.com/1", "Deny")]
    [InlineData("mail://inbox/ceo%40corp.com/1", "Deny")]
    [InlineData("mail://inbox/a%7Cb", "Deny")]
    [InlineData("mail://inbox/me%40corp.com/1", "Allow")]
    public void What_a_server_reads_out_of_escapes_is_kept_out_too(string uri, string effect) => Policies.Good("""
        apiVersion: gateway.policy/v1
        rules:
          - { id: all, effect: allow, resources: ["*"] }
          - { id: ceo, effect: deny, resources: ["mail://inbox/ceo@corp.com/*", "mail://inbox/a|b"] }
        """)
        .Decide(Policies.Person().Asks(GatewayActions.ResourceRead, new McpFacts { Server = "mail", Method = "resources/read", Resource = uri })).Effect.ToString().ShouldBe(effect);

    [Theory]
    [InlineData("calendar.list", "", "calendar:read", "Allow [t()] rules tool:calendar.list because ", "calendar:read")]
    [InlineData("calendar.list", "", "calendar:write", "Deny [] rules tool:calendar.list:required because missing_scope(calendar:read)", "calendar:read")]
    [InlineData("notes.add", "", "notes:read", "Deny [] rules tool:notes.*:required because missing_scope(notes:write)", "notes:read notes:write")]
    [InlineData("notes.add", "", "notes:read notes:write", "Allow [t()] rules tool:notes.* because ", "notes:read notes:write")]
    [InlineData("toString", "", "tools:toString", "Allow [t()] rules tool:toString because ", "tools:toString")]
    [InlineData("toString", "", "", "Deny [] rules tool:toString:required because missing_scope(tools:toString)", "tools:toString")]
    [InlineData("__proto__", "", "", "Deny [] rules tool:__proto__:required because missing_scope(proto)", "proto")]
    [InlineData("__proto__", "", "proto", "Allow [t()] rules tool:__proto__ because ", "proto")]
    [InlineData("constructor", "", "proto tools:toString", "Deny [] rules  because no_rule_matched()", "")]
    // The name as the server has it: what differs in case is another tool, and what begins alike is, too.
    [InlineData("Calendar.List", "", "calendar:read", "Deny [] rules  because no_rule_matched()", "")]
    [InlineData("calendar.listing", "", "calendar:read", "Deny [] rules  because no_rule_matched()", "")]
    [InlineData("calendar", "", "calendar:read", "Deny [] rules  because no_rule_matched()", "")]
    [InlineData("xnotes.add", "", "notes:read notes:write", "Deny [] rules  because no_rule_matched()", "")]
    // Of another server.
    [InlineData("chart", "doctor", "chart:read", "Deny [] rules  because no_rule_matched()", "")]
    public void The_short_form_names_a_tool_and_what_it_requires(string tool, string roles, string scopes, string expected, string needs)
    {
        var decision = Policies.Good(Short).Decide(Policies.Person(roles, scopes).CallsTool(tool));
        decision.Describe().ShouldBe(expected);
        decision.Needs().ShouldBe(needs);
    }

    [Theory]
    [InlineData("doctor", "chart:read", "Allow [t()] rules tool:chart because ", "chart:read")]
    [InlineData("doctor", "", "Deny [] rules tool:chart:required because missing_scope(chart:read)", "chart:read")]
    [InlineData("clerk", "chart:read", "Deny [] rules tool:chart:required because missing_role()", "")]
    [InlineData("clerk", "", "Deny [] rules tool:chart:required because missing_role()", "")]
    public void A_tool_that_asks_for_a_role_is_not_offered_for_a_scope(string roles, string scopes, string expected, string needs)
    {
        var decision = Policies.Good(Short).Decide(Policies.Person(roles, scopes).CallsTool("chart", "clinic"));
        decision.Describe().ShouldBe(expected);
        decision.Needs().ShouldBe(needs);
    }

    [Fact]
    public void A_service_is_not_let_in_by_the_short_form() =>
        Policies.Good(Short).Decide((Policies.Person(scopes: "calendar:read") with { Kind = IdentityKind.Service }).CallsTool("calendar.list")).Describe().ShouldBe("Deny [] rules  because no_rule_matched()");

    [Fact]
    public void No_wider_rule_leads_round_what_a_tool_requires()
    {
        var policy = Policies.Good(Short + """
              
            rules:
              - { id: all, effect: allow, tools: ["*"], who: { allScopes: [mcp] } }
              - { id: staff, effect: require, actions: [tool.call], who: { anyScope: [staff, guest] } }
            """);
        policy.Decide(Policies.Person(scopes: "mcp staff").CallsTool("Calendar.List")).Describe().ShouldBe("Deny [] rules tool:calendar.list:required because missing_scope(calendar:read)");
        var listed = policy.Decide(Policies.Person(scopes: "mcp guest calendar:read").CallsTool("calendar.list"));
        listed.Describe().ShouldBe("Allow [t()] rules all,tool:calendar.list because ");
        listed.Needs().ShouldBe("calendar:read guest mcp");
        var missing = policy.Decide(Policies.Person(scopes: "calendar:read").CallsTool("calendar.list"));
        missing.Describe().ShouldBe("Deny [] rules staff because missing_scope(staff)");
        missing.Needs().ShouldBe("calendar:read staff");
        var other = policy.Decide(Policies.Person(scopes: "staff").CallsTool("other"));
        other.Describe().ShouldBe("Deny [] rules  because missing_scope(mcp)");
        other.Needs().ShouldBe("mcp staff");
    }

    [Fact]
    public void A_tool_denied_by_role_tenant_or_an_explicit_rule_has_no_scope_to_ask_for()
    {
        var policy = Policies.Good("""
            apiVersion: gateway.policy/v1
            tools: { list: read }
            rules:
              - { id: acme, effect: allow, tools: [elsewhere], who: { tenants: [acme], allScopes: [read] } }
              - { id: doctors, effect: allow, tools: [chart], who: { allRoles: [doctor], allScopes: [read] } }
              - { id: closed, effect: deny, tools: [LIST], servers: [Clinic], reason: { code: closed } }
            """);
        Described("elsewhere", "calendar").ShouldBe("no_rule_matched()");
        Described("chart", "calendar").ShouldBe("missing_role()");
        Described("list", "clinic").ShouldBe("closed()");
        Described("list", "calendar").ShouldBe("missing_scope(read)");

        string Described(string tool, string server)
        {
            var decision = policy.Decide(Policies.Person().CallsTool(tool, server));
            decision.RequiredScopes.IsEmpty.ShouldBe(decision.Reasons[0].MissingScopes.IsEmpty);
            return string.Join(',', decision.Reasons.Select(r => $"{r.Code}({string.Join(' ', r.MissingScopes)})"));
        }
    }

    [Fact]
    public void What_no_rule_names_is_refused_like_what_does_not_exist_whatever_else_forbids_it()
    {
        var policy = Policies.Good("""
            apiVersion: gateway.policy/v1
            tools: { list: read }
            rules:
              - { id: never, effect: deny, when: { exists: mcp.server }, reason: { code: closed } }
              - { id: staff, effect: require, who: { anyRole: [staff] } }
            """);
        policy.Decide(Policies.Person().CallsTool("unknown")).Describe().ShouldBe("Deny [] rules never because no_rule_matched()");
        policy.Decide(Policies.Person().CallsTool("list")).Describe().ShouldBe("Deny [] rules never because closed()");
        policy.Decide(Policies.Person().Asks("m")).Describe().ShouldBe("Deny [] rules staff because missing_role()");
    }

    [Theory]
    [InlineData("notes://caf%C3%A9/x", "Deny")]
    [InlineData("notes://my%20notes/x", "Deny")]
    [InlineData("notes://cafe/x", "Allow")]
    public void A_pattern_of_resources_fits_what_it_says_as_it_is_escaped(string uri, string effect) => Policies.Good("""
        apiVersion: gateway.policy/v1
        rules:
          - { id: all, effect: allow, resources: ["*"] }
          - { id: private, effect: deny, resources: ["notes://café/*", "notes://my notes/*"] }
        """)
        .Decide(Policies.Person().Asks(GatewayActions.ResourceRead, new McpFacts { Server = "notes", Method = "resources/read", Resource = uri })).Effect.ToString().ShouldBe(effect);

    [Fact]
    public void Every_action_has_names_of_its_own()
    {
        var policy = Policies.Good("""
            apiVersion: gateway.policy/v1
            rules:
              - { id: models, effect: allow, models: ["*"] }
              - { id: backends, effect: allow, backends: ["*"] }
              - { id: tools, effect: allow, servers: [calendar], tools: ["*"] }
              - { id: rest, effect: allow, servers: ["c*"], resources: ["cal://events/*"], prompts: [plan], mcpMethods: [ping, "logging/*"] }
            """);
        Allows(GatewayActions.ToolCall, new() { Server = "calendar", Method = "tools/call", Tool = "x" }).ShouldBe("tools");
        Allows(GatewayActions.ToolCall, new() { Server = "clinic", Method = "tools/call", Tool = "x" }).ShouldBeEmpty();
        Allows(GatewayActions.ToolCall, new() { Server = "Calendar", Method = "tools/call", Tool = "x" }).ShouldBeEmpty();
        Allows(GatewayActions.ResourceRead, new() { Server = "clinic", Method = "resources/read", Resource = "cal://events/1" }).ShouldBe("rest");
        Allows(GatewayActions.ResourceRead, new() { Server = "clinic", Method = "resources/read", Resource = "cal://other" }).ShouldBeEmpty();
        Allows(GatewayActions.PromptGet, new() { Server = "clinic", Method = "prompts/get", Prompt = "plan" }).ShouldBe("rest");
        Allows(GatewayActions.PromptGet, new() { Server = "clinic", Method = "prompts/get", Prompt = "planning" }).ShouldBeEmpty();
        Allows(GatewayActions.McpMethod, new() { Server = "clinic", Method = "logging/setLevel" }).ShouldBe("rest");
        Allows(GatewayActions.McpMethod, new() { Server = "clinic", Method = "tools/call" }).ShouldBeEmpty();
        Allows(GatewayActions.McpMethod, new() { Server = "other", Method = "ping" }).ShouldBeEmpty();

        // A tool in a question about something else lets nobody in, and rules of tools are about no model and no backend.
        Allows(GatewayActions.ResourceRead, new() { Server = "calendar", Method = "resources/read", Tool = "x" }).ShouldBeEmpty();
        policy.Decide(Policies.Person().Asks("m")).Describe().ShouldBe("Allow [t()] rules models because ");
        policy.Decide(Policies.Person().Calls("calendar", "GET", "/x")).Describe().ShouldBe("Allow [t()] rules backends because ");
        policy.Decide(Policies.Person().CallsTool("x") with { Mcp = null }).Permits.ShouldBeFalse();

        string Allows(string action, McpFacts call) => string.Join(',', policy.Decide(Policies.Person().Asks(action, call)).RuleIds);
    }

    [Theory]
    [InlineData("tools: [DELETE]", "delete", true)]
    [InlineData("tools: [\"del*\"]", "Delete", true)]
    [InlineData("tools: [delete]", "list", false)]
    [InlineData("servers: [CALENDAR]", "list", true)]
    [InlineData("mcpMethods: [\"Tools/*\"]", "list", true)]
    [InlineData("resources: [\"*\"]", "list", false)]
    [InlineData("resources: [\"*\"], tools: [list]", "list", true)]
    [InlineData("models: [\"*\"]", "list", false)]
    [InlineData("backends: [\"*\"]", "list", false)]
    [InlineData("paths: [\"/**\"]", "list", false)]
    [InlineData("actions: [tool.call]", "list", true)]
    [InlineData("actions: [model.call, backend.call]", "list", false)]
    [InlineData("tools: [\"*\"], when: { eq: [mcp.tool.destructive, true] }", "list", true)]
    [InlineData("tools: [\"*\"], when: { all: [{ exists: mcp.tool.destructive }, { eq: [mcp.tool.destructive, true] }] }", "list", false)]
    public void A_deny_rule_holds_for_every_spelling_of_what_it_names(string selectors, string tool, bool denies) =>
        Policies.Good($$"""
            apiVersion: gateway.policy/v1
            rules:
              - { id: allow, effect: allow, tools: ["*"] }
              - { id: deny, effect: deny, {{selectors}} }
            """).Decide(Policies.Person().CallsTool(tool)).Permits.ShouldBe(!denies);

    [Fact]
    public void Annotations_are_what_the_server_says_and_may_be_missing()
    {
        var policy = Policies.Good("""
            apiVersion: gateway.policy/v1
            rules:
              - { id: reading, effect: allow, tools: ["*"], when: { eq: [mcp.tool.read_only, true] } }
              - { id: safe, effect: require, tools: ["*"], when: { all: [{ eq: [mcp.tool.open_world, false] }, { ne: [mcp.tool.idempotent, false] }] } }
            """);
        Permits(new() { ReadOnly = true, OpenWorld = false, Idempotent = true }).ShouldBeTrue();
        Permits(new() { ReadOnly = false, OpenWorld = false, Idempotent = true }).ShouldBeFalse();
        Permits(new() { ReadOnly = true, OpenWorld = false }).ShouldBeFalse();
        Permits(new() { OpenWorld = false, Idempotent = true }).ShouldBeFalse();
        Permits(null).ShouldBeFalse();

        bool Permits(ToolAnnotations? annotations) => policy.Decide(Policies.Person().CallsTool("x", annotations: annotations)).Permits;
    }

    [Theory]
    [InlineData("list", "list named scopes=read")]
    [InlineData("chart", "chart named not-only scopes=chart:read")]
    [InlineData("open", "open named scopes=")]
    [InlineData("either", "either named scopes=a")]
    [InlineData("tenanted", "tenanted named not-only scopes=")]
    [InlineData("licensed", "licensed named not-only scopes=")]
    [InlineData("clean", "clean named scopes=")]
    [InlineData("closed", "closed")]
    [InlineData("here", "here named scopes=")]
    [InlineData("there", "there")]
    [InlineData("kept", "kept named not-only scopes=")]
    [InlineData("services", "services named not-only scopes=")]
    [InlineData("nothing", "nothing")]
    public void What_the_rules_ask_for_a_tool_can_be_said_without_a_caller(string tool, string expected)
    {
        var rule = new ToolDescriber(Policies.Good(Catalogue), "calendar").Describe(tool);
        $"{rule.Tool}{(rule.Named ? " named" : string.Empty)}{(rule is { Named: true, OnlyScopes: false } ? " not-only" : string.Empty)}{(rule.Named ? " scopes=" + string.Join(' ', rule.Scopes) : string.Empty)}"
            .ShouldBe(expected);
    }

    [Fact]
    public void Names_that_no_tool_has_are_told_where_the_rule_can_be_about_the_server()
    {
        var describer = new ToolDescriber(Policies.Good(Short), "calendar");
        describer.WithoutTool(["calendar.list", "notes.add", "toString"]).ShouldBe(["__proto__"]);
        new ToolDescriber(Policies.Good(Short), "clinic").WithoutTool(["CALENDAR.LIST"]).ShouldBe(["__proto__", "calendar.list", "chart", "notes.*", "toString"]);
    }

    private const string Catalogue = """
        apiVersion: gateway.policy/v1
        tools:
          list: read
          chart: { requiredRoles: [doctor], requiredScopes: ["chart:read"] }
        rules:
          - { id: open, effect: allow, tools: [open, closed, kept] }
          - { id: a, effect: allow, tools: [either], who: { allScopes: [b, c] } }
          - { id: b, effect: allow, tools: [either], who: { anyScope: [a, z] } }
          - { id: tenanted, effect: allow, tools: [tenanted], who: { tenants: [mercy] } }
          - { id: licensed, effect: allow, tools: [licensed], when: { eq: [identity.attributes.licensed, true] } }
          - { id: clean, effect: allow, tools: [clean], when: { not: { contains: [content.labels, financial] } } }
          - { id: closed, effect: deny, tools: [CLOSED] }
          - { id: kept, effect: deny, tools: [kept], who: { teams: [red] } }
          - { id: here, effect: allow, tools: [here, there], when: { eq: [mcp.tool, here] } }
          - { id: services, effect: allow, tools: [services], who: { kinds: [service] } }
          - { id: elsewhere, effect: allow, servers: [clinic], tools: [nothing] }
        """;
}
