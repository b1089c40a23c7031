using System.Diagnostics.Metrics;

namespace GatewayStack.Documents;

internal sealed class DocumentMetrics
{
    public const string MeterName = "GatewayStack.Documents";

    private readonly Counter<long> _reloads;

    public DocumentMetrics(IMeterFactory meters) =>
        _reloads = meters.Create(MeterName).CreateCounter<long>("gatewaystack.documents.reloads", "{reload}", "Documents read again, by result");

    public void Changed(string document) => Count(document, "changed");

    public void Unchanged(string document) => Count(document, "unchanged");

    public void Rejected(string document) => Count(document, "rejected");

    private void Count(string document, string result) =>
        _reloads.Add(1, new KeyValuePair<string, object?>("document", document), new KeyValuePair<string, object?>("result", result));
}
