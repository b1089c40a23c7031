using System.Text.Json.Nodes;
using GatewayStack.Contracts.Policy;
using GatewayStack.Policy.Tests.Model;

namespace GatewayStack.Policy.Tests.Evaluation;

public sealed class DifferentialTests
{
    private const int QuestionsPerPolicy = 6;

    [Fact]
    public void The_evaluator_agrees_with_the_reference()
    {
        var effects = new int[4];
        Seeded.Check(PolicyGenerator.Cases, Seeded.Cases(20_000) / QuestionsPerPolicy, c =>
        {
            var policy = Policies.Good(c.Rules);
            foreach (var question in c.Questions)
            {
                var ours = policy.Decide(question);
                effects[(int)ours.Effect]++;
                var reference = ReferenceEvaluator.Decide(c.Rules, question);
                var expected = reference.Describe(reasons: false);
                if (ours.Describe(reasons: false) != expected || (ours.Permits && ours.Needs() != reference.Needs()))
                {
                    Assert.Fail($"ours {ours.Describe()}\nreference {expected} needs {reference.Needs()}\n{new JsonArray([.. c.Rules.Select(r => (JsonNode?)r.ToJson())])}\n{question}");
                }
            }
        });

        // A generator whose every case is refused would prove little.
        var total = effects.Sum();
        effects[(int)PolicyEffect.Allow].ShouldBeGreaterThan(total / 50);
        effects[(int)PolicyEffect.Modify].ShouldBeGreaterThan(total / 50);
        TestContext.Current.TestOutputHelper?.WriteLine($"allow {effects[1]}, deny {effects[2]}, modify {effects[3]}");
    }
}
