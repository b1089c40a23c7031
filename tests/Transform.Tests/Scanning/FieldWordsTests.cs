using GatewayStack.Transform.Scanning;

namespace GatewayStack.Transform.Tests.Scanning;

public sealed class FieldWordsTests
{
    [Theory]
    [InlineData("Lähettäjä: Tuomo Kinnarinen", "Lähettäjä")]
    [InlineData("a\nAihe: Vesivahinko", "Aihe")]
    [InlineData("Hei,\n\nalakerran naapuri", "Hei")]
    [InlineData("kód je nový.\n\nDíky\nVaňousová", "Díky")]
    public void The_name_of_a_field_and_a_greeting_are_nobodys(string text, string word) =>
        FieldWords.Are(text, text.IndexOf(word, StringComparison.Ordinal), text.IndexOf(word, StringComparison.Ordinal) + word.Length).ShouldBeTrue();

    [Theory]
    [InlineData("Tuomo: huomenna", "Tuomo")]
    [InlineData("Ann,\nplease call", "Ann")]
    [InlineData("for Hei, the cat", "Hei")]
    public void A_name_stays_one(string text, string word) =>
        FieldWords.Are(text, text.IndexOf(word, StringComparison.Ordinal), text.IndexOf(word, StringComparison.Ordinal) + word.Length).ShouldBeFalse();
}
