using System.Collections.Concurrent;
using GatewayStack.Contracts.Identity;

namespace GatewayStack.Router.Recording;

/// <summary>
/// Bounds the work that refused requests cost: nothing is reserved for them, so no limit counts them. A person may cause <see cref="UnitsPerMinute"/>
/// units a minute, one for a request and one for every 16 KiB of its body; then the rest of the minute is refused before a body is read.
/// </summary>
internal sealed class RefusedRequests(TimeProvider time)
{
    public const int UnitsPerMinute = 1200;
    private const int BytesPerUnit = 16 * 1024;

    private Window _window = new(0);

    public void Count(CallerIdentity person, int bodyBytes) =>
        Current().Units.AddOrUpdate((person.Tenant, person.PersonId), static (_, units) => units, static (_, before, units) => before + units, 1 + (bodyBytes / BytesPerUnit));

    /// <summary>How long to wait, or null when the person may go on.</summary>
    public TimeSpan? MustWait(CallerIdentity person) =>
        Current().Units.TryGetValue((person.Tenant, person.PersonId), out var units) && units >= UnitsPerMinute
            ? TimeSpan.FromSeconds(60 - (time.GetUtcNow().ToUnixTimeSeconds() % 60))
            : null;

    private Window Current()
    {
        var minute = time.GetUtcNow().ToUnixTimeSeconds() / 60;
        var window = Volatile.Read(ref _window);
        if (window.Minute == minute)
        {
            return window;
        }

        // Who loses the race uses the winner's window; a count that goes to the old one is lost with it.
        var fresh = new Window(minute);
        return Interlocked.CompareExchange(ref _window, fresh, window) == window ? fresh : Volatile.Read(ref _window);
    }

    private sealed record Window(long Minute)
    {
        public ConcurrentDictionary<(string Tenant, string PersonId), int> Units { get; } = new();
    }
}
