using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace GatewayStack.Identity.Issuers;

/// <summary>How an issuer that does not answer is treated: five seconds for all of it, and a pause after repeated failures.</summary>
internal static class KeySourcePipeline
{
    public const string Name = "identity-jwks";

    public static ResiliencePipeline Create(string issuerName, TimeProvider time) =>
        new ResiliencePipelineBuilder { Name = Name, InstanceName = issuerName, TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = 0.5,
                MinimumThroughput = 2,
                SamplingDuration = TimeSpan.FromSeconds(60),
                BreakDuration = TimeSpan.FromSeconds(10),
                ShouldHandle = new PredicateBuilder().Handle<KeySourceException>().Handle<TimeoutRejectedException>(),
            })
            .AddTimeout(TimeSpan.FromSeconds(5))
            .Build();
}
