using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace GatewayStack.Identity.Issuers;

/// <summary>How questions to an issuer end when it does not answer: after five seconds, and at once for a while after repeated outages.</summary>
internal static class IssuerCallPipeline
{
    public const string Introspection = "identity-introspection";
    public const string Exchange = "identity-token-exchange";
    public const string UpstreamExchange = "identity-upstream-exchange";

    public static ResiliencePipeline Create(string name, string issuerName, TimeProvider time) =>
        new ResiliencePipelineBuilder { Name = name, InstanceName = issuerName, TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = 0.5,
                MinimumThroughput = 5,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = TimeSpan.FromSeconds(5),
                // A question that the issuer could not read says nothing about the issuer: no single caller opens it for everyone.
                ShouldHandle = new PredicateBuilder().Handle<IssuerCallException>(e => e.IsOutage).Handle<TimeoutRejectedException>(),
            })
            .AddTimeout(TimeSpan.FromSeconds(5))
            .Build();

    /// <summary>The word for an outcome that is none.</summary>
    public static string? Outage(Exception e) => e switch
    {
        IssuerCallException failure => failure.Reason,
        TimeoutRejectedException => "timeout",
        BrokenCircuitException => "breaker_open",
        _ => null,
    };
}
