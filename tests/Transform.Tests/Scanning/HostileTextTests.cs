using System.Text;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Transform.Tests.Scanning;

// A text of the largest size that is accepted, made to be as slow as its author can: that each of these ends at all is the test.
public sealed class HostileTextTests
{
    private const int Size = 1_000_000;

    private const int PairSize = 60_000;
    private const double MostEffort = 25;

    private static readonly string[] Parts =
    [
        "[IP]", "EMAIL_QMKXDWZTRPLB ", "a0@b.de ", "\u200B", "[EMAIL_1]", "4111 1111 1111 1111 ", "10.1.1.1 ", "-----BEGIN PRIVATE KEY-----", "password: ", "Anna Weber ",
        "eyJhbGciOiJIUzI1NiJ9.a.b ", "aGVsbG8gYWxpY2VAZXhhbXBsZS5jb20= ", "\n", "tel 030 12345678 ", "\"\\u0031",
    ];

    public static TheoryData<string> Units() =>
    [
        "a", "1", "@", ":", ".", " ", "\n", "\0", "\uD83D", "\uDE00", "\u200B", "\u00AD", "１", "eyJ", "sk-", "-----BEGIN ", "-----BEGIN PRIVATE KEY-----",
        "1 ", "12 ", "4111 ", "4111 1111 1111 1111 ", "a@", "a@b.", "a@b.c ", "+1 ", "+49 ", "tel 030 12345678 ", "415-555-2671 ", "1.1.1.", "::1:", "a:b:",
        "DE89 ", "DE89370400440532013000 ", "536-90-4399", "AKIA", "eyJhbGciOiJIUzI1NiJ9.a.b ", "((((", "0.0.0.0.", "\"\\u0031", "x\u200B@", "phone 4155552671 ",
    ];

    [Theory]
    [MemberData(nameof(Units))]
    public void A_repeated_unit_is_inspected_to_its_end(string unit)
    {
        var text = new StringBuilder(Size).Insert(0, unit, Size / unit.Length).ToString();
        var result = Modules.Default.Inspect(text);
        result.Status.ShouldBe(InspectionStatus.Inspected);
        result.Metadata.Status.ShouldBe(ContentStatus.Complete);
    }

    // Work that grows with the square of a text is cheap on a short one: two kinds of things that each stand in great number are what it takes.
    [Theory]
    [MemberData(nameof(Pairs))]
    public void Two_repeated_units_cost_no_more_than_many_of_one(string pair)
    {
        var text = Effort.Repeat(pair, PairSize);
        Effort.Of(text, MostEffort, t => Modules.Default.Inspect(t)).ShouldBeLessThan(MostEffort);
    }

    public static TheoryData<string> Pairs() => [.. from one in Parts.Take(4) from other in Parts where one != other select one + other];

    [Fact]
    public void A_long_local_part_does_not_backtrack() =>
        Modules.Default.Inspect(new string('a', 300_000) + "@" + new string('a', 300_000)).Findings.ShouldBeEmpty();

    [Fact]
    public void What_stands_at_the_end_of_the_largest_text_is_found()
    {
        const string Address = " alice@example.com";
        Modules.Default.Inspect(new string('x', Size - Address.Length) + Address).Findings.ShouldHaveSingleItem().End.ShouldBe(Size);
    }

    [Fact]
    public void More_than_the_bound_is_refused_not_cut()
    {
        var result = Modules.Default.Inspect(Modules.Segment(new string('x', Size)), Modules.Segment("y", 1));
        result.Status.ShouldBe(InspectionStatus.Refused);
        result.Metadata.Status.ShouldBe(ContentStatus.Unspecified);
        result.Reason.ShouldNotBeNull();
    }

    [Fact]
    public void A_cancelled_scan_ends()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Modules.Default.InspectAsync(new InspectionRequest { RequestId = "r", Tenant = "t", Segments = [Modules.Segment("x")] }, cancelled.Token).IsCanceled.ShouldBeTrue();
    }
}
