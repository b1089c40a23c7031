using GatewayStack.Limits.Reservations;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;

namespace GatewayStack.Limits.Redis;

/// <summary>How a store that does not answer is treated: a short time for each command, and a pause after repeated failures. Nothing is repeated.</summary>
internal static class RedisPipeline
{
    public const string Name = "limits-redis";

    public static ResiliencePipeline Create(LimitsRedisOptions options, LimitsMetrics metrics, ILogger logger, Action<bool> onChange) =>
        new ResiliencePipelineBuilder { Name = Name }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = options.Breaker.FailureRatio,
                MinimumThroughput = options.Breaker.MinimumThroughput,
                SamplingDuration = TimeSpan.FromSeconds(options.Breaker.SamplingSeconds),
                BreakDuration = TimeSpan.FromSeconds(options.Breaker.BreakSeconds),
                ShouldHandle = new PredicateBuilder().Handle<CounterStoreAwayException>(e => !e.MustRebuild),
                OnOpened = args =>
                {
                    onChange(true);
                    metrics.StoreBreaker(open: true);
                    LimitsLog.BreakerOpened(logger, args.Outcome.Exception, args.BreakDuration.TotalSeconds);
                    return default;
                },
                OnClosed = _ =>
                {
                    onChange(false);
                    metrics.StoreBreaker(open: false);
                    LimitsLog.BreakerClosed(logger);
                    return default;
                },
            })
            .Build();
}
