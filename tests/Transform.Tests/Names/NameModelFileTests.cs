using GatewayStack.Transform.Names;
using GatewayStack.Transform.Names.Verification;

namespace GatewayStack.Transform.Tests.Names;

public class NameModelFileTests
{
    [Fact]
    public void A_model_that_is_written_reads_the_same()
    {
        var model = Small();
        var read = NameModelFile.Read(new MemoryStream(Bytes(model)));
        Assert.Equal(model.Weights, read.Weights);
        Assert.Equal(model.Transitions, read.Transitions);
        Assert.Equal(ContextFlags.Said | ContextFlags.Title, read.Context.Find(44));
        Assert.Equal(model.Forms.Weights.ToArray(), read.Forms.Weights.ToArray());
        Assert.Equal(model.SecondRound.Nodes.ToArray(), read.SecondRound.Nodes.ToArray());
        Assert.Equal(model.SecondRound.Leaves.ToArray(), read.SecondRound.Leaves.ToArray());
        Assert.Equal(model.SecondRound.Roots.ToArray(), read.SecondRound.Roots.ToArray());
        Assert.Equal(model.SecondRound.Start, read.SecondRound.Start);
        Assert.Equal(model.Lexicon.WordKeys.ToArray(), read.Lexicon.WordKeys.ToArray());
        Assert.Equal(WordFlags.Given | WordFlags.Common, read.Lexicon.Find(12, out var wordClass));
        Assert.Equal(7, wordClass);
        Assert.Equal(2, read.Lexicon.FindPhrase(99));
        Assert.Equal(7, read.Origin.Seed);
        Assert.Equal(model.Origin.Data, read.Origin.Data);
        Assert.Equal(model.Origin.Numbers, read.Origin.Numbers);
        Assert.Equal(Bytes(model), Bytes(read));
    }

    [Fact]
    public void A_file_that_is_none_is_refused() => Refused("not a model, but long enough to hold a header and some more than that"u8.ToArray(), "no file of weights");

    [Fact]
    public void Another_version_is_refused_and_named()
    {
        var bytes = Bytes(Small());
        bytes[8]++;
        Refused(bytes, "version 5");
    }

    [Fact]
    public void A_changed_byte_is_refused()
    {
        var bytes = Bytes(Small());
        bytes[^3] ^= 1;
        Refused(bytes, "digest");
    }

    [Fact]
    public void A_file_that_is_cut_off_or_goes_on_is_refused()
    {
        var bytes = Bytes(Small());
        Refused(bytes[..20], "no file of weights");
        Refused(bytes[..^5], "cut off");
        Refused([.. bytes, 0], "follows");
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 1)]
    [InlineData(0, -9)]
    public void A_tree_that_leads_nowhere_or_in_a_circle_is_refused(int left, int right)
    {
        var model = Small();
        Refused(Bytes(model with { FirstRound = new TreeEnsemble([new TreeNode(0, 0, (short)left, (short)right)], [1, 2], [0], 0) }), "leads nowhere");
    }

    private static void Refused(byte[] bytes, string why) =>
        Assert.Contains(why, Assert.Throws<InvalidDataException>(() => NameTagger.Load(new MemoryStream(bytes))).Message, StringComparison.Ordinal);

    private static byte[] Bytes(NameModel model)
    {
        using var stream = new MemoryStream();
        NameModelFile.Write(model, stream);
        return stream.ToArray();
    }

    private static NameModel Small()
    {
        var weights = new sbyte[(1 << 6) * NameLabels.Stride];
        weights[5] = 3;
        weights[(17 * NameLabels.Stride) + 12] = -127;
        var transitions = new short[NameLabels.Stride * NameLabels.Stride];
        transitions[3] = -9;
        var forms = new sbyte[1 << WordForms.Bits];
        forms[9] = -7;
        var lexicon = new NameLexicon([12, 4_000_000_000], [(ushort)(WordFlags.Given | WordFlags.Common), 0], [7, 1], [99], [2]);
        var trees = new TreeEnsemble([new TreeNode((short)Evidence.Margin, -3, ~0, ~1)], [-70_000, 90_000], [0], 17);
        return new NameModel(lexicon, 6, weights, transitions, new ContextLexicon([44], [(uint)(ContextFlags.Said | ContextFlags.Title)]), new WordForms(forms), trees, trees)
        {
            Origin = new NameOrigin(7, [.. Enumerable.Range(0, 32).Select(i => (byte)i)], [.. Enumerable.Range(50, 32).Select(i => (byte)i)]),
        };
    }
}
