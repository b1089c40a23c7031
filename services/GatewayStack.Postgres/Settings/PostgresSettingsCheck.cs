using System.Collections.Immutable;
using GatewayStack.Contracts.Settings;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.Postgres.Settings;

/// <summary>Checks one database's connection strings and the section <c>Postgres</c>, without a connection.</summary>
internal sealed class PostgresSettingsCheck(IConfiguration configuration, string database) : ISettingsCheck
{
    public ImmutableArray<SettingsError> Check()
    {
        var errors = ImmutableArray.CreateBuilder<SettingsError>();
        var key = PostgresSettings.KeyOf(database);
        var runtime = PostgresSettings.Parse(configuration, key, out var error);
        Add(error);
        var migrations = PostgresSettings.Parse(configuration, PostgresSettings.MigrationsKeyOf(database), out error);
        Add(error);
        if (runtime is not null && migrations is not null)
        {
            if (runtime.Username == migrations.Username)
            {
                Add(new SettingsError(
                    key,
                    "names the same role as the migrations: the owner of the tables is not held by their row-level security",
                    "give the service a role of its own that owns nothing"));
            }

            if (runtime.Database != migrations.Database)
            {
                Add(new SettingsError(key, "names another database than the migrations", "use one database in both"));
            }
        }

        CheckOptions(errors);
        return errors.ToImmutable();

        void Add(SettingsError? found)
        {
            if (found is not null)
            {
                errors.Add(found);
            }
        }
    }

    private void CheckOptions(ImmutableArray<SettingsError>.Builder errors)
    {
        var section = configuration.GetSection(PostgresOptions.Section);
        var keys = section.AsEnumerable(makePathsRelative: true).Where(p => p.Value is not null).Select(p => p.Key);
        errors.AddRange(SettingsShape.FindUnknown(typeof(PostgresOptions), PostgresOptions.Section, keys));
        PostgresOptions options;
        try
        {
            options = PostgresSettings.OptionsOf(configuration);
        }
        catch (InvalidOperationException e)
        {
            errors.Add(new SettingsError(PostgresOptions.Section, e.Message, "give whole numbers, and times as hh:mm:ss"));
            return;
        }

        Range(nameof(options.MaxPoolSize), options.MaxPoolSize is < 2 or > 500, "2 to 500");
        Range(nameof(options.CommandTimeout), options.CommandTimeout < TimeSpan.FromSeconds(1) || options.CommandTimeout > TimeSpan.FromMinutes(10), "00:00:01 to 00:10:00");
        Range(nameof(options.ConnectTimeout), options.ConnectTimeout < TimeSpan.FromSeconds(1) || options.ConnectTimeout > TimeSpan.FromMinutes(1), "00:00:01 to 00:01:00");
        var breaker = options.Breaker;
        Range("Breaker:FailureRatio", breaker.FailureRatio is not (>= 0.1 and <= 1), "0.1 to 1");
        Range("Breaker:MinimumThroughput", breaker.MinimumThroughput is < 2 or > 1000, "2 to 1000");
        Range("Breaker:SamplingDuration", breaker.SamplingDuration < TimeSpan.FromSeconds(1) || breaker.SamplingDuration > TimeSpan.FromMinutes(10), "00:00:01 to 00:10:00");
        Range("Breaker:BreakDuration", breaker.BreakDuration < TimeSpan.FromMilliseconds(500) || breaker.BreakDuration > TimeSpan.FromMinutes(5), "00:00:00.500 to 00:05:00");

        void Range(string name, bool wrong, string range)
        {
            if (wrong)
            {
                errors.Add(new SettingsError($"{PostgresOptions.Section}:{name}", "is out of its range", $"use {range}"));
            }
        }
    }
}
