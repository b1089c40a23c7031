using System.Diagnostics.Metrics;
using GatewayStack.Contracts.Router;

namespace GatewayStack.Wire.Channels;

/// <summary>The meter of calls to other modules.</summary>
internal sealed class WireMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "GatewayStack.Wire";

    private readonly Meter _meter;
    private readonly Counter<long> _calls;
    private readonly Counter<long> _segments;

    public WireMetrics(IMeterFactory factory)
    {
        _meter = factory.Create(MeterName);
        _calls = _meter.CreateCounter<long>("gateway.wire.calls", "{call}", "Calls to other modules, by module and outcome.");
        _segments = _meter.CreateCounter<long>("gateway.wire.segments", "{segment}", "Texts to be inspected, by whether their facts were known or they were sent.");
    }

    public static string Name(ModuleFault fault) => fault switch
    {
        ModuleFault.NeverReached => "never_reached",
        ModuleFault.Request => "request",
        ModuleFault.Broken => "broken",
        ModuleFault.Wiring => "wiring",
        _ => "unspecified",
    };

    public void Called(string module, string outcome) =>
        _calls.Add(1, new KeyValuePair<string, object?>("module", module), new KeyValuePair<string, object?>("outcome", outcome));

    public void Inspected(int known, int sent)
    {
        _segments.Add(known, new KeyValuePair<string, object?>("source", "known"));
        _segments.Add(sent, new KeyValuePair<string, object?>("source", "sent"));
    }

    public void Dispose() => _meter.Dispose();
}
