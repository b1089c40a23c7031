using System.Text;
using GatewayStack.Transform.Evaluation.Gold;

namespace GatewayStack.Transform.Evaluation.Tests.Gold;

/// <summary>Labelled text is read, and what is wrong with it is said with the line.</summary>
public class GoldReaderTests
{
    [Fact]
    public void A_line_is_read()
    {
        var document = Parse("""{"id":7,"group":"mail","other":[{"x":1}],"text":"a😀bc","spans":[{"start":2,"end":4,"type":"PERSON","note":"x"}],"label":1}""");
        document.Id.ShouldBe("7");
        document.Group.ShouldBe("mail");
        document.Label.ShouldBe(1);
        document.Spans.ShouldBe([new Span(3, 5, "PERSON")]);
    }

    [Fact]
    public void What_a_line_does_not_say_has_a_default()
    {
        var document = Parse("""{"text":"x","source":"wild"}""");
        document.Id.ShouldBe("1");
        document.Group.ShouldBe("wild");
        document.Spans.ShouldBeEmpty();
    }

    [Fact]
    public void Lone_surrogates_of_other_languages_stay() =>
        Parse("""{"text":"a\ud83d \"q\" \u00e9\n","spans":[{"start":1,"end":2,"type":"X"}]}""").Text.ShouldBe("a\ud83d \"q\" é\n");

    [Theory]
    [InlineData("[]", "is not an object")]
    [InlineData("""{"id":"x"}""", "has no text")]
    [InlineData("""{"text":5}""", "has a text that is not a string")]
    [InlineData("""{"text":"x","spans":7}""", "has spans that are not a list")]
    [InlineData("""{"text":"x","spans":[{"start":0}]}""", "has a span without start, end or type")]
    [InlineData("""{"text":"x","spans":[{"start":0,"end":2,"type":"X"}]}""", "has a span 0 to 2 that is not in its text")]
    [InlineData("""{"text":"x","spans":[{"start":1,"end":1,"type":"X"}]}""", "has a span 1 to 1 that is not in its text")]
    [InlineData("""{"text":"x"} {}""", "is not JSON (at byte 13)")]
    [InlineData("""{"text":"x""", "is not JSON (at byte 10)")]
    public void A_bad_line_says_what_is_wrong(string line, string problem) =>
        Should.Throw<BadLineException>(() => GoldReader.Parse(Encoding.UTF8.GetBytes(line), 3, OffsetUnit.CodePoints)).Message.ShouldBe("line 3: " + problem);

    [Theory]
    [InlineData("\uFEFFa\nb\r\n\n  \nc", "1:a 2:b\r 5:c")]
    [InlineData("", "")]
    [InlineData("\n\n", "")]
    [InlineData("a\n", "1:a")]
    public async Task Lines_are_counted_with_the_blank_ones(string text, string expected)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var lines = new List<string>();
        await foreach (var (number, line) in JsonLines.ReadAsync(stream, TestContext.Current.CancellationToken))
        {
            lines.Add($"{number}:{Encoding.UTF8.GetString(line)}");
        }

        string.Join(' ', lines).ShouldBe(expected);
    }

    private static GoldDocument Parse(string line) => GoldReader.Parse(Encoding.UTF8.GetBytes(line), 1, OffsetUnit.CodePoints);
}
