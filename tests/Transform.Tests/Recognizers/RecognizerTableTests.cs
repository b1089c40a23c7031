using System.Text.RegularExpressions;
using GatewayStack.Transform.Classification;
using GatewayStack.Transform.Recognizers;
using GatewayStack.Transform.Scanning;

namespace GatewayStack.Transform.Tests.Recognizers;

public sealed class RecognizerTableTests
{
    public static TheoryData<string> Rows() => [.. RecognizerTable.BuiltIn.Select(r => r.Name)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_row_costs_no_more_than_its_window(string name)
    {
        var row = RecognizerTable.BuiltIn.Single(r => r.Name == name);
        row.Pattern.ShouldNotBeNull().Options.HasFlag(RegexOptions.NonBacktracking).ShouldBeTrue();
        row.Pattern.ToString().ShouldStartWith(@"\A");
        row.MaxLength.ShouldBeGreaterThan(0);
        row.MaxLead.ShouldBeLessThanOrEqualTo(Scanner.MaxLead);
        row.Gate.ShouldNotBe(Gate.Line);
        (row.Keywords.Length > 0).ShouldBe(row.Gate == Gate.Keyword);
        row.Lead?.Contains(' ').ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_type_has_a_class(string name) =>
        TypeClasses.Find(RecognizerTable.BuiltIn.Single(r => r.Name == name).Type).ShouldNotBeNull().Label.ShouldBeOneOf("pii", "credentials");

    [Fact]
    public void Names_are_unique() => RecognizerTable.BuiltIn.Select(r => r.Name).ShouldBeUnique();
}
