using GatewayStack.Postgres.Settings;
using Microsoft.Extensions.Logging;
using Npgsql;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace GatewayStack.Postgres;

/// <summary>How a database's transient failures are met: a few quick retries, then a breaker.</summary>
internal static class PostgresPipeline
{
    private const int Retries = 2;

    public static ResiliencePipeline Create(string database, PostgresBreakerOptions breaker, TimeProvider time, PostgresMetrics metrics, ILogger logger) =>
        new ResiliencePipelineBuilder { Name = "postgres", InstanceName = database, TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = Retries,
                Delay = TimeSpan.FromMilliseconds(50),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = new PredicateBuilder().Handle<NpgsqlException>(MayPass),
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = breaker.FailureRatio,
                MinimumThroughput = breaker.MinimumThroughput,
                SamplingDuration = breaker.SamplingDuration,
                BreakDuration = breaker.BreakDuration,
                ShouldHandle = new PredicateBuilder().Handle<NpgsqlException>(IsDown),
                OnOpened = args =>
                {
                    metrics.BreakerOpened(database);
                    PostgresLog.BreakerOpened(logger, args.Outcome.Exception, database, args.BreakDuration.TotalSeconds);
                    return default;
                },
                OnClosed = args =>
                {
                    metrics.BreakerClosed(database);
                    PostgresLog.BreakerClosed(logger, database);
                    return default;
                },
            })
            .Build();

    /// <summary>The server is away, or says that it cannot serve: what a breaker is for.</summary>
    public static bool IsDown(NpgsqlException exception) => exception is PostgresException refused
        ? refused.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            or PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.DiskFull or PostgresErrorCodes.OutOfMemory or PostgresErrorCodes.IoError
        : exception.IsTransient || exception.InnerException is IOException or TimeoutException or System.Net.Sockets.SocketException;

    // A time-out is not repeated: the next try would take as long, and whoever waits has a deadline.
    private static bool MayPass(NpgsqlException exception) => exception is PostgresException
        ? exception.IsTransient
        : exception.InnerException is not TimeoutException && IsDown(exception);
}
