using System.Collections.Immutable;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Transform;
using GatewayStack.Policy.Tests.Model;

namespace GatewayStack.Policy.Tests.Evaluation;

public sealed class ReasonTests
{
    private const string Original = """{"gpt-4-medical": {"requiredRoles": ["doctor", "physician_assistant"], "requiredScopes": ["medical:write", "chat:write"]}}""";

    [Theory]
    [InlineData("doctor", "medical:write chat:write", "Allow [t()] rules model:gpt-4-medical because ")]
    [InlineData("physician_assistant other", "chat:write medical:write x", "Allow [t()] rules model:gpt-4-medical because ")]
    [InlineData("nurse", "medical:write chat:write", "Deny [] rules model:gpt-4-medical:required because missing_role()")]
    [InlineData("nurse", "chat:write", "Deny [] rules model:gpt-4-medical:required because missing_role()")]
    [InlineData("doctor", "chat:write", "Deny [] rules model:gpt-4-medical:required because missing_scope(medical:write)")]
    [InlineData("doctor", "", "Deny [] rules model:gpt-4-medical:required because missing_scope(chat:write medical:write)")]
    [InlineData("Doctor", "medical:write chat:write", "Deny [] rules model:gpt-4-medical:required because missing_role()")]
    public void The_originals_form_asks_for_any_of_the_roles_and_all_of_the_scopes(string roles, string scopes, string expected) =>
        Policies.Good(Original).Decide(Policies.Person(roles, scopes).Asks("gpt-4-medical")).Describe().ShouldBe(expected);

    [Fact]
    public void A_model_that_no_rule_names_is_refused() =>
        Policies.Good(Original).Decide(Policies.Person("doctor", "medical:write chat:write").Asks("gpt-4")).Describe().ShouldBe("Deny [] rules  because no_rule_matched()");

    [Fact]
    public void No_alias_and_no_backend_leads_round_what_a_model_requires()
    {
        var policy = Policies.Good("""
            apiVersion: gateway.policy/v1
            models: { gpt-4-medical: { requiredRoles: [doctor] } }
            rules:
              - { id: alias, effect: allow, models: [smart] }
              - { id: clinic, effect: allow, backends: [clinic], models: ["*"] }
            """);
        var alias = Policies.Person("nurse").Asks("smart") with
        {
            Targets = [new() { Id = "medical", Provider = "cloud", Model = "GPT-4-Medical" }, new() { Id = "mini", Provider = "cloud", Model = "mini" }],
        };
        policy.Decide(alias).Describe().ShouldBe("Allow [mini()] rules alias,model:gpt-4-medical:required because ");
        policy.Decide(Policies.Person("nurse").Calls("clinic", "POST", "/chat", "gpt-4-medical")).Describe().ShouldBe("Deny [] rules model:gpt-4-medical:required because missing_role()");
        policy.Decide(Policies.Person("doctor").Calls("clinic", "POST", "/chat", "gpt-4-medical")).Describe().ShouldBe("Allow [t()] rules clinic because ");
        policy.Decide(Policies.Person("nurse").Calls("clinic", "POST", "/chat", "mini")).Describe().ShouldBe("Allow [t()] rules clinic because ");
    }

    [Fact]
    public void An_allow_rule_grants_only_what_it_names()
    {
        var policy = Policies.Good("""
            apiVersion: gateway.policy/v1
            rules:
              - { id: model, effect: allow, models: ["*"] }
              - { id: calendar, effect: allow, backends: [calendar], methods: [GET], paths: ["/events/*"] }
            """);
        policy.Decide(Policies.Person().Calls("calendar", "GET", "/events/1")).Effect.ShouldBe(PolicyEffect.Allow);
        policy.Decide(Policies.Person().Calls("calendar", "GET", "/events/1", "m")).Effect.ShouldBe(PolicyEffect.Deny);
        policy.Decide(Policies.Person().Calls("calendar", "POST", "/events/1")).Effect.ShouldBe(PolicyEffect.Deny);
        policy.Decide(Policies.Person().Calls("calendar", "GET", "/events/1/2")).Effect.ShouldBe(PolicyEffect.Deny);
        policy.Decide(Policies.Person().Calls("clinic", "GET", "/events/1", "m")).Effect.ShouldBe(PolicyEffect.Deny);
    }

    [Theory]
    [InlineData("/admin/keys")]
    [InlineData("/Admin/Keys/")]
    [InlineData("//admin//keys")]
    public void A_deny_rule_is_not_gone_round_by_another_spelling_of_the_path(string path) =>
        Policies.Good("""
            apiVersion: gateway.policy/v1
            rules:
              - { id: allow, effect: allow, backends: ["*"] }
              - { id: deny, effect: deny, backends: [b], paths: ["/admin/**"], reason: { code: closed, message: Closed. } }
            """).Decide(Policies.Person().Calls("b", "GET", path)).Describe().ShouldBe("Deny [] rules deny because closed()");

    [Fact]
    public void A_service_is_let_in_only_by_rules_that_name_services_and_kept_out_by_all()
    {
        var service = Policies.Person() with { Kind = IdentityKind.Service };
        const string Rules = """
            apiVersion: gateway.policy/v1
            rules:
              - { id: people, effect: allow, models: [m, n] }
              - { id: services, effect: allow, who: { kinds: [service] }, models: [n, o] }
              - { id: closed, effect: deny, models: [o] }
            """;
        var policy = Policies.Good(Rules);
        policy.Decide(service.Asks("m")).Effect.ShouldBe(PolicyEffect.Deny);
        policy.Decide(service.Asks("n")).Describe().ShouldBe("Allow [t()] rules services because ");
        policy.Decide(service.Asks("o")).Describe().ShouldBe("Deny [] rules closed because denied()");
        policy.Decide((service with { Kind = IdentityKind.Unspecified }).Asks("n")).Effect.ShouldBe(PolicyEffect.Deny);
    }

    [Fact]
    public void Each_target_has_its_own_verdict_and_obligations()
    {
        var policy = Policies.Good("""
            apiVersion: gateway.policy/v1
            rules:
              - { id: chat, effect: allow, models: [smart], obligations: [{ lowerMaxTokens: 500 }] }
              - { id: cloud, effect: allow, models: [smart], targets: { classes: [external] }, obligations: [{ redact: [PHONE] }, { redact: [EMAIL] }, { lowerMaxTokens: 100 }] }
              - { id: finance, effect: deny, targets: { classes: [external] }, when: { contains: [content.labels, financial] } }
            """);
        var question = Policies.Person().Asks("smart") with
        {
            Targets = [new() { Id = "cloud", Provider = "cloud", Class = "external" }, new() { Id = "home", Provider = "onprem", Class = "internal" }],
        };
        policy.Decide(question).Describe().ShouldBe("Modify [cloud(Redact:EMAIL+PHONE: LowerMaxTokens::100), home(LowerMaxTokens::500)] rules chat,cloud because ");
        var financial = question with { Content = ContentMetadata.Clean with { Labels = [new ContentLabel { Name = "financial", Confidence = 1 }] } };
        policy.Decide(financial).Describe().ShouldBe("Modify [home(LowerMaxTokens::500)] rules chat,finance because ");
        policy.Decide(financial).PassedOver.ShouldHaveSingleItem().Code.ShouldBe("denied");
        policy.Decide(question).PassedOver.ShouldBeEmpty();
        policy.Decide(financial with { Targets = [question.Targets[1], question.Targets[0]] }).PassedOver.ShouldBeEmpty();
        policy.Decide(financial with { Targets = [question.Targets[0]] }).PassedOver.ShouldBeEmpty();

        // Transform away: the rule that asks about content errs, and only the target it is about is lost.
        policy.Decide(question with { Content = new ContentMetadata { Status = ContentStatus.Unavailable } }).Describe().ShouldBe("Modify [home(LowerMaxTokens::500)] rules chat,finance because ");
    }

    [Fact]
    public void A_redaction_that_cannot_be_whole_is_a_refusal_unless_the_rule_says_otherwise()
    {
        ImmutableArray<UnscannedPart> image = [new UnscannedPart { Pointer = "/messages/0/content/1", Type = "image_url", Reason = "not_text" }];
        var question = Policies.Person().Asks("m") with { Content = ContentMetadata.Clean with { Unscanned = image } };
        const string Rule = """{"apiVersion":"gateway.policy/v1","rules":[{"id":"r","effect":"allow","models":["m"],"obligations":[{"redact":"all"}]EXTRA}]}""";
        Policies.Good(Rule.Replace("EXTRA", string.Empty, StringComparison.Ordinal)).Decide(question).Describe().ShouldBe("Deny [] rules r because unscanned_content()");
        var allowing = Policies.Good(Rule.Replace("EXTRA", ",\"allowUnscanned\":true", StringComparison.Ordinal));
        allowing.Decide(question).Describe().ShouldBe("Modify [t(Redact::)] rules r because ");
        allowing.Decide(question with { Content = new ContentMetadata { Status = ContentStatus.Off } }).Describe().ShouldBe("Deny [] rules r because content_not_inspected()");
    }

    /// <summary>Where nothing but a part that is not text keeps a rule from saying anything, the caller can leave it out.</summary>
    [Theory]
    [InlineData("{ id: r, effect: deny, when: { contains: [content.labels, financial] } }", "Deny [] rules r because unscanned_content()")]
    [InlineData("{ id: r, effect: require, when: { not: { contains: [content.new.types, EMAIL] } } }", "Deny [] rules r because unscanned_content()")]
    [InlineData("{ id: r, effect: deny, when: { eq: [identity.team, x] } }", "Deny [] rules r because rule_error()")]
    [InlineData("{ id: r, effect: deny, allowUnscanned: true, when: { contains: [content.labels, financial] } }", "Allow [t()] rules allow because ")]
    public void A_picture_that_keeps_a_rule_from_being_judged_is_named(string rule, string expected)
    {
        var policy = Policies.Good($"apiVersion: gateway.policy/v1\nrules:\n  - {{ id: allow, effect: allow, models: [m] }}\n  - {rule}\n");
        var text = Policies.Person().Asks("m");
        var picture = text with { Content = Parts("image_url") };
        var decision = policy.Decide(picture);
        decision.Describe().ShouldBe(expected);
        decision.Reasons.Where(r => r.Code == "unscanned_content")
            .ShouldAllBe(r => r.Message == "This request has a picture, which cannot be checked: leave it out, or send what it says as text.");

        // Where nothing could be looked at, leaving a part out would not help.
        policy.Decide(picture with { Content = picture.Content with { Status = ContentStatus.Unavailable } }).Reasons.ShouldAllBe(r => r.Code == "rule_error");
        policy.Decide(text).Reasons.ShouldAllBe(r => r.Code == "rule_error");
    }

    [Fact]
    public void So_is_one_that_keeps_a_rule_from_letting_the_caller_in()
    {
        var policy = Policies.Good("""
            apiVersion: gateway.policy/v1
            rules:
              - { id: a, effect: allow, models: [m], when: { not: { contains: [content.labels, financial] } } }
              - { id: b, effect: allow, models: [n], when: { contains: [content.labels, financial] } }
            """);
        policy.Decide(Policies.Person().Asks("m") with { Content = Parts("input_audio") }).Describe().ShouldBe("Deny [] rules  because unscanned_content(),no_rule_matched()");
        policy.Decide(Policies.Person().Asks("n") with { Content = Parts("input_audio") }).Describe().ShouldBe("Deny [] rules  because no_rule_matched()");
        policy.Decide(Policies.Person().Asks("m")).Describe().ShouldBe("Allow [t()] rules a because ");
    }

    [Theory]
    [InlineData("a picture", "image_url", "input_image")]
    [InlineData("a picture and sound", "image", "input_audio")]
    [InlineData("a file, encoded bytes and a part that is not text", "file", "input_document", "encoded", "other")]
    [InlineData("JSON in strings of JSON, too deep to be read", "nested_json")]
    [InlineData("a part that is not text")]
    public void What_cannot_be_checked_is_said_in_words(string expected, params string[] types) => UnscannedParts.Describe(Parts(types).Unscanned).ShouldBe(expected);

    [Fact]
    public void The_caller_is_told_first_what_they_can_mend()
    {
        var policy = Policies.Good("""
            apiVersion: gateway.policy/v1
            rules:
              - { id: allow, effect: allow, who: { allScopes: [chat] }, models: [m] }
              - { id: b, effect: deny, priority: 2, targets: { classes: [external] }, reason: { code: second } }
              - { id: a, effect: deny, priority: 2, targets: { classes: [external] }, reason: { code: first } }
              - { id: z, effect: deny, priority: 1, targets: { classes: [external] }, reason: { code: most_important } }
              - { id: need, effect: require, who: { anyScope: [export] }, targets: { classes: [internal] } }
            """);
        var question = Policies.Person().Asks("m");
        policy.Decide(question).Reasons.Select(r => r.Code).ShouldBe(["most_important", "first", "second"]);
        var both = question with { Targets = question.Targets.Add(new() { Id = "u", Provider = "onprem", Class = "internal" }) };
        policy.Decide(both).Describe().ShouldBe("Deny [] rules a,b,need,z because missing_scope(chat export),most_important(),first(),second()");
        policy.Decide(question with { Targets = [] }).Describe().ShouldBe("Deny [] rules  because no_target()");
    }

    private static ContentMetadata Parts(params string[] types) =>
        ContentMetadata.Clean with { Unscanned = [.. types.Select((t, i) => new UnscannedPart { Pointer = $"/messages/0/content/{i}", Type = t, Reason = "not_text" })] };
}
