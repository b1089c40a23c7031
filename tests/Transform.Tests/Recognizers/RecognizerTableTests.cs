using System.Text.RegularExpressions;
using GatewayStack.Transform.Classification;
using GatewayStack.Transform.Recognizers;
using GatewayStack.Transform.Recognizers.Codes;
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
        if (row.Gate == Gate.Code)
        {
            row.Code.ShouldNotBeNull().Masks.ShouldNotBeEmpty();
            row.Pattern.ShouldBeNull();
            return;
        }

        if (row.Pattern is not null)
        {
            row.Pattern.Regex.Options.HasFlag(RegexOptions.NonBacktracking).ShouldBeTrue();
            row.Pattern.ToString().ShouldStartWith(@"\A");
            row.MaxLength.ShouldBeGreaterThan(0);
        }
        else
        {
            // What the keyword alone opens reads a bounded part of what follows by itself.
            (row.Verify is not null || row.Keywords.Length > 0).ShouldBeTrue();
        }

        row.Before.ShouldBeLessThanOrEqualTo(Scanner.LeftContext);
        row.After.ShouldBeInRange(1, 512);
        row.Back.ShouldBeInRange(0, 64);
        row.MaxLead.ShouldBeLessThanOrEqualTo(Scanner.MaxLead);
        row.Gate.ShouldNotBe(Gate.Line);
        (row.Keywords.Length > 0).ShouldBe(row.Gate == Gate.Keyword);
        row.Lead?.Contains(' ').ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_type_has_a_class(string name)
    {
        var type = RecognizerTable.BuiltIn.Single(r => r.Name == name).Type;
        var label = TypeClasses.Find(type).ShouldNotBeNull().Label;
        if (type is EntityTypes.Location or EntityTypes.Organization)
        {
            label.ShouldBeNull();
        }
        else
        {
            label.ShouldBeOneOf("pii", "credentials");
        }
    }

    [Fact]
    public void The_automaton_of_all_masks_stays_small() =>
        CodeAutomaton.For([.. RecognizerTable.BuiltIn.Where(r => r.Gate == Gate.Code)]).States.ShouldBeInRange(100, 20_000);

    [Fact]
    public void Names_are_unique() => RecognizerTable.BuiltIn.Select(r => r.Name).ShouldBeUnique();
}
