using GatewayStack.Transform.Names;

namespace GatewayStack.Transform.Tests.Names;

public sealed class NameTokensTests
{
    /// <summary>What organisations are called stands in small letters before their names in many languages, and belongs to them.</summary>
    [Theory]
    [InlineData("élève au lycée Anatole de Brisemont", "lycée")]
    [InlineData("radio à la clinique du Port", "clinique")]
    [InlineData("lavora alla farmacia Del Borgo", "farmacia")]
    [InlineData("lavora alla scuola della Rocca", "scuola")]
    [InlineData("Bezoek basisschool De Molen", "basisschool")]
    [InlineData("trabaja en la notaría de Ordesa", "notaría")]
    public void A_word_for_an_organisation_before_a_capital_may_be_part_of_its_name(string text, string word) =>
        Assert.Contains(word, Candidates(text));

    [Fact]
    public void Elsewhere_it_is_a_common_word() => Assert.DoesNotContain("lycée", Candidates("Le lycée organise une sortie avec Anatole"));

    [Fact]
    public void What_joins_two_names_may_have_five_letters_where_it_stands_inside_of_names() =>
        Assert.Equal(["Centro", "della", "Rocca"], Candidates("Centro della Rocca"));

    private static List<string> Candidates(string text)
    {
        var tokens = new NameTokens();
        using var stream = typeof(NameTagger).Assembly.GetManifestResourceStream("GatewayStack.Transform.Names.names.bin")!;
        tokens.Read(text, NameModelFile.Read(stream).Lexicon);
        return [.. Enumerable.Range(NameTokens.First, tokens.Last - NameTokens.First).Where(i => tokens.Candidate[i]).Select(i => text[tokens.Start[i]..tokens.End[i]])];
    }
}
