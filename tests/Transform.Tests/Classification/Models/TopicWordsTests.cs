using System.Security.Cryptography;
using GatewayStack.Transform.Classification.Models;

namespace GatewayStack.Transform.Tests.Classification.Models;

public sealed class TopicWordsTests
{
    private static readonly string[] Lines = Encoding().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The weights were trained with these words: whoever changes one raises <see cref="Featurizer.Version"/> and trains anew.</summary>
    [Fact]
    public void The_words_are_those_of_the_version()
    {
        Featurizer.Version.ShouldBe(2);
        Convert.ToHexStringLower(SHA256.HashData(ContentModels.ReadResource("TopicWords.txt")))[..16].ShouldBe("e1874bef8fa59646");
    }

    [Fact]
    public void Every_line_is_a_family_of_small_words()
    {
        foreach (var line in Lines.Where(l => l[0] != '#'))
        {
            TopicWords.Families.ShouldContain(line[..line.IndexOf(':', StringComparison.Ordinal)]);
            var words = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            words.ShouldAllBe(w => w.TrimEnd('*').Length >= 2 && w.TrimEnd('*').All(char.IsLetterOrDigit) && !w.Any(char.IsUpper));
        }
    }

    [Theory]
    [InlineData("diagnosis", "illness")]
    [InlineData("rückenschmerzen", "illness")]
    [InlineData("tabletten", "treatment")]
    [InlineData("pielęgniarka", "clinic")]
    [InlineData("gerichtsvollzieher", "court")]
    [InlineData("indemnify", "clause")]
    [InlineData("arbeitszeugnisse", "staff")]
    [InlineData("sollicitatie", "hiring")]
    [InlineData("kleuters", "child")]
    [InlineData("przelewu", "payment")]
    [InlineData("jahresabschluss", "finance")]
    public void A_word_has_its_family(string word, string family) => Of(word).ShouldBe([family]);

    /// <summary>A word that is listed whole begins no other, and most words tell nothing.</summary>
    [Theory]
    [InlineData("dorm")]
    [InlineData("kind")]
    [InlineData("river")]
    [InlineData("wards0")]
    public void Other_words_have_none(string word) => Of(word).ShouldBeEmpty();

    private static string[] Of(string word)
    {
        var families = 0;
        for (var i = 1; i <= word.Length; i++)
        {
            families |= TopicWords.Find(Featurizer.HashOf(word.AsSpan(0, i)), whole: i == word.Length);
        }

        return [.. TopicWords.Families.Where((_, i) => (families >> i & 1) != 0)];
    }

    private static string Encoding() => System.Text.Encoding.UTF8.GetString(ContentModels.ReadResource("TopicWords.txt"));
}
