using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Transform;
using GatewayStack.Policy.Compilation;
using GatewayStack.Policy.Evaluation;
using GatewayStack.Policy.Tests.Model;

namespace GatewayStack.Policy.Tests.Evaluation;

/// <summary>P1 to P12 of the semantics, each as a property of generated policies.</summary>
public sealed class SemanticsTests
{
    private const int Cases = 1_000;

    [Fact]
    public void P1_the_empty_policy_denies_everything() =>
        Seeded.Check(PolicyGenerator.Questions, Cases, q => Policies.Good("""{"apiVersion":"gateway.policy/v1","rules":[]}""").Decide(q).Effect.ShouldBe(PolicyEffect.Deny));

    [Fact]
    public void P2_a_deny_that_matches_or_errs_denies() => Each(
        (rules, q, before) =>
        {
            // "identity.attributes.none" is never there: the comparison errs.
            foreach (var when in new Condition[] { new Existence("identity.roles"), new Comparing("eq", "identity.attributes.none", true) })
            {
                Policies.Good(rules.Add(new RuleModel { Id = "deny", Effect = "deny", When = when })).Decide(q).Effect.ShouldBe(PolicyEffect.Deny);
            }
        });

    [Fact]
    public void P3_a_requirement_that_fails_or_errs_denies_and_one_that_holds_changes_nothing() => Each(
        (rules, q, before) =>
        {
            foreach (var when in new Condition[] { new Existence("identity.attributes.none"), new Comparing("eq", "identity.attributes.none", true) })
            {
                Policies.Good(rules.Add(new RuleModel { Id = "require", Effect = "require", When = when })).Decide(q).Effect.ShouldBe(PolicyEffect.Deny);
            }

            Policies.Good(rules.Add(new RuleModel { Id = "require", Effect = "require", When = new Existence("identity.roles") })).Decide(q).Describe().ShouldBe(before);
        });

    [Fact]
    public void P4_an_allow_that_errs_does_not_match() => Each(
        (rules, q, before) => Policies.Good(rules.Add(new RuleModel
        {
            Id = "allow",
            Effect = "allow",
            Models = ["*"],
            Backends = [],
            When = new Comparing("eq", "identity.attributes.none", true),
        })).Decide(q).Describe().ShouldBe(before));

    [Fact]
    public void P5_the_order_of_rules_changes_nothing() => Each(
        (rules, q, before) =>
        {
            Policies.Good(rules.Reverse()).Decide(q).Describe().ShouldBe(before);
            Policies.Good(rules.OrderBy(r => r.When?.ToString()?.Length ?? 0)).Decide(q).Describe().ShouldBe(before);
        });

    [Fact]
    public void P6_more_denies_or_requirements_and_fewer_allows_never_open_anything() =>
        Seeded.Check(
            from c in PolicyGenerator.Cases
            from extra in PolicyGenerator.Rules
            select (Case: c, Extra: extra with { Id = "extra" }),
            Cases / 5,
            p =>
            {
                foreach (var q in p.Case.Questions)
                {
                    var before = Permitted(p.Case.Rules, q);
                    if (p.Extra.Effect != "allow")
                    {
                        Permitted(p.Case.Rules.Add(p.Extra), q).Except(before).ShouldBeEmpty();
                    }

                    // A rule that asks for a redaction is a restriction too: without it, unscanned content may go.
                    foreach (var allow in p.Case.Rules.Where(r => r is { Effect: "allow", Redacts: false }))
                    {
                        Permitted(p.Case.Rules.Remove(allow), q).Except(before).ShouldBeEmpty();
                    }
                }
            });

    [Fact]
    public void P7_a_missing_attribute_errs_in_a_comparison_and_is_false_under_exists()
    {
        foreach (var name in AttributeCatalogue.Names.Append("identity.attributes.none"))
        {
            var attribute = AttributeCatalogue.Find(name)!;
            var question = Policies.Person().Asks("m") with { Model = null, Targets = [new PolicyTarget { Id = "t", Provider = "p" }] };
            var facts = new Facts(question, question.Targets[0], AllowUnscanned: false);
            if (attribute.Read(facts).State == AttributeState.Missing)
            {
                new Exists(attribute).Evaluate(facts).ShouldBe(Ternary.False, name);
                new Compare(attribute, Comparison.NotEqual, new Literal(AttributeType.Text, "x")).Evaluate(facts).ShouldBe(Ternary.Error, name);
                new IsIn(attribute, [new Literal(AttributeType.Text, "x")]).Evaluate(facts).ShouldBe(Ternary.Error, name);
                new Contains(attribute, "x").Evaluate(facts).ShouldBe(Ternary.Error, name);
            }
            else
            {
                new Exists(attribute).Evaluate(facts).ShouldBe(Ternary.True, name);
            }
        }
    }

    [Theory]
    [InlineData(ContentStatus.Unavailable)]
    [InlineData(ContentStatus.Off)]
    [InlineData(ContentStatus.Unspecified)]
    public void P7_content_that_was_not_inspected_errs_but_for_its_status(ContentStatus status)
    {
        var question = Policies.Person().Asks("m") with { Content = new ContentMetadata { Status = status } };
        foreach (var name in AttributeCatalogue.Names.Where(n => n.StartsWith("content.", StringComparison.Ordinal)))
        {
            var exists = new Exists(AttributeCatalogue.Find(name)!).Evaluate(new Facts(question, question.Targets[0], AllowUnscanned: true));
            exists.ShouldBe(name != "content.status" ? Ternary.Error : status == ContentStatus.Unspecified ? Ternary.False : Ternary.True, name);
        }
    }

    [Fact]
    public void P8_obligations_merge_commutatively_associatively_and_idempotently() =>
        Seeded.Check(
            from list in ObligationsOf.ListOf(3)
            select (A: list[0], B: list[1], C: list[2]),
            Cases,
            o =>
            {
                Text(o.A.With(o.B)).ShouldBe(Text(o.B.With(o.A)));
                Text(o.A.With(o.B).With(o.C)).ShouldBe(Text(o.A.With(o.B.With(o.C))));
                Text(o.A.With(o.A)).ShouldBe(Text(o.A));
                Text(o.A.With(Obligations.None)).ShouldBe(Text(o.A));
            });

    [Fact]
    public void P8_obligations_of_rules_that_do_not_match_never_appear() => Each(
        (rules, q, before) => Policies.Good(rules.Add(new RuleModel
        {
            Id = "allow",
            Effect = "allow",
            Models = ["*"],
            RedactAll = true,
            MaxTokens = 1,
            When = new Existence("identity.attributes.none"),
        })).Decide(q).Describe().ShouldBe(before));

    [Fact]
    public void P9_every_refusal_has_a_reason_that_names_no_rule_and_every_deny_that_fired_is_on_record() =>
        Seeded.Check(PolicyGenerator.Cases, Cases, c =>
        {
            foreach (var q in c.Questions)
            {
                var decision = Policies.Good(c.Rules).Decide(q);
                decision.Reasons.IsEmpty.ShouldBe(decision.Permits);
                decision.RuleIds.ShouldBe(decision.RuleIds.Order(StringComparer.Ordinal));
                foreach (var reason in decision.Reasons)
                {
                    c.Rules.Any(r => reason.Message!.Contains(r.Id, StringComparison.Ordinal)).ShouldBeFalse();
                    reason.MissingScopes.Intersect(q.Identity.Scopes).ShouldBeEmpty();
                    reason.MissingScopes.IsEmpty.ShouldBe(reason.Code != "missing_scope");
                }
            }
        });

    [Fact]
    public void P9_whoever_gets_the_missing_scopes_is_let_in_or_told_of_something_else() =>
        Seeded.Check(PolicyGenerator.Cases, Cases, c =>
        {
            var policy = Policies.Good(c.Rules);
            foreach (var q in c.Questions)
            {
                var decision = policy.Decide(q);
                if (decision.Reasons is [{ Code: "missing_scope" } first, ..])
                {
                    var again = policy.Decide(q with { Identity = q.Identity with { Scopes = [.. q.Identity.Scopes, .. first.MissingScopes] } });
                    again.Reasons.Any(r => r.Code == "missing_scope" && r.MissingScopes.SequenceEqual(first.MissingScopes)).ShouldBeFalse();
                }
            }
        });

    [Fact]
    public void P13_what_an_operation_needs_is_what_is_missing_and_what_is_held_and_is_enough() =>
        Seeded.Check(PolicyGenerator.Cases, Cases, c =>
        {
            var policy = Policies.Good(c.Rules);
            foreach (var q in c.Questions)
            {
                var decision = policy.Decide(q);
                decision.RequiredScopes.ShouldBe(decision.RequiredScopes.Distinct().Order(StringComparer.Ordinal));
                if (decision.Permits)
                {
                    // Whoever has just these is let in as before: what else they had opened nothing.
                    var least = policy.Decide(q with { Identity = q.Identity with { Scopes = decision.RequiredScopes } });
                    least.Permitted.Select(p => p.TargetId).ShouldBe(decision.Permitted.Select(p => p.TargetId));
                }
                else if (decision.Reasons is [{ Code: "missing_scope" } first, ..])
                {
                    decision.RequiredScopes.Except(q.Identity.Scopes).ShouldBe(first.MissingScopes);
                }
                else
                {
                    decision.RequiredScopes.ShouldBeEmpty();
                }
            }
        });

    [Fact]
    public void P14_what_is_said_of_a_tool_holds_for_whoever_calls_it() =>
        Seeded.Check(PolicyGenerator.Cases, Cases, c =>
        {
            var policy = Policies.Good(c.Rules);
            foreach (var q in c.Questions.Where(q => q.Action == GatewayActions.ToolCall && q.Targets.Length == 1))
            {
                var rule = new ToolDescriber(policy, q.Mcp!.Server).Describe(q.Mcp.Tool!);
                var decision = policy.Decide(q);
                if (!rule.Named)
                {
                    decision.Permits.ShouldBeFalse();
                }

                if (rule.OnlyScopes && !decision.Permits)
                {
                    // No role, tenant or client is in the way of anybody who has the scopes.
                    decision.Reasons[0].Code.ShouldNotBe("missing_role");
                }

                // Where no condition is asked, the scopes are enough.
                if (rule.OnlyScopes && c.Rules.All(r => r.When is null && !r.Redacts && r.Classes.IsEmpty && r.Regions.IsEmpty && r.Providers.IsEmpty))
                {
                    var person = q.Identity with { Kind = IdentityKind.Person, Scopes = rule.Scopes };
                    policy.Decide(q with { Identity = person }).Permits.ShouldBeTrue();
                }
            }
        });

    [Fact]
    public void P10_the_same_question_gets_the_same_answer() => Each((rules, q, before) => Policies.Good(rules).Decide(q).Describe().ShouldBe(before));

    [Fact]
    public void P11_a_decision_allocates_little_however_many_rules_there_are()
    {
        var policy = Policies.Good(Enumerable.Range(0, 1_000).Select(i => new RuleModel { Id = $"r{i}", Effect = "allow", Models = [i % 2 == 0 ? $"m{i}" : $"m{i}*x"] }));
        var question = Policies.Person().Asks("m500");
        policy.Decide(question).Effect.ShouldBe(PolicyEffect.Allow);
        var before = GC.GetAllocatedBytesForCurrentThread();
        policy.Decide(question);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(8_192);
    }

    private static Gen<Obligations> ObligationsOf =>
        from types in Gen.SubListOf(TypeAction.AnyType, "EMAIL", "PHONE", "IBAN")
        from actions in Gen.Elements(Enum.GetValues<ContentAction>()).ListOf(types.Count)
        from tokens in Gen.Elements<long?>(null, 1, 5, 9)
        select new Obligations(ContentActions.Of(types.Select((t, i) => new TypeAction { Type = t, Action = actions[i] })), tokens);

    private static string Text(Obligations o) =>
        $"{string.Join(' ', ((string[])["EMAIL", "PHONE", "IBAN", "OTHER"]).Select(t => o.Content.For(t)))} {o.Content.Rest} {o.MaxTokens}";

    private static string[] Permitted(ImmutableArray<RuleModel> rules, PolicyQuestion q) => [.. Policies.Good(rules).Decide(q).Permitted.Select(p => p.TargetId)];

    private static void Each(Action<ImmutableArray<RuleModel>, PolicyQuestion, string> property) =>
        Seeded.Check(PolicyGenerator.Cases, Cases, c =>
        {
            var policy = Policies.Good(c.Rules);
            foreach (var q in c.Questions.Take(2))
            {
                property(c.Rules, q, policy.Decide(q).Describe());
            }
        });
}
