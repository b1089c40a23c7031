using GatewayStack.Transform.Names;

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
        Assert.Equal(model.Scores, read.Scores);
        Assert.Equal(model.Lexicon.WordKeys.ToArray(), read.Lexicon.WordKeys.ToArray());
        Assert.Equal(WordFlags.Given | WordFlags.Common, read.Lexicon.Find(12, out var wordClass));
        Assert.Equal(7, wordClass);
        Assert.Equal(2, read.Lexicon.FindPhrase(99));
        Assert.Equal(Bytes(model), Bytes(read));
    }

    [Fact]
    public void A_file_that_is_none_is_refused() => Refused("not a model, but long enough to hold a header and some more than that"u8.ToArray(), "no file of weights");

    [Fact]
    public void Another_version_is_refused_and_named()
    {
        var bytes = Bytes(Small());
        bytes[8]++;
        Refused(bytes, "version 2");
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
        var scores = new ushort[NameModel.ScoreCount];
        scores[4] = 512;
        var lexicon = new NameLexicon([12, 4_000_000_000], [(ushort)(WordFlags.Given | WordFlags.Common), 0], [7, 1], [99], [2]);
        return new NameModel(lexicon, 6, weights, transitions, 16, scores);
    }
}
