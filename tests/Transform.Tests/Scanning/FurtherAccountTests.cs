using GatewayStack.Transform.Scanning;

namespace GatewayStack.Transform.Tests.Scanning;

/// <summary>Accounts that the rest of a text gives away.</summary>
public sealed class FurtherAccountTests
{
    [Theory]
    [InlineData("Ole Brandvold", "obrandv", true)]
    [InlineData("Jurre van den Akker", "jvdakker", true)]
    [InlineData("Femi Oyelaran", "femi_oy", true)]
    [InlineData("Kristjan Saar", "kristjan.saar", true)]
    [InlineData("Aleksandr Ivanenko", "aleks77", true)]
    [InlineData("Jürgen Müller", "jmueller", true)]
    [InlineData("Jürgen Müller", "jmuller", true)]
    [InlineData("Zoë Łukasik", "z.lukasik", true)]
    [InlineData("Clémence Raffin", "raffin_clemence", true)]
    [InlineData("Ole Brandvold", "brandvold", false)]
    [InlineData("Ole Brandvold", "branding", false)]
    [InlineData("Ole Brandvold", "obrien", false)]
    [InlineData("Anna Line", "line1", false)]
    [InlineData("Jan de Wit", "water", false)]
    [InlineData("Femi Oyelaran", "fe", false)]
    public void A_word_that_is_made_of_a_name(string name, string word, bool expected)
    {
        var persons = new Persons();
        persons.Add(name);
        (persons.MayBegin(word[0]) && persons.Make(word)).ShouldBe(expected);
    }

    [Fact]
    public void It_is_an_account_wherever_it_stands()
    {
        var text = "Dear Ole Brandvold,\n\nyour account on staging is ready, it is obrandv as in the wiki. Write to ole@brandvold.example if the group obrandv/tools is missing.";
        Modules.Shipped.Find(text).Where(f => f.StartsWith("USERNAME", StringComparison.Ordinal)).ShouldBe(["USERNAME=obrandv"]);
    }

    [Fact]
    public void Without_the_person_it_is_a_word() => Modules.Shipped.Find("The group obrandv owns this.").ShouldBeEmpty();

    [Fact]
    public void An_account_is_one_again()
    {
        var found = Modules.Shipped.Find("12:40 chat user=Niklas1904 joined from 81.2.69.160\n12:41 chat.msg from=Niklas1904 said hello\nfile Niklas1904/notes and x.Niklas1904 stay");
        found.Count(f => f == "USERNAME=Niklas1904").ShouldBe(2);
    }

    [Fact]
    public void A_word_in_a_sentence_is_none_again() =>
        Modules.Shipped.Find("user=board pass=Quillon-4021-Brae\nThe board meets on Monday.").Count(f => f == "USERNAME=board").ShouldBe(1);
}
