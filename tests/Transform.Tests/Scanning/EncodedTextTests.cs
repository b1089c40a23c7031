using System.Text;
using GatewayStack.Transform.Recognizers;
using GatewayStack.Transform.Scanning;

namespace GatewayStack.Transform.Tests.Scanning;

public sealed class EncodedTextTests
{
    private const string Card = "4111 1111 1111 1111";

    // What a text begins with does not say whether there is something in it.
    [Theory]
    [InlineData("Card " + Card)]
    [InlineData("Jörg: Card " + Card)]
    [InlineData("Überweisung, Karte " + Card)]
    [InlineData("© card " + Card)]
    [InlineData("Карта " + Card)]
    [InlineData("κάρτα " + Card)]
    [InlineData("بطاقة " + Card)]
    [InlineData("我的卡号 " + Card)]
    [InlineData("カード番号: " + Card)]
    [InlineData("😀 card " + Card)]
    public void A_value_is_found_in_what_is_encoded(string text)
    {
        Find(Convert.ToBase64String(Encoding.UTF8.GetBytes(text))).ShouldBe("CREDIT_CARD");
        Find(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text))).ShouldBe("CREDIT_CARD");
    }

    [Fact]
    public void Windows_encodes_in_units_of_two_bytes() =>
        Find(Convert.ToBase64String(Encoding.Unicode.GetBytes("Send-Mail -To anna.weber@example.org"))).ShouldBe("EMAIL");

    [Theory]
    [InlineData(0)]
    [InlineData(1400)]
    [InlineData(1525)]
    [InlineData(5_000)]
    [InlineData(40_000)]
    public void A_long_run_is_decoded_to_its_end(int before)
    {
        var text = Effort.Repeat("Über nichts Besonderes. ", before) + " " + Card + " " + Effort.Repeat("Ενδιαφέρον κείμενο. ", 3_000);
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
        foreach (var finding in Modules.Default.Inspect($"data: {encoded}").Findings)
        {
            finding.Type.ShouldBe("CREDIT_CARD");
            (finding.End - finding.Start).ShouldBeLessThanOrEqualTo(2 * EncodedRuns.Longest);
        }

        Modules.Default.Inspect($"data: {encoded}").Findings.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("550e8400-e29b-41d4-a716-446655440000")]
    [InlineData("da39a3ee5e6b4b0d3255bfef95601890afd80709")]
    public void What_stands_for_no_text_is_left_alone(string text) => Modules.Default.Inspect(text).Findings.ShouldBeEmpty();

    [Fact]
    public void In_pieces_a_long_run_gives_what_it_gives_whole()
    {
        var random = new Random(11);
        var scanner = new Scanner(new RecognizerSet(RecognizerTable.BuiltIn));
        for (var round = 0; round < 30; round++)
        {
            var text = string.Concat(Enumerable.Range(0, 3).Select(_ =>
                Convert.ToBase64String(Encoding.UTF8.GetBytes(Effort.Repeat("Ü ", random.Next(4_000)) + " " + Card + Effort.Repeat(" é", random.Next(4_000)))) + ". "));
            List<Candidate>? whole = null, pieces = null;
            var state = default(ScanState);
            scanner.Advance(text, final: true, ref state, ref whole, CancellationToken.None);
            state = default;
            for (var known = 0; known < text.Length;)
            {
                known = Math.Min(text.Length, known + random.Next(1, 1_500));
                scanner.Advance(text.AsSpan(0, known), known == text.Length, ref state, ref pieces, CancellationToken.None);
            }

            (pieces ?? []).Order(ByPlace).ShouldBe((whole ?? []).Order(ByPlace));
            whole.ShouldNotBeNull();
        }
    }

    private static readonly Comparer<Candidate> ByPlace =
        Comparer<Candidate>.Create((one, other) => (one.Start, one.End, one.Row.Name).CompareTo((other.Start, other.End, other.Row.Name)));

    private static string Find(string encoded)
    {
        var finding = Modules.Default.Inspect($"Look at {encoded} please").Findings.ShouldHaveSingleItem();
        (finding.Start, finding.End).ShouldBe((8, 8 + encoded.Length));
        return finding.Type;
    }
}
