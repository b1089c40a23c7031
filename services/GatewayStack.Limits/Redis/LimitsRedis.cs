using GatewayStack.Contracts.Settings;
using GatewayStack.Limits.Reservations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace GatewayStack.Limits.Redis;

/// <summary>Registers counters in Redis, and reads where it is.</summary>
internal static class LimitsRedis
{
    public const string Key = "ConnectionStrings:redis";

    public static bool IsConfigured(IConfiguration configuration) => !string.IsNullOrEmpty(configuration[Key]);

    /// <param name="services">The host's services.</param>
    /// <param name="configuration">Where the connection string is.</param>
    /// <param name="ledger">Names the ledger that the counters are rebuilt from; instances that name different ones refuse each other.</param>
    public static void Add(IServiceCollection services, IConfiguration configuration, string ledger) =>
        services.TryAddSingleton<ICounterStore>(provider =>
        {
            var options = provider.GetRequiredService<LimitsOptions>().Redis;
            var metrics = provider.GetRequiredService<LimitsMetrics>();
            var logger = provider.GetRequiredService<ILogger<RedisCounterStore>>();
            if (TryRead(configuration, out var connection) is { } problem)
            {
                throw new StartRefusedException($"{Key} {problem}.");
            }

            return new RedisCounterStore(
                new RedisConnection(connection, options, metrics, logger), new RedisKeys(options.KeyPrefix), options, ledger, provider.GetRequiredService<TimeProvider>(), metrics, logger);
        });

    /// <summary>Everything that is wrong with the settings.</summary>
    public static IEnumerable<SettingsError> Check(IConfiguration configuration, LimitsRedisOptions options)
    {
        if (options.KeyPrefix.Length is 0 or > 100 || options.KeyPrefix.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '_' or '-' or ':')))
        {
            yield return new SettingsError("Limits:Redis:KeyPrefix", "is not a prefix", "use 1 to 100 letters, digits, dots, hyphens, underscores and colons");
        }

        if (options.CommandTimeoutMilliseconds is < 1 or > 10_000)
        {
            yield return new SettingsError("Limits:Redis:CommandTimeoutMilliseconds", "is out of range", "use 1 to 10000");
        }

        if (options.ReconcileMinutes is < 0 or > 1440)
        {
            yield return new SettingsError("Limits:Redis:ReconcileMinutes", "is out of range", "use 0 to 1440");
        }

        if (options.Breaker.FailureRatio is not (> 0 and <= 1))
        {
            yield return new SettingsError("Limits:Redis:Breaker:FailureRatio", "is out of range", "use a number above 0, at most 1");
        }

        if (options.Breaker.MinimumThroughput < 2)
        {
            yield return new SettingsError("Limits:Redis:Breaker:MinimumThroughput", "is out of range", "use 2 or more");
        }

        if (options.Breaker.SamplingSeconds is < 1 or > 600)
        {
            yield return new SettingsError("Limits:Redis:Breaker:SamplingSeconds", "is out of range", "use 1 to 600");
        }

        if (options.Breaker.BreakSeconds is < 1 or > 600)
        {
            yield return new SettingsError("Limits:Redis:Breaker:BreakSeconds", "is out of range", "use 1 to 600");
        }

        if (IsConfigured(configuration) && TryRead(configuration, out _) is { } problem)
        {
            yield return new SettingsError(Key, problem, "write it as StackExchange.Redis does: host:port,password=...");
        }
    }

    /// <summary>Reads the connection string, which may be a secret's reference.</summary>
    /// <returns>What is wrong, or null. Never contains the password.</returns>
    private static string? TryRead(IConfiguration configuration, out ConfigurationOptions connection)
    {
        connection = new ConfigurationOptions();
        if (SecretReference.TryResolve(configuration[Key] ?? string.Empty, out var text) is { } unresolved)
        {
            return unresolved;
        }

        try
        {
            connection = ConfigurationOptions.Parse(text);
        }
        catch (ArgumentException)
        {
            return "is not a connection string";
        }

        if (connection.EndPoints.Count == 0)
        {
            return "names no server";
        }

        connection.ClientName ??= "gatewaystack-limits";

        // To read the maxmemory-policy. A request is never queued for a server that is away: it has a rule of its own for that.
        connection.AllowAdmin = true;
        connection.BacklogPolicy = BacklogPolicy.FailFast;
        connection.AbortOnConnectFail = true;
        connection.ReconnectRetryPolicy = new LinearRetry(1000);
        if (configuration.GetValue<bool>("Service:Tls:Enabled"))
        {
            connection.Ssl = true;
            if (configuration["Service:Tls:Authority"] is { Length: > 0 } authority)
            {
                if (!File.Exists(authority))
                {
                    return $"cannot be trusted: the file {authority} of Service:Tls:Authority does not exist";
                }

                connection.TrustIssuer(authority);
            }
        }

        return null;
    }
}
