using System.Collections.Immutable;
using GatewayStack.Contracts.Identity;

namespace GatewayStack.Router.Standings;

/// <summary>
/// The blocks of one moment, so that asking costs the same with ten thousand of them as with one: measures on the same kinds of things stand in one table, found by what
/// those things are.
/// </summary>
/// <remarks>Immutable.</remarks>
internal sealed class StandingIndex
{
    private readonly ImmutableArray<Table> _tables;

    private StandingIndex(ImmutableArray<Table> tables, long revision, int count) => (_tables, Revision, Count) = (tables, revision, count);

    public static StandingIndex Empty { get; } = new([], 0, 0);

    public long Revision { get; }

    /// <summary>Number of blocks.</summary>
    public int Count { get; }

    public static StandingIndex Build(IEnumerable<StandingMeasure> measures, long revision)
    {
        // What a newer version may do besides is taken for a block; an elevation takes nothing from anybody.
        var blocks = measures.Where(m => m.Effect != StandingEffect.Elevation).ToList();
        var tables = blocks.SelectMany(Placed).GroupBy(p => (p.Shape, p.IsSessionless), p => p.Measure).OrderBy(g => (int)g.Key.Shape).Select(g =>
            new Table(g.Key.Shape, g.Key.IsSessionless, g));
        return new StandingIndex([.. tables], revision, blocks.Count);
    }

    /// <summary>The block on a call that holds the longest; null where there is none.</summary>
    public StandingMeasure? Find(CallerIdentity caller, in StandingTarget target, DateTimeOffset now)
    {
        StandingMeasure? found = null;
        foreach (var table in _tables)
        {
            if (table.Find(caller, target, now) is { } one && (found is null || one.Until > found.Until))
            {
                found = one;
            }
        }

        return found;
    }

    /// <summary>A session that is named beside a time is also on who names no session, and is found by both.</summary>
    private static IEnumerable<(Shape Shape, bool IsSessionless, StandingMeasure Measure)> Placed(StandingMeasure measure)
    {
        var shape = ShapeOf(measure.Subject);
        yield return (shape, false, measure);
        if (measure.Subject is { SessionId: not null, SignedInUntil: not null })
        {
            yield return (shape & ~Shape.Session, true, measure);
        }
    }

    private static Shape ShapeOf(StandingSubject subject) =>
        (subject.Tenant is null ? Shape.None : Shape.Tenant) | (subject.Issuer is null ? Shape.None : Shape.Issuer) | (subject.PersonId is null ? Shape.None
        : Shape.Person) | (subject.UserId is null ? Shape.None : Shape.User)
        | (subject.ClientId is null ? Shape.None : Shape.Client) | (subject.SessionId is null ? Shape.None : Shape.Session) | (subject.Tool is null ? Shape.None
            : Shape.Tool) | (subject.Model is null ? Shape.None : Shape.Model)
        | (subject.Provider is null ? Shape.None : Shape.Provider);

    [Flags]
    private enum Shape
    {
        None = 0,
        Tenant = 1,
        Issuer = 2,
        Person = 4,
        User = 8,
        Client = 16,
        Session = 32,
        Tool = 64,
        Model = 128,
        Provider = 256,
    }

    private readonly record struct Key(
        string? Tenant, string? Issuer, string? Person, string? User, string? Client, string? Session, string? Tool, string? Model, string? Provider);

    /// <summary>All measures on the same kinds of things.</summary>
    private sealed class Table
    {
        private readonly Shape _shape;
        private readonly bool _isSessionless;
        private readonly Dictionary<Key, ImmutableArray<StandingMeasure>> _measures;

        public Table(Shape shape, bool isSessionless, IEnumerable<StandingMeasure> measures)
        {
            (_shape, _isSessionless) = (shape, isSessionless);

            // Of several on one and the same, the longest is asked first. Where they are for who signed in by a time, the latest time is: who signed in after it is meant
            // by none of the rest.
            _measures = measures.GroupBy(m => KeyOf(m.Subject)).ToDictionary(
                g => g.Key, g => g.OrderByDescending(m => m.Subject.SignedInUntil ?? DateTimeOffset.MaxValue).ThenByDescending(m => m.Until).DistinctBy(m => m.Subject).ToImmutableArray());
        }

        public StandingMeasure? Find(CallerIdentity caller, in StandingTarget target, DateTimeOffset now)
        {
            if ((_isSessionless && caller.SessionId is not null) || (Asks(Shape.Tool) && target.Server is null)
                || (Asks(Shape.Model) && target.Model is null && target.ProviderModel is null) || (Asks(Shape.Provider) && target.Provider is null))
            {
                return null;
            }

            var key = new Key(
                Asks(Shape.Tenant) ? caller.Tenant : null, Asks(Shape.Issuer) ? caller.Issuer : null, Asks(Shape.Person) ? caller.PersonId : null, Asks(Shape.User) ? caller.UserId : null,
                Asks(Shape.Client) ? caller.ClientId : null, Asks(Shape.Session) ? caller.SessionId : null, null, null, Asks(Shape.Provider) ? target.Provider : null);
            if (!Asks(Shape.Tool))
            {
                return FindModel(key, caller, target, now);
            }

            return FindModel(key with { Tool = target.Server }, caller, target, now)
                ?? (target.Tool is null ? null : FindModel(key with { Tool = target.Server + "/" + target.Tool }, caller, target, now));
        }

        private Key KeyOf(StandingSubject subject) =>
            new(subject.Tenant, subject.Issuer, subject.PersonId, subject.UserId, subject.ClientId, Asks(Shape.Session) ? subject.SessionId
            : null, subject.Tool, subject.Model, subject.Provider);

        private StandingMeasure? FindModel(in Key key, CallerIdentity caller, in StandingTarget target, DateTimeOffset now)
        {
            if (!Asks(Shape.Model))
            {
                return Get(key, caller, target, now);
            }

            return (target.Model is null ? null : Get(key with { Model = target.Model }, caller, target, now))
                ?? (target.ProviderModel is null ? null : Get(key with { Model = target.ProviderModel }, caller, target, now));
        }

        private StandingMeasure? Get(in Key key, CallerIdentity caller, in StandingTarget target, DateTimeOffset now)
        {
            if (!_measures.TryGetValue(key, out var measures))
            {
                return null;
            }

            var signedIn = Asks(Shape.Session) ? null : caller.AuthTime ?? caller.IssuedAt;
            foreach (var measure in measures)
            {
                if (signedIn > measure.Subject.SignedInUntil)
                {
                    return null;
                }

                // The end is kept by the clock of who asks: a line that is down makes no block longer.
                if (measure.Until > now && measure.Subject.Matches(caller, target))
                {
                    return measure;
                }
            }

            return null;
        }

        private bool Asks(Shape member) => (_shape & member) != Shape.None;
    }
}
