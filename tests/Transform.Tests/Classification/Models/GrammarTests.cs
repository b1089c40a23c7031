using GatewayStack.Transform.Classification.Training;

namespace GatewayStack.Transform.Tests.Classification.Models;

public sealed class GrammarTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Slots_and_choices_are_filled_in()
    {
        var grammar = Read("# a comment\n@animal\ncat | {colour} dog\n@colour\nred | blue\n> texts\nthe {animal} {sleeps|eats}{.|}\n\\@\\{x\\}\\n{colour}");
        var all = Enumerable.Range(0, 200).Select(i => grammar.Expand(grammar.Templates("texts")[0], new Random(i))).Distinct().ToList();
        all.ShouldContain("the cat sleeps");
        all.ShouldContain("the blue dog eats.");
        all.Count.ShouldBe(12);
        grammar.Expand(grammar.Templates("texts")[1], new Random(1)).ShouldStartWith("@{x}\n");
        grammar.Templates("others").ShouldBeEmpty();
    }

    [Fact]
    public void Mistakes_are_named()
    {
        Should.Throw<InvalidDataException>(() => Read("a line before all else"));
        Should.Throw<InvalidDataException>(() => Expand("> t\na {missing}")).Message.ShouldContain("missing");
        Should.Throw<InvalidDataException>(() => Expand("> t\na {open")).Message.ShouldContain("open");
        Should.Throw<InvalidDataException>(() => Expand("@a\n{a}\n> t\n{a}")).Message.ShouldContain("themselves");

        void Expand(string text)
        {
            var grammar = Read(text);
            grammar.Expand(grammar.Templates("t")[0], new Random(1));
        }
    }

    private Grammar Read(string text)
    {
        File.WriteAllText(_path, text);
        return Grammar.Read(_path);
    }
}
