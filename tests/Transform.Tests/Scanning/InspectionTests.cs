using GatewayStack.Contracts.Transform;

namespace GatewayStack.Transform.Tests.Scanning;

public sealed class InspectionTests
{
    private const string CleanBody = "Please summarise the meeting of 2024 in three points: what was decided, who does what, and by when. Thank you; it is the 2nd time. ";

    [Theory]
    [InlineData("[AKIA" + "Q3EGV5TZ7HXMPLK2]", true)]
    [InlineData("[DE89370400440532013000]", true)]
    [InlineData("[EMAIL_1] [CREDIT_CARD_12] [IBAN#qmkxdwztrplb] MEDICAL_RECORD_QMKXDWZTRPLB", false)]
    public void Brackets_hide_nothing_but_our_own_placeholders(string text, bool found) => Modules.Shipped.Inspect(text).Findings.IsEmpty.ShouldBe(!found);

    [Fact]
    public async Task A_clean_text_costs_no_memory()
    {
        var request = new InspectionRequest { RequestId = "r", Tenant = "t", Segments = [Modules.Segment(string.Concat(Enumerable.Repeat(CleanBody, 9)))] };
        (await Modules.Default.InspectAsync(request, CancellationToken.None)).Metadata.ShouldBeSameAs(ContentMetadata.Clean);
        Allocations.LeastOf(() => _ = Modules.Default.InspectAsync(request, CancellationToken.None)).ShouldBe(0);
    }

    [Fact]
    public async Task Unscanned_parts_come_back()
    {
        var part = new UnscannedPart { Pointer = "/messages/0/content/1", Type = "image_url", Reason = "not_text" };
        var request = new InspectionRequest { RequestId = "r", Tenant = "t", Segments = [Modules.Segment("hello")], Unscanned = [part] };
        var clean = await Modules.Default.InspectAsync(request, CancellationToken.None);
        clean.Metadata.Unscanned.ShouldBe([part]);
        var found = await Modules.Default.InspectAsync(request with { Segments = [Modules.Segment("a@b.com")] }, CancellationToken.None);
        found.Metadata.Unscanned.ShouldBe([part]);
    }

    [Fact]
    public void Findings_are_ordered_by_segment()
    {
        var result = Modules.Default.Inspect(Modules.Segment("b 536-90-4399, a@b.com"), Modules.Segment("nothing", 1), Modules.Segment("81.2.69.160", 2));
        result.Findings.Select(f => (f.SegmentId, f.Type)).ShouldBe([(0, "US_SSN"), (0, "EMAIL"), (2, "IP")]);
        result.Metadata.Types.ShouldBe(["EMAIL", "IP", "US_SSN"]);
    }

    [Theory]
    [InlineData("""{"to":"bob\u0040example.com"}""", "EMAIL", """bob\u0040example.com""")]
    [InlineData("""{"text":"call\n+14155552671"}""", "PHONE", "+14155552671")]
    [InlineData("""{"pan":"\u0034111111111111111"}""", "CREDIT_CARD", """\u0034111111111111111""")]
    public void Json_escapes_hide_nothing(string json, string type, string value)
    {
        var finding = Modules.Default.Inspect(Modules.Segment(json, mediaType: "application/json")).Findings.ShouldHaveSingleItem();
        finding.Type.ShouldBe(type);
        json[finding.Start..finding.End].ShouldBe(value);
    }

    [Fact]
    public void Numbers_that_are_no_persons_are_left_alone() =>
        Modules.Default.Inspect("""{"amount":250,"quantity":12,"sku":"A-100045","total":3000.50,"icd":"250","date":"1990-01-01","ref":"00012345678"}""").Findings.ShouldBeEmpty();

    [Fact]
    public void Overlapping_findings_are_one_that_covers_all()
    {
        const string Text = "see 4111111111111111@example.com";
        var finding = Modules.Default.Inspect(Text).Findings.ShouldHaveSingleItem();
        finding.Type.ShouldBe("CREDIT_CARD");
        Text[finding.Start..finding.End].ShouldBe("4111111111111111@example.com");
    }

    // What was put in the place of values comes back with a conversation; the same form with a value in it does not hide that.
    [Theory]
    [InlineData("[CREDIT_CARD_4111111111111111]", "CREDIT_CARD=4111111111111111")]
    [InlineData("[CREDIT_CARD_04111111111111111]", null)]
    [InlineData("[PHONE_4917012345678]", null)]
    [InlineData("[IBAN_1], [IBAN_20] and [EMAIL_99999] (DE89370400440532013000)", "IBAN=DE89370400440532013000")]
    [InlineData("[EMAIL_1] a@b.org [EMAIL_2]", "EMAIL=a@b.org")]
    public void A_value_is_not_hidden_by_a_placeholder(string text, string? found) =>
        Modules.Default.Find(text).ShouldBe(found is null ? Modules.Default.Find(text.Trim('[', ']')) : [found]);

    [Theory]
    [InlineData("My card is {0}, thanks", "4539.1488.0343.6467")]
    [InlineData("My card is {0}, thanks", "4539_1488_0343_6467")]
    [InlineData("My card is {0}, thanks", "4539/1488/0343/6467")]
    [InlineData("card number:\n{0}\nthanks", "4539\n1488\n0343\n6467")]
    public void A_card_is_found_however_its_groups_are_parted(string text, string card) =>
        Modules.Default.Find(string.Format(System.Globalization.CultureInfo.InvariantCulture, text, card)).ShouldBe([$"CREDIT_CARD={card}"]);

    [Theory]
    [InlineData("Version 4539.1488.0343.6468")]
    [InlineData("4539\n1488\n0343\n6467")]
    [InlineData("build 10.4539.1488.0343.6467.2")]
    public void Other_groups_of_four_digits_are_no_card(string text) => Modules.Default.Find(text).ShouldBeEmpty();
}
