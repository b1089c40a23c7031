using System.Text;
using GatewayStack.Contracts.Policy;
using GatewayStack.Documents;
using GatewayStack.Platform.Tests.Architecture;
using GatewayStack.Policy.Compilation;
using GatewayStack.Policy.Documents;
using GatewayStack.Policy.Evaluation;

namespace GatewayStack.Platform.Tests.Docs;

/// <summary>Every policy in <c>docs/policies.md</c> comes into force, and decides as the page says.</summary>
public class PoliciesPageTests
{
    private static DocPage Page { get; } = DocPage.Read("docs/policies.md");

    public static TheoryData<string> Policies => [.. Page.Blocks().Where(b => b.Language is "yaml" or "json").Select(b => b.Text)];

    public static TheoryData<string, string> Expectations
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var policy in Page.Blocks().Where(b => b.Language == "yaml").Select(b => b.Text))
            {
                foreach (var expectation in PolicyExpectation.In(policy))
                {
                    data.Add(expectation.Line, policy);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void A_policy_on_the_page_is_good(string policy) => Compile(policy).Errors.ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Expectations))]
    public void A_policy_on_the_page_decides_as_it_says(string expectation, string policy)
    {
        var expected = PolicyExpectation.In(policy).Single(e => e.Line == expectation);
        var compiled = Compile(policy);
        var decision = new PolicyEvaluator(compiled.Value!, compiled.Revision, expected.Question).Decide();
        decision.Effect.ShouldBe(expected.Effect);
        decision.Reasons.FirstOrDefault()?.Code.ShouldBe(expected.Reason);
        if (expected.Needs is { } needs)
        {
            decision.RequiredScopes.ShouldBe(needs);
        }

        if (expected.Permits is { } permits)
        {
            decision.Permitted.Select(p => p.TargetId).ShouldBe(permits);
        }
    }

    [Fact]
    public void There_are_examples_for_every_effect() =>
        Page.Blocks().SelectMany(b => PolicyExpectation.In(b.Text)).Select(e => e.Effect).Distinct().Order()
            .ShouldBe([PolicyEffect.Allow, PolicyEffect.Deny, PolicyEffect.Modify]);

    [Fact]
    public void Attributes_on_the_page_are_those_of_the_catalogue() =>
        Page.Rows(h => h == "Conditions").Select(r => r.Code(0)).Order(StringComparer.Ordinal).ShouldBe(AttributeCatalogue.Names);

    [Fact]
    public void Reasons_on_the_page_are_those_of_the_evaluation()
    {
        var source = File.ReadAllText(Repository.PathOf("services/GatewayStack.Policy/Evaluation/Refusals.cs"));
        Page.Rows(h => h == "What the caller is told").SelectMany(r => r.Codes(0))
            .Where(code => !source.Contains($"\"{code}\"", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void The_sample_is_good() =>
        DocumentLoader.Load(new PolicyFormat(), DocumentSource.From(Repository.PathOf("docs/samples/policy.yaml"), string.Empty)).Errors.ShouldBeEmpty();

    private static LoadedDocument<PolicySnapshot> Compile(string policy) => DocumentLoader.Compile(new PolicyFormat(), Encoding.UTF8.GetBytes(policy));
}
