using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers;

namespace GatewayStack.Transform.Tests.Recognizers.Dates;

public sealed class AgeAnswerTests
{
    [Theory]
    [InlineData("Agent: And how old is the driver?\nCaller: Nineteen. Well.", "Nineteen")]
    [InlineData("- How old is Mum?\n- Eighty-three in May.", "Eighty-three")]
    [InlineData("Nadia: ile lat ma mała?\nGleb: dwa i pół\n", "dwa i pół")]
    [InlineData("Accueil : et l'âge, pour la catégorie\nJoueur : 15\n", "15")]
    [InlineData("bo: how old is he now\nann: he's 3. nearly", "3")]
    [InlineData("the boy says he's six and three quarters. So", "six and three quarters")]
    [InlineData("El interesado, Eleuterio Barrachina, de 71 años, alega", "71 años")]
    [InlineData("The pilot is Swiss, 28, and holds A2", "28")]
    [InlineData("Alfie is here; Zuzanna, 8, speaks mostly Slovak", "8")]
    [InlineData("bewoner Abdelkarim (66, Marokkaans, tolk)", "66")]
    [InlineData("The leader is 94!", "94")]
    [InlineData("children about ten, very good", "ten")]
    [InlineData("Patient 47/F with cough", "47")]
    [InlineData("Jonas (m, 34) came in", "34")]
    [InlineData("a girl of nine was lost", "nine")]
    [InlineData("at 83 she still swims", "83")]
    public void Somebodys(string text, string age) => Rows.Find(RecognizerTable.BuiltIn, text, EntityTypes.Age).ShouldBe([$"AGE={age}"]);

    [Theory]
    [InlineData("a: how old is the cache?\nb: no idea, 15 pages of it")]
    [InlineData("a: age of the build?\nb: 12:40 I think")]
    [InlineData("a: what page?\nb: 15\n")]
    [InlineData("lens f/22, 47/63 frames, 12/F")]
    [InlineData("step 8, speaks to the server; Figure, 12, shows")]
    [InlineData("moved to the 12-year-old runner in rack 4")]
    [InlineData("at 40 the pump stops")]
    [InlineData("servers about ten, very good")]
    public void Nobodys(string text) => Rows.Find(RecognizerTable.BuiltIn, text, EntityTypes.Age).ShouldBeEmpty();
}
