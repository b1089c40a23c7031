using System.Diagnostics.Metrics;

namespace GatewayStack.Transform;

/// <summary>Transform's meter.</summary>
internal sealed class TransformMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "GatewayStack.Transform";

    private readonly Meter _meter;
    private readonly Counter<long> _inspections;
    private readonly Counter<long> _findings;
    private readonly Counter<long> _edits;
    private readonly Counter<long> _masked;
    private readonly Counter<long> _restored;
    private readonly Counter<long> _extractions;
    private readonly Counter<long> _hidden;

    public TransformMetrics(IMeterFactory factory)
    {
        _meter = factory.Create(MeterName);
        _inspections = _meter.CreateCounter<long>("gateway.transform.inspections", "{request}", "Requests inspected, by outcome.");
        _findings = _meter.CreateCounter<long>("gateway.transform.findings", "{finding}", "What was found in requests, by type.");
        _edits = _meter.CreateCounter<long>("gateway.transform.applications", "{request}", "Redactions computed, by outcome.");
        _masked = _meter.CreateCounter<long>("gateway.transform.masked", "{finding}", "What was masked in answers.");
        _extractions = _meter.CreateCounter<long>("gateway.transform.extractions", "{document}", "Documents read, by extractor and outcome.");
        _hidden = _meter.CreateCounter<long>("gateway.transform.hidden_characters", "{character}", "Hidden characters in requests, by kind.");
        _restored = _meter.CreateCounter<long>("gateway.transform.restored", "{pseudonym}", "Pseudonyms that were put back in answers.");
    }

    public void Inspected(string outcome) => _inspections.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void Found(string type) => _findings.Add(1, new KeyValuePair<string, object?>("type", type));

    public void Applied(string outcome) => _edits.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void Extracted(string extractor, string outcome) =>
        _extractions.Add(1, new KeyValuePair<string, object?>("extractor", extractor), new KeyValuePair<string, object?>("outcome", outcome));

    public void Hidden(string kind, int count) => _hidden.Add(count, new KeyValuePair<string, object?>("kind", kind));

    public void Masked(int count) => Count(_masked, count);

    public void Restored(int count) => Count(_restored, count);

    private static void Count(Counter<long> counter, int count)
    {
        if (count > 0)
        {
            counter.Add(count);
        }
    }

    public void Dispose() => _meter.Dispose();
}
