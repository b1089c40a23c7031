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
    [InlineData("Limits:Ledger:RetentionDays", "61")]
    [InlineData("Limits:Ledger:RetentionDays", "36501")]
    [InlineData("Limits:Ledger:RetentionDays", "-1")]
    [InlineData("Limits:Redis:KeyPrefix", "a{b}")]
    [InlineData("Limits:Redis:KeyPrefix", "")]
    [InlineData("Limits:Redis:CommandTimeoutMilliseconds", "0")]
    [InlineData("Limits:Redis:CommandTimeoutMilliseconds", "10001")]
    [InlineData("Limits:Redis:ReconcileMinutes", "-1")]
    [InlineData("Limits:Redis:ReconcileMinutes", "1441")]
    [InlineData("Limits:Redis:Breaker:FailureRatio", "0")]
    [InlineData("Limits:Redis:Breaker:FailureRatio", "1.1")]
    [InlineData("Limits:Redis:Breaker:MinimumThroughput", "1")]
    [InlineData("Limits:Redis:Breaker:SamplingSeconds", "0")]
    [InlineData("Limits:Redis:Breaker:BreakSeconds", "601")]
    [InlineData("Limits:Redis:Breakers:BreakSeconds", "6")]
    [InlineData("ConnectionStrings:redis", "env:GATEWAYSTACK_NO_SUCH_VARIABLE")]
    [InlineData("ConnectionStrings:redis", "password=secret")]
    [InlineData("ConnectionStrings:redis", "localhost,nonsense=secret")]
    public void A_bad_setting_of_the_store_is_told_without_a_secret(string key, string value)
    {
        var error = Check(new() { [key] = value }).ShouldHaveSingleItem();
        error.Key.ShouldBe(key);
        $"{error.Problem} {error.Remedy}".ShouldNotContain("secret");
    }

    [Fact]
    public void The_edges_of_the_stores_settings_are_good() => Check(new()
    {
        ["Limits:Redis:KeyPrefix"] = "a.b_c-D:9:",
        ["Limits:Redis:CommandTimeoutMilliseconds"] = "10000",
        ["Limits:Redis:ReconcileMinutes"] = "0",
        ["Limits:Ledger:RetentionDays"] = "62",
        ["Limits:Redis:Breaker:FailureRatio"] = "1",
        ["Limits:Redis:Breaker:MinimumThroughput"] = "2",
        ["Limits:Redis:Breaker:SamplingSeconds"] = "600",
        ["Limits:Redis:Breaker:BreakSeconds"] = "1",
        ["ConnectionStrings:redis"] = "localhost:6379,password=secret",
    }).ShouldBeEmpty();

    [Theory]
    [InlineData("enforce")]
    [InlineData("Observe")]
    [InlineData("off")]
    public void Modes_are_read_in_any_case(string mode) => Check(new() { ["Limits:Mode"] = mode }).ShouldBeEmpty();

    private static System.Collections.Immutable.ImmutableArray<Contracts.Settings.SettingsError> Check(Dictionary<string, string?> settings) =>
        new LimitsSettingsCheck(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).Check();
}
