using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace GatewayStack.Router;

/// <summary>The Router's metrics. No attribute names a person.</summary>
internal sealed class RouterMetrics
{
    public const string MeterName = "GatewayStack.Router";

    private readonly Counter<long> _requests;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _stageFailures;
    private readonly Counter<long> _strippedHeaders;
    private readonly Counter<long> _degraded;
    private readonly Counter<long> _attempts;
    private readonly Counter<long> _lostRecords;
    private readonly Counter<long> _tokens;
    private readonly Counter<long> _estimateExceeded;
    private readonly Counter<long> _miswired;
    private readonly Counter<long> _breakerChanges;
    private readonly Counter<long> _settlementsLost;
    private readonly Counter<long> _cutOff;
    private readonly Counter<long> _cutOffUnderWay;
    private readonly Counter<long> _standingsLost;
    private readonly Counter<long> _sessionsEnded;
    private readonly Histogram<double> _mcpOperations;
    private readonly Meter _meter;

    public RouterMetrics(IMeterFactory meters)
    {
        var meter = _meter = meters.Create(MeterName);
        _cutOff = meter.CreateCounter<long>("gatewaystack.standing.refusals", "{request}", "Requests refused by a block, by what it is on");
        _cutOffUnderWay = meter.CreateCounter<long>("gatewaystack.standing.ended", "{request}", "Requests under way that a block ended, by what it is on");
        _standingsLost = meter.CreateCounter<long>("gatewaystack.standing.lost", "{connection}", "Times that the line on which blocks are said was lost or could not be had");
        _sessionsEnded = meter.CreateCounter<long>("gatewaystack.standing.sessions_ended", "{session}", "Sessions at MCP servers that were ended for a block");
        _requests = meter.CreateCounter<long>("gatewaystack.requests", "{request}", "Requests that ended, by class and outcome");
        _refusals = meter.CreateCounter<long>("gatewaystack.refusals", "{request}", "Requests refused, by code");
        _stageFailures = meter.CreateCounter<long>("gatewaystack.stage.failures", "{call}", "Module calls that did not answer");
        _strippedHeaders = meter.CreateCounter<long>("gatewaystack.headers.stripped", "{header}", "Identity headers that callers sent");
        _degraded = meter.CreateCounter<long>("gatewaystack.degraded", "{request}", "Requests marked as degraded, refused ones too, by what they had to go without");
        _attempts = meter.CreateCounter<long>("gatewaystack.provider.attempts", "{attempt}", "Attempts at providers, by result");
        _lostRecords = meter.CreateCounter<long>("gatewaystack.records.lost", "{record}", "Records the spool had no room for");
        _tokens = meter.CreateCounter<long>("gatewaystack.tokens", "{token}", "Tokens used, by direction");
        _estimateExceeded = meter.CreateCounter<long>("gatewaystack.estimate_exceeded", "{request}", "Requests that used more than their hold");
        _miswired = meter.CreateCounter<long>("gatewaystack.stage.miswired", "{call}", "Module calls that were not accepted or not known: a fault of wiring");
        _breakerChanges = meter.CreateCounter<long>("gatewaystack.breaker.changes", "{change}", "Breakers of modules that opened or closed");
        _settlementsLost = meter.CreateCounter<long>("gatewaystack.settlements.failed", "{settlement}", "Settlements that only the usage event makes good");
        _mcpOperations = meter.CreateHistogram("mcp.server.operation.duration", "s", "Time from an MCP request to the end of its answer",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300] });
    }

    /// <param name="method">A method that the gateway knows, or <c>unknown</c>.</param>
    /// <param name="tool">A tool that the server has.</param>
    /// <param name="error">What kind of failure it was; null where it was none.</param>
    /// <param name="took">How long it took.</param>
    public void McpEnded(string method, string? tool, string? error, TimeSpan took)
    {
        var tags = new TagList { { "mcp.method.name", method } };
        if (tool is not null)
        {
            tags.Add("gen_ai.tool.name", tool);
        }

        if (error is not null)
        {
            tags.Add("error.type", error);
        }

        _mcpOperations.Record(took.TotalSeconds, tags);
    }

    /// <summary>Shows how old the word on blocks is, and how many there are.</summary>
    public void WatchStandings(Func<double?> age, Func<int> count)
    {
        _meter.CreateObservableGauge("gatewaystack.standing.age", () => age() is { } seconds ? new Measurement<double>[] { new(seconds) }
            : [], "s", "Time since it was last said who is cut off");
        _meter.CreateObservableGauge("gatewaystack.standing.blocks", count, "{measure}", "Blocks in force");
    }

    public void CutOff(string kind) => _cutOff.Add(1, new KeyValuePair<string, object?>("on", kind));

    public void CutOffUnderWay(string kind) => _cutOffUnderWay.Add(1, new KeyValuePair<string, object?>("on", kind));

    public void StandingsLost() => _standingsLost.Add(1);

    public void SessionEnded() => _sessionsEnded.Add(1);

    public void RequestEnded(string routeClass, string outcome) => _requests.Add(1, new("class", routeClass), new("outcome", outcome));

    public void Refused(string code) => _refusals.Add(1, new KeyValuePair<string, object?>("code", code));

    public void StageFailed(string stage) => _stageFailures.Add(1, new KeyValuePair<string, object?>("stage", stage));

    public void HeadersStripped(int count) => _strippedHeaders.Add(count);

    public void Degraded(string stage) => _degraded.Add(1, new KeyValuePair<string, object?>("stage", stage));

    public void Attempted(string provider, string result) => _attempts.Add(1, new("provider", provider), new("result", result));

    public void RecordLost() => _lostRecords.Add(1);

    public void TokensUsed(string model, long input, long output)
    {
        _tokens.Add(input, new("model", model), new("direction", "input"));
        _tokens.Add(output, new("model", model), new("direction", "output"));
    }

    public void StageMiswired(string stage) => _miswired.Add(1, new KeyValuePair<string, object?>("stage", stage));

    public void BreakerChanged(string module, bool open) => _breakerChanges.Add(1, new("module", module), new("state", open ? "open" : "closed"));

    public void SettlementFailed() => _settlementsLost.Add(1);

    public void EstimateExceeded() => _estimateExceeded.Add(1);
}
