using GatewayStack.Transform.Names;
using GatewayStack.Transform.Names.Training;
using GatewayStack.Transform.Names.Verification;

namespace GatewayStack.Transform.Tests.Names.Verification;

public class NameVerifierTests
{
    private const string Letter = """
        Hi Maria,

        the parcel for Thomas Berger came back from Hamburg. Can you ask Olga whether Dr. Lindner has moved?
        Dijkstra is the name of the server, not a person. Call me: +49 40 5550147.

        Thanks,
        Peter
        """;

    [Theory]
    [InlineData("Shortest paths\n\nDijkstra's algorithm needs weights that are not negative; Bellman-Ford does not. With a Fibonacci heap it is faster, with A* often faster still.")]
    [InlineData("# Release 4.2\n\n- Jenkins jobs move to the new Agent\n- Kafka topics keep their Retention\n- Upgrade of the Julia kernel\n- Cassandra driver 3.1")]
    public void Things_that_are_called_after_people_are_no_people(string text) => Assert.Empty(NameTaggerTests.Read(text));

    [Fact]
    public void People_beside_them_are_found() =>
        Assert.Superset(new HashSet<string> { "Maria", "Thomas Berger", "Hamburg", "Lindner" }, NameTaggerTests.Read(Letter).Select(n => Letter[n.Start..n.End]).ToHashSet());

    [Fact]
    public void Names_of_things_are_known_and_their_small_words_are_no_candidates()
    {
        const string Unit = "two bowls of Waldorf salad by the Bunsen burner";
        var tokens = new NameTokens();
        Assert.True(tokens.Read(Unit, Things(("waldorf", "salad"), ("bunsen", "burner"))));
        string[] inThings = [.. Enumerable.Range(NameTokens.First, tokens.Last - NameTokens.First)
            .Where(i => (tokens.Phrase[i] & NameTokens.ThingPhrase) != 0).Select(i => Unit[tokens.Start[i]..tokens.End[i]])];
        Assert.Equal(["Waldorf", "salad", "Bunsen", "burner"], inThings);
        Assert.False(tokens.Candidate[NameTokens.First + 4]);
    }

    [Fact]
    public void However_a_text_is_cut_it_gives_the_same()
    {
        var random = new TrainingRandom(7);
        var expected = Stream(Letter, []);
        Assert.NotEmpty(expected);
        for (var round = 0; round < 100; round++)
        {
            var cuts = Enumerable.Range(0, random.Next(20)).Select(_ => random.Next(Letter.Length)).Order();
            Assert.Equal(expected, Stream(Letter, cuts));
        }
    }

    [Fact]
    public void What_waits_is_bounded_and_nothing_of_it_is_lost()
    {
        var text = string.Concat(Enumerable.Repeat("I met Thomas Berger and Olga Petrova in Hamburg.\n", NameScan.MostWaiting));
        var found = NameTaggerTests.Read(text);
        Assert.Equal(NameScan.MostWaiting, found.Count(name => text[name.Start..name.End] == "Thomas Berger"));
        Assert.Equal(found.OrderBy(name => name.Start), found);
    }

    [Fact]
    public void A_text_of_a_megabyte_of_different_words_is_borne()
    {
        var random = new TrainingRandom(1);
        var text = string.Create(1 << 20, random, (chars, from) =>
        {
            for (var i = 0; i < chars.Length; i++)
            {
                chars[i] = i % 9 == 0 ? ' ' : (char)((i % 9 == 1 ? 'A' : 'a') + from.Next(26));
            }
        });
        Assert.All(NameTaggerTests.Read(text), name => Assert.InRange(name.Score, 0.5, 1));
    }

    /// <summary>Lists with nothing but names of things of two words, the second a dish or the like.</summary>
    private static NameLexicon Things(params (string First, string Second)[] things)
    {
        var opens = things.Select(thing => NameHash.Word(thing.First)).ToHashSet();
        uint[] words = [.. opens.Concat(things.Select(thing => NameHash.Word(thing.Second))).Order()];
        uint[] phrases = [.. things.Select(thing => NameHash.Join(NameHash.Word(thing.First), NameHash.Word(thing.Second))).Order()];
        return new NameLexicon(
            words, [.. words.Select(word => (ushort)(opens.Contains(word) ? WordFlags.Opens : WordFlags.None))], [.. words.Select(_ => (byte)14)], phrases, [.. phrases.Select(_ => (byte)8)]);
    }

    private static List<NameSpan> Stream(string text, IEnumerable<int> cuts)
    {
        var found = new List<NameSpan>();
        var known = new TextKnowledge();
        var unit = 0;
        foreach (var cut in cuts)
        {
            NameTagger.BuiltIn.Advance(text.AsSpan(0, cut), final: false, known, ref unit, found, CancellationToken.None);
        }

        NameTagger.BuiltIn.Advance(text, final: true, known, ref unit, found, CancellationToken.None);
        return found;
    }
}
