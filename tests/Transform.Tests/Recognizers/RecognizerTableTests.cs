using System.Text.RegularExpressions;
using GatewayStack.Contracts.Transform;
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

    /// <summary>A bare run of digits is anybody's: without a word it is found only where one in twenty of all such runs passes the check.</summary>
    [Fact]
    public void A_run_of_digits_that_stands_alone_is_rare_by_chance()
    {
        var random = new Random(1);
        var loose = from row in RecognizerTable.BuiltIn
                    where row.Gate == Gate.Code && !row.Code!.NeedsCue
                    from mask in row.Code!.Masks
                    where mask.Odds > 0 && mask.Text.All(c => c == '9')
                    let passing = Enumerable.Range(0, 4_000).Count(_ => row.Code!.Check?.Invoke(string.Concat(Enumerable.Range(0, mask.Text.Length).Select(_ => (char)('0' + random.Next(10))))) != false)
                    where passing > 200
                    select $"{row.Name} {mask.Text}: {passing / 40.0} %";
        loose.ShouldBeEmpty();
    }

    [Fact]
    public void Names_are_unique() => RecognizerTable.BuiltIn.Select(r => r.Name).ShouldBeUnique();
}
