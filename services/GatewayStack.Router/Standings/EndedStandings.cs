using System.Collections.Immutable;
using GatewayStack.Contracts.Identity;

namespace GatewayStack.Router.Standings;

/// <summary>
/// Remembers who was cut off, past the end of it: a session at an MCP server that had begun before is not gone on with. It began when somebody else may have held the keys.
/// </summary>
/// <remarks>Safe for concurrent use. Bounded; what falls out of it is the oldest. A session whose block nobody remembers has ended at its server all the same.</remarks>
internal sealed class EndedStandings(TimeProvider time)
{
    private const int Most = 10_000;

    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(2);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Seen> _seen = new(StringComparer.Ordinal);
    private volatile StandingIndex _index = StandingIndex.Empty;

    /// <summary>Takes note of what is in force.</summary>
    public void Learn(ImmutableArray<StandingMeasure> measures)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            foreach (var measure in measures.Where(m => m.Subject.IsOnCaller && m.Effect != StandingEffect.Elevation))
            {
                var first = _seen.TryGetValue(measure.Id, out var before) ? before.First : now;
                _seen[measure.Id] = new Seen(measure, first, now);
            }

            var old = _seen.Values.OrderByDescending(s => s.Last).Where((s, i) => i >= Most || s.Last < now - KeptFor).Select(s => s.Measure.Id).ToList();
            old.ForEach(id => _seen.Remove(id));

            // In force until they were first heard of, by this machine's clock: what began before that is asked for as of its beginning.
            _index = _seen.Count == 0 ? StandingIndex.Empty : StandingIndex.Build(_seen.Values.Select(s => s.Measure with { Until = s.First }), 0);
        }
    }

    /// <summary>Whether somebody was cut off after something of theirs had begun.</summary>
    public bool HasEnded(CallerIdentity caller, DateTimeOffset began) => _index.Find(caller, default, began) is not null;

    private sealed record Seen(StandingMeasure Measure, DateTimeOffset First, DateTimeOffset Last);
}
