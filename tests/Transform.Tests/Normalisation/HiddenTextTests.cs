using GatewayStack.Transform.Normalisation;

namespace GatewayStack.Transform.Tests.Normalisation;

public sealed class HiddenTextTests
{
    [Theory]
    [InlineData("pass\u200Bword", 4, 5, "ZeroWidth", 0.8)]
    [InlineData("a\u200B\u200C\u200D\u2060b", 1, 5, "ZeroWidth", 0.8)]
    [InlineData("in\u00ADvisible", 2, 3, "SoftHyphen", 0.3)]
    [InlineData("file\u202Etxt.exe", 4, 5, "Override", 0.9)]
    [InlineData("a \u2066b", 2, 3, "Direction", 0.4)]
    [InlineData("x\uDB40\uDC49\uDB40\uDC4Ey", 1, 5, "Tag", 1.0)]
    [InlineData("x\uFE00\uFE01\uFE02\uFE03y", 1, 5, "VariationRow", 0.95)]
    [InlineData("😀\uDB40\uDD00\uDB40\uDD01\uDB40\uDD02", 2, 8, "VariationRow", 0.95)]
    [InlineData("name\u3164", 4, 5, "Filler", 0.6)]
    public void Hidden_characters_are_found(string text, int start, int end, string kind, double confidence)
    {
        var run = HiddenText.Find(text, json: false).ShouldHaveSingleItem();
        (run.Start, run.End, run.Kind.ToString(), run.Confidence).ShouldBe((start, end, kind, confidence));
    }

    [Theory]
    [InlineData("plain ASCII, \"with\" signs")]
    [InlineData("Größe, naïve, 東京, Ελλάδα")]
    [InlineData("👨\u200D👩\u200D👧\u200D👦 and 👩🏽\u200D💻 and ❤\uFE0F\u200D🔥 and 1\uFE0F\u20E3")]
    [InlineData("🏴\U000E0067\U000E0062\U000E0073\U000E0063\U000E0074\U000E007F")]
    [InlineData("می\u200Cخواهم")]
    [InlineData("क्\u200Dष and ಕ್\u200Cಷ")]
    [InlineData("שלום \u2067(world)\u2069 \u200F!")]
    [InlineData("ภาษา\u200Bไทย")]
    [InlineData("葛\uDB40\uDD00城")]
    [InlineData("\uFEFFtext behind a mark")]
    public void What_scripts_and_emoji_need_is_not(string text) => HiddenText.Find(text, json: false).ShouldBeEmpty();

    [Theory]
    [InlineData("""{"a":"pass\u200bword"}""", 10, 16)]
    [InlineData("""{"a":"x\udb40\udc41y"}""", 7, 19)]
    [InlineData("{\"a\":\"x\u200By\"}", 7, 8)]
    public void Escapes_are_read_as_what_they_stand_for(string json, int start, int end)
    {
        var run = HiddenText.Find(json, json: true).ShouldHaveSingleItem();
        (run.Start, run.End).ShouldBe((start, end));
    }

    [Fact]
    public void An_escaped_backslash_begins_no_escape() => HiddenText.Find("""{"a":"\\u200b"}""", json: true).ShouldBeEmpty();

    [Fact]
    public void Lone_surrogates_and_cut_escapes_are_no_fault()
    {
        HiddenText.Find("\uDB40", json: false).ShouldBeEmpty();
        HiddenText.Find("\uDB40x\uDC00\u200B", json: false).Count.ShouldBe(1);
        HiddenText.Find("\\u20\\", json: true).ShouldBeEmpty();
        HiddenText.Find("\\", json: true).ShouldBeEmpty();
    }
}
