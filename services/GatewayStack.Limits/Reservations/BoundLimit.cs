using System.Globalization;
using GatewayStack.Contracts.Limits;
using GatewayStack.Limits.Documents;

namespace GatewayStack.Limits.Reservations;

/// <summary>A limit with the name of its series worked out once.</summary>
internal sealed class BoundLimit(LimitRule rule)
{
    public LimitRule Rule { get; } = rule;

    public string Series { get; } = rule.Series;

    public string Metric { get; } = rule.Metric.ToString().ToLowerInvariant();

    public string Window { get; } = rule.Window.ToString().ToLowerInvariant();

    /// <summary>The counter that a caller's request at a moment falls in; null when the limit counts by something the caller does not have.</summary>
    public CounterKey? Key(RequestFacts facts, DateTimeOffset at)
    {
        var start = Windows.Window.Start(Rule.Window, at).UtcTicks;
        return Rule.Per switch
        {
            LimitPer.User => new CounterKey(Series, facts.PersonId, null, start),
            LimitPer.Team => facts.Team is null ? null : new CounterKey(Series, facts.Team, facts.OrgId, start),
            LimitPer.Org => facts.OrgId is null ? null : new CounterKey(Series, facts.OrgId, null, start),
            LimitPer.UserTool => facts is { Server: { } server, Tool: { } tool } ? new CounterKey(Series, Tool(server, tool), facts.PersonId, start) : null,
            _ => new CounterKey(Series, string.Empty, null, start),
        };
    }

    // Two servers may have tools of one name.
    private static string Tool(string server, string tool) => string.Create(CultureInfo.InvariantCulture, $"{server.Length}.{server}{tool}");

    public DateTimeOffset EndOf(CounterKey key) => Windows.Window.End(Rule.Window, new DateTimeOffset(key.WindowStart, TimeSpan.Zero));

    public LimitState State(CounterKey key, long used, long held) => new()
    {
        Name = Rule.Name,
        Metric = Metric,
        Window = Window,
        Limit = Rule.Limit,
        Used = used,
        Held = held,
        ResetsAt = EndOf(key),
    };
}
