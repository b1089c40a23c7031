using System.Collections.Immutable;

namespace GatewayStack.Demo.Backends;

internal sealed record CalendarEvent(string Id, string Title, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string? Location = null);

/// <summary>What <c>POST /events</c> takes.</summary>
internal sealed record NewCalendarEvent(string? Title, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, string? Location);

internal sealed record CalendarListing(string Owner, ImmutableArray<CalendarEvent> Events);

/// <summary>Everybody's calendar, by tenant and person; in memory.</summary>
internal sealed class CalendarStore
{
    private const int MostEvents = 1_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Tenant, string User), ImmutableArray<CalendarEvent>> _events = [];
    private int _last = 100;

    public CalendarStore(TimeProvider time)
    {
        var today = new DateTimeOffset(time.GetUtcNow().Date, TimeSpan.Zero);
        _events[("mercy", "alice")] =
        [
            new CalendarEvent("evt-1", "Ward round, cardiology", today.AddHours(8), today.AddHours(9), "Ward 3"),
            new CalendarEvent("evt-2", "Consultation: second opinion", today.AddHours(10.5), today.AddHours(11), "Room 214"),
            new CalendarEvent("evt-3", "Tumour board", today.AddHours(15), today.AddHours(16), "Conference room B"),
        ];
        _events[("mercy", "nora")] =
        [
            new CalendarEvent("evt-4", "Handover, early shift", today.AddHours(6), today.AddHours(6.5), "Ward 3"),
            new CalendarEvent("evt-5", "Medication training", today.AddHours(13), today.AddHours(14), "Training centre"),
        ];
    }

    public ImmutableArray<CalendarEvent> Read(string tenant, string user)
    {
        lock (_lock)
        {
            return _events.GetValueOrDefault((tenant, user), []);
        }
    }

    /// <returns>The event, or null when the calendar is full.</returns>
    public CalendarEvent? Add(string tenant, string user, string title, DateTimeOffset startsAt, DateTimeOffset endsAt, string? location)
    {
        lock (_lock)
        {
            var events = _events.GetValueOrDefault((tenant, user), []);
            if (events.Length >= MostEvents)
            {
                return null;
            }

            var added = new CalendarEvent($"evt-{++_last}", title, startsAt, endsAt, location);
            _events[(tenant, user)] = events.Add(added);
            return added;
        }
    }

    /// <returns>The event that was removed, or null when there is none.</returns>
    public CalendarEvent? Remove(string tenant, string user, string id)
    {
        lock (_lock)
        {
            var events = _events.GetValueOrDefault((tenant, user), []);
            var found = events.FirstOrDefault(e => e.Id == id);
            if (found is not null)
            {
                _events[(tenant, user)] = events.Remove(found);
            }

            return found;
        }
    }
}
