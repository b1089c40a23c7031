using System.Diagnostics.Metrics;

namespace GatewayStack.Wire.Security;

/// <summary>Metrics of internal calls. No attribute names a person.</summary>
internal sealed class InternalCallMetrics
{
    public const string MeterName = "GatewayStack.Wire.Security";

    private readonly Counter<long> _refused;

    public InternalCallMetrics(IMeterFactory meters) =>
        _refused = meters.Create(MeterName).CreateCounter<long>("gatewaystack.internal.refused", "{call}", "Internal calls that were not believed, by reason: more than none is "
            + "an alarm");

    public void Refused(string reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
