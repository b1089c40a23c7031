using GatewayStack.Contracts.Settings;
using GatewayStack.Postgres.Settings;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.Platform.Tests.Postgres;

public sealed class PostgresSettingsTests
{
    private const string Good = "Host=db;Database=things;Username=things;Password=secret";
    private const string GoodOwner = "Host=db;Database=things;Username=things_owner;Password=secret";

    [Fact]
    public void Good_settings_have_no_errors() =>
        Check(("ConnectionStrings:thingsdb", Good), ("ConnectionStrings:thingsdb-migrations", GoodOwner), ("Postgres:Breaker:BreakDuration", "00:00:01")).ShouldBeEmpty();

    [Theory]
    [InlineData("not a connection string", "is not a connection string of Postgres")]
    [InlineData("Host=db;Sauce=tomato", "is not a connection string of Postgres")]
    [InlineData("Database=things;Username=things", "has no Host")]
    [InlineData("Host=db;Username=things", "has no Database")]
    [InlineData("Host=db;Database=things;Password=hunter2", "has no Username")]
    [InlineData("env:GATEWAYSTACK_NO_SUCH_VARIABLE", "cannot be read: the environment variable GATEWAYSTACK_NO_SUCH_VARIABLE is not set")]
    public void A_wrong_connection_string_is_an_error_that_does_not_tell_its_password(string text, string problem)
    {
        var errors = Check(("ConnectionStrings:thingsdb", text));
        errors.ShouldHaveSingleItem().Problem.ShouldBe(problem);
        errors[0].Key.ShouldBe("ConnectionStrings:thingsdb");
        errors[0].ToString().ShouldNotContain("hunter2");
    }

    [Fact]
    public void The_owner_is_not_the_role_that_the_service_runs_as() =>
        Check(("ConnectionStrings:thingsdb", Good), ("ConnectionStrings:thingsdb-migrations", Good)).ShouldHaveSingleItem().Problem.ShouldStartWith("names the same role");

    [Fact]
    public void Both_strings_name_one_database() =>
        Check(("ConnectionStrings:thingsdb", Good), ("ConnectionStrings:thingsdb-migrations", "Host=db;Database=others;Username=o")).ShouldHaveSingleItem().Problem.ShouldBe("names another database than the migrations");

    [Fact]
    public void Every_setting_out_of_its_range_is_told_at_once() =>
        Check(
            ("ConnectionStrings:thingsdb", Good),
            ("Postgres:MaxPoolSize", "1"),
            ("Postgres:CommandTimeout", "00:00:00"),
            ("Postgres:ConnectTimeout", "01:00:00"),
            ("Postgres:Breaker:FailureRatio", "0"),
            ("Postgres:Breaker:MinimumThroughput", "1"),
            ("Postgres:Breaker:SamplingDuration", "1.00:00:00"),
            ("Postgres:Breaker:BreakDuration", "00:00:00"),
            ("Postgres:Sauce", "tomato")).Select(e => e.Key).ShouldBe(
            [
                "Postgres:Sauce", "Postgres:MaxPoolSize", "Postgres:CommandTimeout", "Postgres:ConnectTimeout", "Postgres:Breaker:FailureRatio",
                "Postgres:Breaker:MinimumThroughput", "Postgres:Breaker:SamplingDuration", "Postgres:Breaker:BreakDuration",
            ]);

    [Fact]
    public void What_is_no_number_is_told() => Check(("ConnectionStrings:thingsdb", Good), ("Postgres:MaxPoolSize", "many")).ShouldHaveSingleItem().Key.ShouldBe("Postgres");

    [Fact]
    public void The_switch_of_the_service_encrypts_every_connection()
    {
        var settings = PostgresSettings.Read(Configuration([("ConnectionStrings:thingsdb", Good), ("ConnectionStrings:thingsdb-migrations", GoodOwner), ("Service:Tls:Enabled", "true"), ("Service:Tls:Authority", "/tls/ca.pem")]), "thingsdb");
        foreach (var connection in new[] { settings.Runtime, settings.Migrations! })
        {
            connection.SslMode.ShouldBe(Npgsql.SslMode.VerifyFull);
            connection.RootCertificate.ShouldBe("/tls/ca.pem");
        }
    }

    private static List<SettingsError> Check(params (string Key, string Value)[] settings) => [.. new PostgresSettingsCheck(Configuration(settings), "thingsdb").Check()];

    private static IConfigurationRoot Configuration((string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(s => s.Key, string? (s) => s.Value)).Build();
}
