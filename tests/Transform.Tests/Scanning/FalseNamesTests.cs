using GatewayStack.Contracts.Transform;

namespace GatewayStack.Transform.Tests.Scanning;

/// <summary>What the tagger takes for names and is none by what it says.</summary>
public sealed class FalseNamesTests
{
    private static readonly string[] Types = [EntityTypes.Person, EntityTypes.Organization, EntityTypes.Location];

    [Theory]
    [InlineData("City;Card;Name;Dept\nGraz;4111111111111111;Marek Novak;open", "City;Card;Name;Dept")]
    [InlineData("First,Last,Street\nUwe,Schmidt,open\nAnna,Berg,x\n", "First,Last,Street")]
    [InlineData("First\tLast\tRole\tStreet\tCompany\tPhone\nUwe\tBerg\t12\tx\tSiemens AG\t+49 30 901820\n", "First\tLast\tRole\tStreet\tCompany\tPhone")]
    [InlineData("First, Last, Customer, Card, Town, Street\nAnna, Novak, open, 4111111111111111, Leeds, 12", "First, Last, Customer, Card, Town, Street")]
    [InlineData("Here is the file:\nFIRST, LAST, STREET\nAnna, Rossi, x\nUwe, Schmidt, x\nLars, Berg, open\n", "FIRST, LAST, STREET")]
    [InlineData("```csv\nFirst\tLast\tCompany\tBirthdate\nSofia\tBerg\tContoso\t12.03.1980\n", "First\tLast\tCompany\tBirthdate")]
    public void A_head_of_columns_is_nobody(string text, string head) => Names(text).ShouldNotContain(n => head.Contains(n, StringComparison.Ordinal));

    /// <summary>What stands below a head, and what only stands in a list, is what it is.</summary>
    [Theory]
    [InlineData("First,Last,Street\nUwe,Schmidt,open\nAnna,Berg,x\n", "Schmidt")]
    [InlineData("Name;Company;City\nMarek Novak;Siemens AG;Graz", "Marek Novak")]
    [InlineData("Name;Company;City\nMarek Novak;Siemens AG;Graz", "Siemens AG")]
    [InlineData("Andrew Card, Marek Novak, Anna Schmidt", "Andrew Card")]
    [InlineData("We met Della Street, the secretary.", "Della Street")]
    public void What_stands_below_is_somebody(string text, string name) => Names(text).ShouldContain(name);

    [Theory]
    [InlineData("heslo: viz obálka")]
    [InlineData("Heslo: viz obálka na stole")]
    [InlineData("jelszó: lásd boríték")]
    [InlineData("geslo: glej kuverto")]
    public void A_word_for_a_password_and_where_it_is_said_is_nobody(string text) => Names(text).ShouldBeEmpty();

    [Theory]
    [InlineData("heslo: viz Novák", "Novák")]
    [InlineData("Heslo: viz email od Anna Nováková", "Anna Nováková")]
    [InlineData("jmeno: Petr Novák\nheslo: viz obálka\n", "Petr Novák")]
    public void Who_knows_it_is_somebody(string text, string name) => Names(text).ShouldBe([name]);

    private static string[] Names(string text) =>
        [.. Modules.Shipped.Inspect(text).Findings.Where(f => Types.Contains(f.Type)).Select(f => text[f.Start..f.End])];
}
