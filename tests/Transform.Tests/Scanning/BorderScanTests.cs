using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers;
using GatewayStack.Transform.Scanning;

namespace GatewayStack.Transform.Tests.Scanning;

public sealed class BorderScanTests
{
    [Theory]
    [InlineData("pay with 4111 1111", "1111 1111 today", "CREDIT_CARD")]
    [InlineData("pay with 4111 1111 ", "1111 1111 today", "CREDIT_CARD")]
    [InlineData("pay with 41", "11111111111111 today", "CREDIT_CARD")]
    [InlineData("write to alice@exam", "ple.com, please", "EMAIL")]
    [InlineData("write to alice", "@example.com, please", "EMAIL")]
    [InlineData("pay with ４１１１ 1111", "1111 1111 today", "CREDIT_CARD")]
    public void A_value_that_goes_over_is_taken_out_of_both(string one, string other, string type)
    {
        foreach (var filling in new[] { string.Empty, string.Concat(Enumerable.Repeat("nothing of interest here. ", 40)) })
        {
            var segments = Linked(filling + one, other + filling);
            var result = Modules.Default.Inspect(segments);
            result.Findings.Select(f => (f.SegmentId, f.Type)).ShouldBe([(0, type), (1, type)]);
            result.Findings[0].End.ShouldBe(segments[0].Text.Length);
            result.Findings[1].Start.ShouldBe(0);
            var edits = Modules.Default.Apply(segments).Edits;
            edits.Length.ShouldBe(2);

            // The same texts apart have nothing.
            Modules.Default.Inspect(Modules.Segment(filling + one), Modules.Segment(other + filling, id: 1)).Findings.ShouldBeEmpty();
        }
    }

    /// <summary>A piece of a secret may be one by itself: it is whole only where what both texts make of it is no surer.</summary>
    [Theory]
    [InlineData("password: hun", "ter2Xq!zz", "hun", "ter2Xq!zz")]
    [InlineData("password: hunter2", "Xq!zz77, ok", "hunter2", "Xq!zz77")]
    [InlineData("API_KEY=a8a0de5c607b22ba", "1280bdc3fe1e599b", "a8a0de5c607b22ba", "1280bdc3fe1e599b")]
    [InlineData("the pin is 47", "11", "47", "11")]
    [InlineData("postgres://app:s3cret", "Pw9@db.internal:5432/shop", "postgres://app:s3cret", "Pw9@db.internal:5432/shop")]
    public void A_secret_that_goes_over_is_taken_out_of_both(string one, string other, string first, string second)
    {
        var segments = Linked(one, other);
        Modules.Default.Inspect(segments).Findings.Select(f => segments[f.SegmentId].Text[f.Start..f.End]).ShouldBe([first, second]);
    }

    [Theory]
    [InlineData("password: hunter2Xq!zz", "and then log in")]
    [InlineData("API_KEY=a8a0de5c607b22ba", "Please keep it")]
    [InlineData("API_KEY=a8a0de5c607b22ba", ", keep it")]
    [InlineData("password: hunter2Xq!zz", "\nand then log in")]
    public void A_secret_ends_before_the_words_of_the_next_text(string one, string other) =>
        Modules.Default.Inspect(Linked(one, other)).Findings.ShouldHaveSingleItem().SegmentId.ShouldBe(0);

    [Fact]
    public void It_may_go_over_several()
    {
        var found = Modules.Default.Inspect(Linked("card 4111", "1111", "1111", "1111 ok")).Findings;
        found.Select(f => f.SegmentId).ShouldBe([0, 1, 2, 3]);
        found.ShouldAllBe(f => f.Type == "CREDIT_CARD");
    }

    [Fact]
    public void Its_word_may_stand_before_the_border()
    {
        var found = Modules.Default.Inspect(Linked("my SSN:", "536904399")).Findings.ShouldHaveSingleItem();
        (found.SegmentId, found.Type, found.Start, found.End).ShouldBe((1, "US_SSN", 0, 9));
    }

    [Theory]
    [InlineData("the total is 41", "11 people came")]
    [InlineData("write to alice", "or to bob")]
    [InlineData("see chapter 4111 1111", "and 1111 1111 pages")]
    public void What_makes_no_value_is_none(string one, string other) => Modules.Default.Inspect(Linked(one, other)).Findings.ShouldBeEmpty();

    [Fact]
    public void What_stands_whole_in_one_of_them_is_found_once()
    {
        var found = Modules.Default.Inspect(Linked("write to alice@example.com", "or bob@example.com")).Findings;
        found.Select(f => (f.SegmentId, f.Start, f.End)).ShouldBe([(0, 9, 26), (1, 3, 18)]);
    }

    /// <summary>Facts are kept by what a text is: beside another one it is another text.</summary>
    [Fact]
    public void Facts_that_are_kept_belong_to_the_text_with_what_stands_beyond()
    {
        var module = Modules.Create();
        var filling = string.Concat(Enumerable.Repeat("nothing of interest here. ", 200));
        module.Inspect(Modules.Segment(filling + "pay with 4111 1111"), Modules.Segment("1111 1111 today", id: 1)).Findings.ShouldBeEmpty();
        module.Inspect(Linked(filling + "pay with 4111 1111", "1111 1111 today")).Findings.Length.ShouldBe(2);
        module.Inspect(Linked(filling + "pay with 4111 1111", "1111 1111 today")).Findings.Length.ShouldBe(2);
        module.Inspect(Modules.Segment(filling + "pay with 4111 1111"), Modules.Segment("1111 1111 today", id: 1)).Findings.ShouldBeEmpty();
    }

    /// <summary>Of a text only what stands at its borders is read with its neighbours, and of them no more.</summary>
    [Theory]
    [InlineData("4111 ")]
    [InlineData("a@b.de ")]
    [InlineData("nothing of interest here. ")]
    public void Borders_cost_the_same_whatever_stands_between_them(string unit)
    {
        var scanner = new Scanner(RecognizerTable.Create(new TransformOptions()));
        Effort.Growth(unit, t => () => Look(scanner, t), few: 10_000, times: 100).ShouldBeLessThan(1);

        // Many short texts, all of one message.
        Effort.Growth(unit, t => Prepare(scanner, t), few: 10_000, times: 10).ShouldBeLessThan(4);

        static void Look(Scanner scanner, string text)
        {
            List<Candidate>? found = null;
            BorderScan.Scan(Modules.Segment(text) with { Before = "card 4111", After = "1111 1111" }, text, scanner, ref found, CancellationToken.None);
        }

        static Action Prepare(Scanner scanner, string text)
        {
            var segments = Linked([.. text.Chunk(50).Select(c => new string(c))]);
            return () =>
            {
                foreach (var segment in segments)
                {
                    List<Candidate>? found = null;
                    BorderScan.Scan(segment, segment.Text, scanner, ref found, CancellationToken.None);
                }
            };
        }
    }

    private static ContentSegment[] Linked(params string[] texts) =>
    [
        .. texts.Select((t, i) => Modules.Segment(t, i) with
        {
            Before = i == 0 ? null : Last(string.Concat(texts[..i].Select(x => x + ContentSegment.Border))),
            After = i == texts.Length - 1 ? null : First(string.Concat(texts[(i + 1)..].Select(x => ContentSegment.Border + x))),
        }),
    ];

    private static string Last(string text) => text[^Math.Min(text.Length, ContentSegment.MostBeyond)..];

    private static string First(string text) => text[..Math.Min(text.Length, ContentSegment.MostBeyond)];
}
