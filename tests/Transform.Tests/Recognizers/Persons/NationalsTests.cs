using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers;

namespace GatewayStack.Transform.Tests.Recognizers.Persons;

public sealed class NationalsTests
{
    [Theory]
    [InlineData("he is British and travels on Monday", "British")]
    [InlineData("The drummer, Ola, is Norwegian and needs a letter", "Norwegian")]
    [InlineData("She grew up in Ostrava, works at a mill and is Czech, whatever they say", "Czech")]
    [InlineData("il est roumain, ailier", "roumain")]
    [InlineData("Der Lotse kommt morgen, er ist Däne und spricht gut Deutsch", "Däne")]
    [InlineData("schipper met stuurman Marek Wrona, een Pool.", "Pool")]
    [InlineData("the exchange student is Mateus Carvalho, 16, Brazilian, arriving Sunday", "Brazilian")]
    [InlineData("Zimmer 302 Mirela Stanković (Serbin, Pass folgt)", "Serbin")]
    [InlineData("citoyenne suisse depuis 2019", "suisse")]
    [InlineData("oraz pani Aldona, obywatelka litewska, reprezentująca firmę", "litewska")]
    [InlineData("Contratamos a una ingeniera chilena con residencia", "chilena")]
    [InlineData("a Lithuanian named Rimas", "Lithuanian")]
    [InlineData("the Claimant, a Uruguayan national who lives here", "Uruguayan")]
    [InlineData("The pilot is Swiss, 28, and holds A2", "Swiss")]
    [InlineData("client is Eritrean, statement done by phone", "Eritrean")]
    public void Somebodys(string text, string nationality) => Rows.Find(RecognizerTable.BuiltIn, text, EntityTypes.Nationality).ShouldBe([$"NATIONALITY={nationality}"]);

    [Theory]
    [InlineData("the watch is Swiss, 28 pieces are left")]
    [InlineData("it is Swiss made, and the menu is French")]
    [InlineData("the Danish harbour and a Polish firm")]
    [InlineData("please polish the floor, the pole is Pole 4")]
    [InlineData("la empresa chilena y el queso suizo")]
    [InlineData("Das Dressing ist Französisch, der Wein ist Italienisch")]
    [InlineData("languages: German, French, Danish (fluent)")]
    [InlineData("der Pole des Magneten, ein Pole und ein Leiter")]
    [InlineData("Turkish delight and Norwegian salmon are on offer")]
    public void Nobodys(string text) => Rows.Find(RecognizerTable.BuiltIn, text, EntityTypes.Nationality).ShouldBeEmpty();
}
