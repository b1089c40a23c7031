using Microsoft.Extensions.Configuration;

namespace GatewayStack.Limits.Tests;

public sealed class LimitsSettingsCheckTests
{
    [Fact]
    public void The_defaults_need_no_configuration() => Check([]).ShouldBeEmpty();

    [Fact]
    public void Every_error_is_told_at_once()
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder.File("limits.json"), """{"apiVersion": "gateway.limits/v1", "limits": [{"name": "a"}, {"name": "b", "per": "user", "metric": "requests", "window": "day", "limit": "x"}]}""");
        var errors = Check(new()
        {
            ["Limits:Mode"] = "sometimes",
            ["Limits:Fil"] = "x",
            ["Limits:File"] = folder.File("limits.json"),
            ["Limits:PricesFile"] = folder.File("missing.yaml"),
        });
        errors.Select(e => e.Key).ShouldBe(
            ["Limits:Fil", "Limits:Mode", "Limits:File", "Limits:File", "Limits:File", "Limits:File", "Limits:File", "Limits:PricesFile"]);
        errors[^1].Problem.ShouldContain("does not exist");
        errors[6].Problem.ShouldStartWith("/limits/1/limit: ");
    }

    [Theory]
    [InlineData("enforce")]
    [InlineData("Observe")]
    [InlineData("off")]
    public void Modes_are_read_in_any_case(string mode) => Check(new() { ["Limits:Mode"] = mode }).ShouldBeEmpty();

    private static System.Collections.Immutable.ImmutableArray<Contracts.Settings.SettingsError> Check(Dictionary<string, string?> settings) =>
        new LimitsSettingsCheck(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).Check();
}
