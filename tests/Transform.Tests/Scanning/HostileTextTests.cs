using System.Text;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers;
using GatewayStack.Transform.Scanning;

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
        "eyJhbGciOiJIUzI1NiJ9.a.b ", "aGVsbG8gYWxpY2VAZXhhbXBsZS5jb20= ", "\n", "tel 030 12345678 ", "\"\\u0031", "<td>",
    ];

    public static TheoryData<string> Units() =>
    [
        "a", "1", "@", ":", ".", " ", "\n", "\0", "\uD83D", "\uDE00", "\u200B", "\u00AD", "１", "eyJ", "sk-", "-----BEGIN ", "-----BEGIN PRIVATE KEY-----",
        "1 ", "12 ", "4111 ", "4111 1111 1111 1111 ", "a@", "a@b.", "a@b.c ", "+1 ", "+49 ", "tel 030 12345678 ", "415-555-2671 ", "1.1.1.", "::1:", "a:b:",
        "DE89 ", "DE89370400440532013000 ", "536-90-4399", "AKIA", "eyJhbGciOiJIUzI1NiJ9.a.b ", "((((", "0.0.0.0.", "\"\\u0031", "x\u200B@", "phone 4155552671 ",
        "%25", "%2", "%25%34", "&amp;", "&#", "&#0", "&#%34", "&#%25%33", "\u043E%D0%BE",
        "passport number ", "user: x password: Quill_Ink37! ", "<b>", "</td>", "<p class=\"a\">", "<a ", "</",
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

    // What else a text gives away is looked for in all of it: beside many findings, and for people whose names begin alike, too.
    [Theory]
    [InlineData("obrandv ", "a@b.de user=obrandv pass=Quillon!4021 ")]
    [InlineData("obrandv ", "Dear Ole Brandvold, write to a@b.de. ")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa ", "Dear Mr Aaaaaaa Aaaaaaaa Aaaaaaaaa Aaaaaaaaaa Aaaaaaaaaaa, ")]
    [InlineData("with Quillon-4021-Brae ", "password: Quillon!4021 ")]
    public void What_a_text_gives_away_costs_what_the_text_costs(string unit, string found)
    {
        var text = string.Concat(Effort.Repeat(found, HostileSize / 2), "\n", Effort.Repeat(unit, HostileSize / 2));
        List<Candidate> Known() => [.. Enumerable.Range(0, HostileSize / 20).Select(i => new Candidate(i * 10, (i * 10) + 4, HostileRow, 0.9)),
            new Candidate(text.IndexOf(unit.Trim(), StringComparison.Ordinal), text.IndexOf(unit.Trim(), StringComparison.Ordinal) + unit.Trim().Length, HostileAccount, 0.9),
            .. Enumerable.Range(0, 40).Select(i => new Candidate(i * found.Length, (i + 1) * found.Length, HostilePerson, 0.9))];
        Effort.Of(text, MostEffort, t =>
        {
            var known = Known();
            FurtherSecrets.Add(t, known);
            FurtherAccounts.Add(t, known, TestContext.Current.CancellationToken);
        }).ShouldBeLessThan(MostEffort);
    }

    private const int HostileSize = 400_000;
    private static readonly Recognizer HostileRow = new() { Name = "a", Type = EntityTypes.Password, Gate = Gate.Line, Score = 0.9 };
    private static readonly Recognizer HostileAccount = HostileRow with { Type = EntityTypes.Username };
    private static readonly Recognizer HostilePerson = HostileRow with { Type = EntityTypes.Person };

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
