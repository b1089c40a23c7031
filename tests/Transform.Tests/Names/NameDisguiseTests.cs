using GatewayStack.Transform.Names.Training;

namespace GatewayStack.Transform.Tests.Names;

public sealed class NameDisguiseTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("disguise").FullName;

    [Fact]
    public void Words_of_the_lists_become_others_of_the_same_list_and_the_same_word_the_same() =>
        Assert.Equal("A Brandt lamp, two Brandt lamps, and marmalade of Ostham.", Make("A Quill lamp, two Quill lamps, and marmalade of Norbridge."));

    [Theory]
    [InlineData("The House rules: no Tess, QUILL or QuillClient, quill_id")]
    [InlineData("Marsh and House are common words too.")]
    [InlineData("")]
    public void What_is_on_no_list_or_a_common_word_or_code_stays(string text) => Assert.Null(Make(text));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string? Make(string text)
    {
        foreach (var (file, lines) in new[]
        {
            ("given.txt", "Marlo\nHouse"), ("surnames.txt", "Quill\nBrandt\nMarsh"), ("cities.txt", "Norbridge"), ("towns.txt", "Ostham"), ("common_names.txt", string.Empty),
            ("countries.txt", string.Empty), ("regions.txt", string.Empty), ("organizations.txt", string.Empty), ("companies.txt", string.Empty), ("wn_groups.txt", string.Empty),
            ("words.txt", "house G3\nmarsh G2\nlamp G2"), ("tech.txt", string.Empty), ("words_other.txt", string.Empty),
            ("org_patterns.txt", string.Empty), ("thing_patterns.txt", string.Empty),
            ("cues.txt", "role: a\norgword: a\nidword: a\ndeutsch: a\ndrug: a\nbrandware: a\npeople: a\ntech: a"),
        })
        {
            File.WriteAllText(Path.Combine(_folder, file), lines);
        }

        // Drawn again until every word has become another: a list of two has the word itself in it.
        var example = new NameExample(text, []);
        return Enumerable.Range(1, 50).Select(seed => new NameDisguise(new NamePools(_folder), new TrainingRandom(seed)).Make(example)?.Text)
            .FirstOrDefault(made => made is null || (!made.Contains("Quill", StringComparison.Ordinal) && !made.Contains("Marsh", StringComparison.Ordinal)
                && !made.Contains("Norbridge", StringComparison.Ordinal)));
    }
}
