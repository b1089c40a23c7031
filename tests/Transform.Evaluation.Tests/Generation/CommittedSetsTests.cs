using GatewayStack.Transform.Evaluation.Gold;

namespace GatewayStack.Transform.Evaluation.Tests.Generation;

/// <summary>What is committed below <c>data/eval</c> is what the generator makes. <c>UPDATE_DEV_SETS=1</c> writes it anew.</summary>
public class CommittedSetsTests
{
    [Fact]
    public void The_dev_set_is_what_its_seed_gives() => Compare("eval/dev.jsonl", DevSet.Generate(DevSet.Seed));

    [Fact]
    public void The_set_written_by_hand_is_what_its_source_says() => Compare("eval/handwritten.jsonl", DevSet.Marked("handwritten.txt"));

    private static void Compare(string file, IEnumerable<GoldDocument> documents)
    {
        var path = DataFolder.PathOf(file);
        var lines = documents.Select(GoldWriter.Line).ToList();
        if (Environment.GetEnvironmentVariable("UPDATE_DEV_SETS") == "1")
        {
            File.WriteAllLines(path, lines);
        }

        lines.ShouldBe(File.ReadAllLines(path));
    }
}
