using System.Diagnostics;
using System.Globalization;
using OpenTelemetry.Trace;

namespace GatewayStack.ServiceDefaults;

/// <summary>
/// A trace begins where a request or an event comes in. A call out that belongs to neither (a probe of a module's health every second, a look for new keys) begins none:
/// among hundreds of them nobody finds the trace looked for. Such calls are counted in the metrics all the same.
/// </summary>
/// <param name="requests">Which of the others begin one.</param>
internal sealed class RequestsOnly(Sampler requests) : Sampler
{
    /// <summary>
    /// The sampler that OpenTelemetry's own variables name (<c>OTEL_TRACES_SAMPLER</c>, <c>OTEL_TRACES_SAMPLER_ARG</c>; a parent's word counts where they say so, and by
    /// default), without such calls.
    /// </summary>
    public static Sampler From(string? name, string? argument)
    {
        var root = new RequestsOnly(name switch
        {
            "always_off" or "parentbased_always_off" => new AlwaysOffSampler(),
            "traceidratio" or "parentbased_traceidratio" =>
                new TraceIdRatioBasedSampler(double.TryParse(argument, CultureInfo.InvariantCulture, out var ratio) ? Math.Clamp(ratio, 0, 1) : 1),
            _ => new AlwaysOnSampler(),
        });
        return name is "always_off" or "traceidratio" ? root : new ParentBasedSampler(root);
    }

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        samplingParameters.Kind == ActivityKind.Client && samplingParameters.ParentContext.TraceId == default
            ? new SamplingResult(SamplingDecision.Drop)
            : requests.ShouldSample(samplingParameters);
}
