using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace GatewayStack.Identity.Tests.Standings;

/// <summary>What a counter counted, by its label <c>outcome</c>; of other tests that run beside, too.</summary>
internal sealed class Counted : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<string> _outcomes = new();

    public Counted(string name)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            foreach (var tag in tags)
            {
                if (tag.Key == "outcome")
                {
                    _outcomes.Enqueue((string)tag.Value!);
                }
            }
        });
        _listener.Start();
    }

    public IReadOnlyList<string> Outcomes => [.. _outcomes];

    public void Dispose() => _listener.Dispose();
}
