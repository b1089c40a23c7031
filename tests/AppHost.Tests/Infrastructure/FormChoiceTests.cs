using GatewayStack.AppHost.Infrastructure;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.AppHost.Tests.Infrastructure;

public sealed class FormChoiceTests
{
    private static readonly KnownTools Nothing = new(false, "redis-server (Debian: apt-get install redis-server)", "Kafka (set KAFKA_HOME)");

    [Theory]
    [InlineData(true, true, "Containers", "a container engine answers")]
    [InlineData(true, false, "Containers", "a container engine answers")]
    [InlineData(false, true, "Installed", "no container engine answers")]
    [InlineData(false, false, "Embedded", "apt-get install redis-server")]
    public void Auto_takes_the_most_that_is_there_and_says_why(bool engine, bool installed, string form, string why)
    {
        foreach (var word in new[] { null, "", "auto" })
        {
            var choice = FormChoice.From(Asked(word), installed ? new KnownTools(engine) : Nothing with { Engine = engine });
            choice.Form.ToString().ShouldBe(form);
            choice.Reason.ShouldContain(why);
            choice.Reason.ShouldNotContain("\n");
        }
    }

    [Theory]
    [InlineData("containers")]
    [InlineData("installed")]
    [InlineData("embedded")]
    public void What_is_asked_for_is_taken_where_it_can_be(string word) => FormChoice.From(Asked(word), new KnownTools(Engine: true)).Word.ShouldBe(word);

    [Theory]
    [InlineData("containers", "install docker.io")]
    [InlineData("installed", "apt-get install redis-server")]
    [InlineData("Embedded ", "use auto, containers, installed or embedded")]
    [InlineData("docker", "use auto, containers, installed or embedded")]
    public void What_cannot_be_is_one_line_that_says_what_to_do(string word, string remedy)
    {
        var refused = Should.Throw<StackRefusedException>(() => FormChoice.From(Asked(word), Nothing));
        refused.Message.ShouldContain(remedy);
        refused.Message.ShouldNotContain("\n");
    }

    private static IConfiguration Asked(string? word) => new ConfigurationBuilder().AddInMemoryCollection(word is null ? [] : [new("Infrastructure", word)]).Build();
}
