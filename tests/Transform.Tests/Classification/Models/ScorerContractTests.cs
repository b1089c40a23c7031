using System.Security.Cryptography;
using GatewayStack.Transform.Classification.Models;
using Microsoft.ML;

namespace GatewayStack.Transform.Tests.Classification.Models;

/// <summary>The own scorer gives what ML.NET gives for the models of record.</summary>
public sealed class ScorerContractTests
{
    private const double Tolerance = 1e-4;

    /// <summary>500 texts every day; with GATEWAYSTACK_FULL_CONTRACT=1 all 10,000.</summary>
    private static readonly string[] Texts =
        [.. TestTexts.Random(Environment.GetEnvironmentVariable("GATEWAYSTACK_FULL_CONTRACT") == "1" ? 10_000 : 500, 20261126)];

    [Fact]
    public void Every_head_agrees_with_its_model_of_record()
    {
        var engines = Heads.All.Select(h => ModelZip.Read(ContentModels.ReadResource(h.File), h, h.File)).ToArray();
        Span<double> heads = stackalloc double[Heads.All.Length];
        Span<double> topics = stackalloc double[Heads.Topics.Length];
        foreach (var text in Texts)
        {
            if (ContentModels.BuiltIn.Probabilities(text, heads, topics) > 0)
            {
                for (var i = 0; i < engines.Length; i++)
                {
                    heads[i].ShouldBe(engines[i].Score(text, CancellationToken.None), Tolerance, Heads.All[i].Name);
                }
            }
        }
    }

    [Fact]
    public void The_topics_agree_with_their_model_of_record()
    {
        var context = new MLContext(seed: 1);
        var model = context.Model.Load(new MemoryStream(ContentModels.ReadResource(Heads.TopicsFile)), out _);
        using var engine = context.Model.CreatePredictionEngine<FeatureRow, TopicAnswer>(model);
        Span<double> heads = stackalloc double[Heads.All.Length];
        Span<double> topics = stackalloc double[Heads.Topics.Length];
        foreach (var text in Texts)
        {
            if (ContentModels.BuiltIn.Probabilities(text, heads, topics) > 0)
            {
                var row = new FeatureRow { Features = FeatureRow.Vector(text, TextWindows.Pieces(text).ToArray(), LinearHeads.MostTopicFeatures) };
                var answer = engine.Predict(row).Score;
                for (var i = 0; i < topics.Length; i++)
                {
                    topics[i].ShouldBe(answer[i], Tolerance, Heads.Topics[i]);
                }
            }
        }
    }

    [Fact]
    public void The_weights_were_taken_from_the_models_of_record() =>
        ContentModels.ReadEmbedded(ContentModels.WeightsResource).Origins.Select(Convert.ToHexStringLower).ShouldBe(
            Heads.All.Select(h => h.File).Append(Heads.TopicsFile).Select(f => Convert.ToHexStringLower(SHA256.HashData(ContentModels.ReadResource(f)))));

    private sealed class TopicAnswer
    {
        public float[] Score { get; set; } = [];
    }
}
