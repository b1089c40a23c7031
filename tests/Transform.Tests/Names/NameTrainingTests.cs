using GatewayStack.Transform.Names;
using GatewayStack.Transform.Names.Training;
using GatewayStack.Transform.Tests.Classification.Models;

namespace GatewayStack.Transform.Tests.Names;

public sealed class NameTrainingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("names").FullName;

    [Fact]
    public void The_same_data_and_seed_give_the_same_bytes_and_another_seed_others()
    {
        WriteData();
        var first = Train(1);
        Assert.Equal(first, Train(1));
        Assert.NotEqual(first, Train(2));
    }

    /// <summary>
    /// The weights that ship are those that the documented command makes of the data and the code as they are: nothing it learns from, and no way to compute what it
    /// learns from, was changed since. Where this fails, train again: docs/models/names.md.
    /// </summary>
    [Fact]
    public void The_shipped_weights_were_learned_from_this_data_with_these_features()
    {
        using var stream = typeof(NameTagger).Assembly.GetManifestResourceStream("GatewayStack.Transform.Names.names.bin")!;
        var shipped = NameModelFile.Read(stream);
        var today = NameOrigins.Of(shipped, TestTexts.DataFolder(), seed: 1);
        Assert.Equal(1, shipped.Origin.Seed);
        Assert.Equal(Convert.ToHexString(today.Data.AsSpan()), Convert.ToHexString(shipped.Origin.Data.AsSpan()));
        Assert.Equal(Convert.ToHexString(today.Numbers.AsSpan()), Convert.ToHexString(shipped.Origin.Numbers.AsSpan()));
    }

    [Fact]
    public void What_is_trained_finds_what_it_was_shown()
    {
        WriteData();
        var found = new List<NameSpan>();
        NameTagger.Load(new MemoryStream(Train(1))).Tag("My name is Tessa Quill and I live in Norbridge.", found, CancellationToken.None);
        Assert.Contains(found, name => name is { Type: "PERSON", Start: 11, End: 22 });
    }

    [Fact]
    public void Positions_of_the_data_count_code_points_and_titles_are_left_out()
    {
        var path = Path.Combine(_folder, "some.jsonl");
        File.WriteAllText(path, """{"text": "😀 Dr. Tessa Quill ' s house .", "spans": [{"start": 2, "end": 17, "type": "PERSON"}]}""" + "\n");
        var example = Assert.Single(NameCorpus.Read(path));
        Assert.Equal("😀 Dr. Tessa Quill's house.", example.Text);
        var mark = Assert.Single(example.Marks);
        Assert.Equal("Tessa Quill", example.Text[mark.Start..mark.End]);
    }

    [Fact]
    public void A_template_with_an_unknown_slot_is_refused()
    {
        WriteData();
        var generator = new NameGenerator(new NamePools(Path.Combine(_folder, "names")), new TrainingRandom(1));
        Assert.Contains("{wrong}", Assert.Throws<InvalidDataException>(() => generator.Fill("a {wrong} slot")).Message, StringComparison.Ordinal);
        Assert.NotEmpty(generator.Fill("My name is {per}.").Marks);
    }

    [Fact]
    public void Organisations_come_from_patterns_too_and_things_are_no_names()
    {
        WriteData();
        var generator = new NameGenerator(new NamePools(Path.Combine(_folder, "names")), new TrainingRandom(1));
        var made = Enumerable.Range(0, 200).Select(_ => generator.Fill("{org}").Text).ToList();
        Assert.Contains(made, name => name.StartsWith("lycée ", StringComparison.Ordinal));
        Assert.DoesNotContain(made, name => name.AsSpan().ContainsAny("[]{}|"));
        Assert.All(Enumerable.Range(0, 20).Select(_ => generator.Fill("It won the {Award}.")), text => Assert.Empty(text.Marks));
    }

    [Fact]
    public void Works_and_peoples_of_an_encyclopaedia_are_none()
    {
        var path = Path.Combine(_folder, "some.jsonl");
        File.WriteAllText(path, """{"text": "The Wren is a Ruritanian song.", "spans": [{"start": 4, "end": 8, "type": "_IGNORE"}]}""" + "\n");
        Assert.Single(Assert.Single(NameCorpus.Read(path)).Marks);
        Assert.Empty(Assert.Single(NameCorpus.Read(path, othersAreNone: true)).Marks);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private byte[] Train(int seed)
    {
        using var stream = new MemoryStream();
        var human = NameCorpus.Read(Path.Combine(_folder, "pii", "wikigold.jsonl"));
        NameModelFile.Write(NameTraining.Train(_folder, human, new PerceptronOptions(Bits: 12), TextWriter.Null, seed), stream);
        return stream.ToArray();
    }

    /// <summary>A folder like data, with a handful of lines in each file.</summary>
    private void WriteData()
    {
        var names = Directory.CreateDirectory(Path.Combine(_folder, "names")).FullName;
        Directory.CreateDirectory(Path.Combine(names, "harmless"));
        var pii = Directory.CreateDirectory(Path.Combine(_folder, "pii")).FullName;
        foreach (var (file, lines) in new[]
        {
            ("given.txt", "Tessa\nMarlo\nZoë\nВера\n美"),
            ("surnames.txt", "Quill\nBrandt\nMüller\nИванова\n田"),
            ("common_names.txt", "Tessa\nQuill"),
            ("cities.txt", "Norbridge\nSan Pell"),
            ("towns.txt", "Ostham\nBrellow"),
            ("countries.txt", "Ruritania"),
            ("regions.txt", "Midmark"),
            ("organizations.txt", "Vantor"),
            ("companies.txt", "Ordelia"),
            ("artists.txt", "Wrenfall"),
            ("wn_persons.txt", "Ada Brandt"),
            ("wn_places.txt", "Lake Pell"),
            ("wn_groups.txt", "Order of Pell"),
            ("words.txt", "house G3\nlive d3\nmachine G2\ngreen A2\nquickly C2\nand t3"),
            ("words_other.txt", "maison\nkamer"),
            ("harmless/train.jsonl", """{"text": "Release Notes: Split View for Timelines", "spans": []}"""),
            ("tech.txt", "elif\njson"),
            ("context.txt", "determiner: the a\npreposition: of\nplace: in\nsaid: said"),
            ("templates.txt", "My name is {per} and I live in {city}.\n{given} works for {org}.\nDear {given},"),
            ("plain.txt", "The {noun} is {adj}.\npublic class {Pascal}\n{Verb} the {noun}"),
            ("org_patterns.txt", "[Klinik|lycée] {sur}\n{Own} [Heating|& {sur}]"),
            ("thing_patterns.txt", "Work: The {Noun}\nAward: {sur} [Prize|Medal]"),
            ("quiet.txt", "var x = new List<int>();"),
            ("cues.txt", "honorific: dr mr\nrole: manager\norgword: bank\npeople: dutch\ntech: git\nidword: vin\ndeutsch: haus\ndrug: aspirin\nbrandware: ipad"),
            ("glosses.jsonl", """{"text": "Ada Brandt was a painter.", "spans": [{"start": 0, "end": 10, "type": "PERSON"}]}"""),
        })
        {
            File.WriteAllText(Path.Combine(names, file), lines + "\n");
        }

        // Often enough that the trees have something to split.
        File.WriteAllText(Path.Combine(pii, "wikigold.jsonl"), string.Concat(Enumerable.Repeat(
            """
            {"text": "I met Tessa Quill in Norbridge.", "spans": [{"start": 6, "end": 17, "type": "PERSON"}, {"start": 21, "end": 30, "type": "LOCATION"}]}
            {"text": "The house is green.", "spans": []}

            """, 100)));
    }
}
