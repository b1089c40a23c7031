using System.Collections.Concurrent;
using GatewayStack.Router.Doors;
using GatewayStack.Router.Pipeline;

namespace GatewayStack.Router.Modules;

/// <summary>What is known of a request that comes again.</summary>
internal enum FailedBefore
{
    /// <summary>Nothing.</summary>
    No,

    /// <summary>It was sent to this module and not answered: it may be sent again, but it can open nothing.</summary>
    OpensNothing,

    /// <summary>As before, and too short a time ago to be sent again.</summary>
    IsNotSent,
}

/// <summary>
/// Remembers requests that a module was sent and did not answer: one of them may be what broke it. For ten minutes none of them opens anything; each is sent again after 5 seconds,
/// then a minute, then not before it is forgotten, so that an outage does not lock out those who were under way. A keyed hash of person, route and body stands for the request; one
/// that brings nothing of its own is not remembered.
/// </summary>
internal sealed class FailedRequests(TimeProvider time)
{
    private const int Most = 10_000;
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1), Kept];

    private readonly KeyedHash _hash = new();
    private readonly ConcurrentDictionary<(string Module, string Digest), Entry> _entries = new();
    private readonly Lock _gate = new();

    public FailedBefore Find(ModuleCall call)
    {
        if (_entries.IsEmpty || KeyOf(call) is not { } key || !_entries.TryGetValue(key, out var entry))
        {
            return FailedBefore.No;
        }

        var age = time.GetElapsedTime(entry.At);
        if (age < Pauses[Math.Min(entry.Times, Pauses.Length) - 1])
        {
            return FailedBefore.IsNotSent;
        }

        return age < Kept ? FailedBefore.OpensNothing : FailedBefore.No;
    }

    public void Remember(ModuleCall call)
    {
        if (KeyOf(call) is not { } key)
        {
            return;
        }

        lock (_gate)
        {
            if (_entries.Count >= Most && !_entries.ContainsKey(key))
            {
                MakeRoom();
            }

            var times = _entries.TryGetValue(key, out var before) && time.GetElapsedTime(before.At) < Kept ? before.Times + 1 : 1;
            _entries[key] = new Entry(time.GetTimestamp(), times);
        }
    }

    /// <summary>The module has answered it after all.</summary>
    public void Forget(ModuleCall call)
    {
        if (KeyOf(call) is { } key)
        {
            _entries.TryRemove(key, out _);
        }
    }

    private void MakeRoom()
    {
        foreach (var (key, entry) in _entries)
        {
            if (time.GetElapsedTime(entry.At) >= Kept)
            {
                _entries.TryRemove(key, out _);
            }
        }

        if (_entries.Count >= Most)
        {
            _entries.TryRemove(_entries.MinBy(e => e.Value.At).Key, out _);
        }
    }

    private (string Module, string Digest)? KeyOf(ModuleCall call)
    {
        if (call.Exchange is not { } exchange)
        {
            return null;
        }

        if (exchange.Context.Identity is not { } person)
        {
            return (call.Module, _hash.Of(Credentials(exchange)));
        }

        // A list of models holds nothing of the caller's own: it broke nobody, and it is the same when all is well again.
        if (exchange.Body.IsEmpty && !exchange.Route.Route.Pattern.Contains('{', StringComparison.Ordinal))
        {
            return null;
        }

        // The body is read once and for all before the first stage that is sent anything of it.
        exchange.Digest ??= _hash.Of([person.Tenant, person.PersonId, exchange.Route.Route.Name, exchange.Http.Request.Method,
            exchange.Http.Request.Path.Value ?? string.Empty], exchange.Body.Span);
        return (call.Module, exchange.Digest);
    }

    private static IEnumerable<string> Credentials(Exchange exchange) =>
        CredentialReader.Read(exchange.Http.Request.Headers).Select(c => c.Value).Append(exchange.Http.Request.Headers["Backend-Credential"].ToString());

    private readonly record struct Entry(long At, int Times);
}
