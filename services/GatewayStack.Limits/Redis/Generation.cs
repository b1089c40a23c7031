using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using GatewayStack.Limits.Documents;
using GatewayStack.Limits.Reservations;

namespace GatewayStack.Limits.Redis;

/// <summary>One set of counters, made by one rebuild. All instances count the same series in it, each enforces its own limits.</summary>
/// <remarks>While a new limits document spreads, instances with the old one and with the new one work side by side: a generation counts what any of them wants,
/// so that a limit that only the other has is not short of the requests that went through this one.</remarks>
internal sealed class Generation
{
    private readonly FrozenSet<string> _names;

    public Generation(string name, ImmutableArray<CountedRule> rules)
    {
        Name = name;
        Rules = rules;
        Series = [.. rules.Select(r => new CountedSeries(r))];
        _names = Series.Select(s => s.Limit.Series).ToFrozenSet(StringComparer.Ordinal);
    }

    public string Name { get; }

    public ImmutableArray<CountedRule> Rules { get; }

    public ImmutableArray<CountedSeries> Series { get; }

    /// <summary>Whether everything these limits count is counted here.</summary>
    public bool Covers(LimitSet limits) => limits.Limits.All(l => _names.Contains(l.Series));

    /// <summary>The counters of a request, as long as their windows are open.</summary>
    public List<Place> Places(RequestFacts facts, DateTimeOffset reservedAt, DateTimeOffset now)
    {
        var places = new List<Place>(Series.Length);
        foreach (var series in Series)
        {
            if (series.Limit.Rule.Match.Includes(facts) && series.Limit.Key(facts, reservedAt) is { } key && series.Limit.EndOf(key) is var end && end > now)
            {
                places.Add(new Place(RedisKeys.Counter(Name, series.Id, key), series.Limit.Rule.Metric, end));
            }
        }

        return places;
    }

    public string Write() => JsonSerializer.Serialize(Rules, RedisJson.Default.ImmutableArrayCountedRule);

    public static ImmutableArray<CountedRule> Read(string json) => JsonSerializer.Deserialize(json, RedisJson.Default.ImmutableArrayCountedRule);
}

/// <summary>A counter that a request stands in.</summary>
internal readonly record struct Place(string Suffix, LimitMetric Metric, DateTimeOffset WindowEnd)
{
    /// <summary>The metric as scripts know it.</summary>
    public string Letter => Metric switch
    {
        LimitMetric.Requests => "r",
        LimitMetric.Tokens => "t",
        _ => "c",
    };
}

/// <summary>A series with its names worked out once.</summary>
internal sealed class CountedSeries(CountedRule rule)
{
    public BoundLimit Limit { get; } = new(rule.ToLimit());

    public string Id { get; } = RedisKeys.Series(rule.ToLimit().Series);
}

/// <summary>What a limit counts, apart from its name and how much it allows.</summary>
internal sealed record CountedRule(LimitPer Per, LimitMetric Metric, Windows.WindowKind Window, LimitMatch Match)
{
    public static CountedRule Of(LimitRule rule) => new(rule.Per, rule.Metric, rule.Window, rule.Match);

    public LimitRule ToLimit() => new() { Name = string.Empty, Per = Per, Metric = Metric, Window = Window, Limit = 0, Match = Match };
}
