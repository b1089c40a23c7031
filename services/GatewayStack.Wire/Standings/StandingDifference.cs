using System.Collections.Immutable;
using GatewayStack.Contracts.Identity;
using GatewayStack.Wire.Common;
using Google.Protobuf.WellKnownTypes;

namespace GatewayStack.Wire.Standings;

/// <summary>What one follower has to be told, given what it was told before. A measure never changes: it comes and goes.</summary>
internal sealed class StandingDifference
{
    private ImmutableArray<StandingMeasure> _told;

    public V1.StandingUpdate To(StandingSnapshot snapshot)
    {
        var update = new V1.StandingUpdate { Revision = snapshot.Revision, AsOf = Timestamp.FromDateTimeOffset(snapshot.AsOf), Complete = _told.IsDefault };
        if (_told.IsDefault)
        {
            update.Added.AddRange(snapshot.Measures.Select(StandingsMapper.ToMessage));
        }
        else if (_told != snapshot.Measures)
        {
            var before = _told.Select(m => m.Id).ToHashSet(StringComparer.Ordinal);
            var now = snapshot.Measures.Select(m => m.Id).ToHashSet(StringComparer.Ordinal);
            update.Added.AddRange(snapshot.Measures.Where(m => !before.Contains(m.Id)).Select(StandingsMapper.ToMessage));
            update.Removed.AddRange(_told.Where(m => !now.Contains(m.Id)).Select(m => m.Id));
        }

        _told = snapshot.Measures;
        return update;
    }
}

/// <summary>What a follower knows, from what it was told.</summary>
internal sealed class StandingPicture
{
    private ImmutableArray<StandingMeasure> _measures;

    /// <summary>Takes a message in.</summary>
    /// <returns>All that is in force now; null where the message does not follow from what came before, or says what cannot be understood.</returns>
    public StandingSnapshot? Take(V1.StandingUpdate update)
    {
        var known = update.Complete ? [] : _measures;
        if (known.IsDefault || CommonMapper.ToTime(update.AsOf) is not { } asOf)
        {
            return null;
        }

        if (update.Added.Count > 0 || update.Removed.Count > 0)
        {
            var removed = update.Removed.ToHashSet(StringComparer.Ordinal);
            var measures = known.Where(m => !removed.Contains(m.Id)).ToImmutableArray().ToBuilder();
            foreach (var message in update.Added)
            {
                if (StandingsMapper.ToRecord(message) is not { } measure)
                {
                    return null;
                }

                // On nothing is on everybody: a newer version means something that has no name here, and that nothing here could be held to.
                if (!measure.Subject.IsEmpty)
                {
                    measures.Add(measure);
                }
            }

            known = measures.DrainToImmutable();
        }

        _measures = known;
        return new StandingSnapshot { Revision = update.Revision, AsOf = asOf, Measures = known };
    }
}
