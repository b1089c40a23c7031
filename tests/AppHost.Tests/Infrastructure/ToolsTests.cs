using GatewayStack.AppHost.Infrastructure;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.AppHost.Tests.Infrastructure;

public sealed class ToolsTests
{
    [Fact]
    public void A_Kafka_that_is_not_where_it_is_said_to_be_is_missing()
    {
        var tools = With(("KAFKA_HOME", "/nowhere/kafka"));
        tools.KafkaHome.ShouldBeNull();
        tools.FindMissing().ShouldContain(m => m.Contains("/nowhere/kafka") || m.Contains("Windows"));
    }

    [Fact]
    public void An_engine_that_is_not_installed_does_not_answer() => With(("ASPIRE_CONTAINER_RUNTIME", "no-such-engine")).ContainerEngineAnswers().ShouldBeFalse();

    [Fact]
    public void An_engine_answers_by_its_exit_code()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "true and false are Unix programs.");
        With(("ASPIRE_CONTAINER_RUNTIME", "true")).ContainerEngineAnswers().ShouldBeTrue();
        With(("ASPIRE_CONTAINER_RUNTIME", "false")).ContainerEngineAnswers().ShouldBeFalse();
    }

    private static Tools With(params (string Key, string Value)[] settings) =>
        new(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create<string, string?>(s.Key, s.Value))).Build());
}
