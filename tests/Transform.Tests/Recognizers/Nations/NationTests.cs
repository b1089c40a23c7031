using GatewayStack.Transform.Recognizers.Nations;

namespace GatewayStack.Transform.Tests.Recognizers.Nations;

public sealed class NationTests
{
    [Theory]
    [InlineData("du är eritreansk medborgare, det behövs", "eritreansk")]
    [InlineData("a South African citizen, holder of", "South African")]
    [InlineData("22 people, one Ghanaian tenor who sang on the stairs", "Ghanaian")]
    [InlineData("The pilot is Swiss, 28, and holds A2", "Swiss")]
    [InlineData("He is Moldovan; the exchange takes eight weeks", "Moldovan")]
    [InlineData("bewoner Abdelkarim (66, Marokkaans, tolk)", "Marokkaans")]
    [InlineData("a: nationality?\nb: still Danish!", "Danish")]
    [InlineData("Accueil: nationalité fédérale\nJoueur: luxembourgeoise\n", "luxembourgeoise")]
    [InlineData("there is a Kenyan on deck", "Kenyan")]
    [InlineData("Staatsangehörigkeit: kenianisch\n", "kenianisch")]
    [InlineData("I am Nigerian by birth", "Nigerian")]
    [InlineData("the Somali girl came back", "Somali")]
    public void Somebodys(string text, string nationality) => Rows.Find(NationRows.All, text).ShouldBe([$"NATIONALITY={nationality}"]);

    [Fact]
    public void From_one_to_another() => Rows.Find(NationRows.All, "nationality changed from Syrian to German last May").ShouldBe(["NATIONALITY=Syrian", "NATIONALITY=German"]);

    [Fact]
    public void Old_and_new() =>
        Rows.Find(NationRows.All, "field=nationality old=\"Zimbabwean\" new=\"British\"").ShouldBe(["NATIONALITY=Zimbabwean", "NATIONALITY=British"]);

    [Theory]
    [InlineData("a: nationality?\nb: none\n")]
    [InlineData("a: nationality?\nb: why do you need to know that of everybody\n")]
    [InlineData("a Danish company who sells it, French customers who pay")]
    [InlineData("the Danish national team plays")]
    [InlineData("give it away for an Italian or a Spanish one")]
    [InlineData("the Danish user and the French customer")]
    [InlineData("nationality: required\n")]
    [InlineData("he is Danish-born and it is Swiss made")]
    [InlineData("the menu is Swiss, 28 euros")]
    [InlineData("\"nationality\": \"string\",\n\"city\": \"string\"")]
    public void Nobodys(string text) => Rows.Find(NationRows.All, text).ShouldBeEmpty();
}
