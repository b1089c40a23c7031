using GatewayStack.Transform.Names;

namespace GatewayStack.Transform.Tests.Names;

public class NameTaggerTests
{
    [Theory]
    [InlineData("Hi, this is Maria Hernandez from Deutsche Bank.", "PERSON:Maria Hernandez", "ORGANIZATION:Deutsche Bank")]
    [InlineData("Please book a flight from Vienna to Buenos Aires.", "LOCATION:Vienna", "LOCATION:Buenos Aires")]
    [InlineData("my name is peter collins and i live in dublin", "PERSON:peter collins", "LOCATION:dublin")]
    [InlineData("{\"customer_name\": \"Anna Kowalska\", \"city\": \"Krakow\"}", "PERSON:Anna Kowalska", "LOCATION:Krakow")]
    [InlineData("Sehr geehrter Herr Lindner,", "PERSON:Lindner")]
    [InlineData("Dr. Susan Miller's patients", "PERSON:Susan Miller")]
    [InlineData("NAME: JONATHAN PRICE", "PERSON:JONATHAN PRICE")]
    public void Names_are_found_without_titles_and_possessives(string text, params string[] expected) =>
        Assert.Equal(expected, Read(text).Select(name => $"{name.Type}:{text[name.Start..name.End]}"));

    [Theory]
    [InlineData("The meeting is on Monday, March 3 at 10:00.")]
    [InlineData("public sealed class RequestHandler : IRequestHandler")]
    [InlineData("2026-03-01 10:22:11 INFO  ConnectionPool - Connection opened in 12 ms")]
    [InlineData("Terms and Conditions")]
    [InlineData("{\"type\": \"string\", \"description\": \"The name of the file.\"}")]
    [InlineData("git commit -m \"Fix the build\" && git push")]
    [InlineData("Write to jane.doe@example.com or see https://example.com/Jane/Doe.")]
    [InlineData("ask @janedoe")]
    [InlineData("Dear [PERSON_1], [ORGANIZATION_2] in [LOCATION_3] has answered.")]
    [InlineData("PERSON_QMKXDWZTRPLB lives in LOCATION_BCDFGHJKLMNP.")]
    [InlineData("[PERSON#mvnbqpqklcrs] wrote to [ORGANIZATION#bcdfghjklmnp]")]
    [InlineData("Amoxicillin 500 mg and Paracetamol")]
    public void Texts_without_names_are_left_alone(string text) => Assert.Empty(Read(text));

    [Fact]
    public void A_score_is_at_least_the_threshold()
    {
        var found = Read("Olga Petrova met Thomas Berger of Volkswagen in Hamburg, Germany.");
        Assert.NotEmpty(found);
        Assert.All(found, name => Assert.InRange(name.Score, NameTagger.Threshold, 1));
    }

    [Fact]
    public void Positions_count_utf16_units_from_the_beginning_of_the_text()
    {
        const string Text = "😀😀 Hello.\nI met Thomas Berger today.";
        var name = Assert.Single(Read(Text));
        Assert.Equal("Thomas Berger", Text[name.Start..name.End]);
    }

    [Fact]
    public void Threads_share_a_tagger()
    {
        string[] texts = ["Thomas Berger lives in Hamburg.", "call sarah back", "{\"name\": \"Luis Ortega\"}", "nothing to see here"];
        var expected = texts.Select(Read).ToList();
        Parallel.For(0, 400, i => Assert.Equal(expected[i % texts.Length], Read(texts[i % texts.Length])));
    }

    [Theory]
    [InlineData(0xD800)]
    [InlineData(0xDC00)]
    [InlineData('A')]
    [InlineData('\0')]
    [InlineData('\u0301')]
    [InlineData('@')]
    [InlineData('.')]
    public void A_long_run_of_one_character_is_borne(int character) =>
        NameTagger.BuiltIn.Tag(new string((char)character, 100_000), [], CancellationToken.None);

    internal static List<NameSpan> Read(string text)
    {
        var found = new List<NameSpan>();
        NameTagger.BuiltIn.Tag(text, found, CancellationToken.None);
        return found;
    }
}
