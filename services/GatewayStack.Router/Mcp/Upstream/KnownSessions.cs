using GatewayStack.Contracts.Identity;
using GatewayStack.Router.Mcp.Handles;
using GatewayStack.Router.Mcp.Servers;
using GatewayStack.Router.Pipeline;
using GatewayStack.Router.Standings;

namespace GatewayStack.Router.Mcp.Upstream;

/// <summary>Sessions at MCP servers that callers were seen in: they end there, too, when their caller is cut off.</summary>
/// <remarks>Safe for concurrent use. Bounded; what was not used for the longest time falls out. Whether a handle still opens does not hang on it.</remarks>
internal sealed class KnownSessions(McpUpstream upstream, RouterMetrics metrics, TimeProvider time, ILogger<KnownSessions> logger)
{
    private const int Most = 10_000;
    private const int AtOnce = 8;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Server, string Id), Known> _known = [];

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _known.Count;
            }
        }
    }

    /// <summary>A caller was seen in a session; what vouches for them now will vouch for its end.</summary>
    public void Note(Exchange exchange, McpCall call, McpSession session)
    {
        if (session.Id.Length == 0 || exchange.Context.Identity is not { } caller || exchange.Assertion is not { } assertion)
        {
            return;
        }

        lock (_gate)
        {
            if (_known.Count >= Most)
            {
                foreach (var old in _known.OrderBy(k => k.Value.Used).Take(Most / 10).Select(k => k.Key).ToList())
                {
                    _known.Remove(old);
                }
            }

            _known[(call.Server.Name, session.Id)] = new Known(call.Server, session, caller, assertion, time.GetTimestamp());
        }
    }

    public void Forget(McpCall call)
    {
        if (call.Session is { } session)
        {
            lock (_gate)
            {
                _known.Remove((call.Server.Name, session.Id));
            }
        }
    }

    /// <summary>Ends the sessions of everybody who is cut off; nobody waits for the servers.</summary>
    public void Judge(StandingIndex index)
    {
        if (index.Count == 0)
        {
            return;
        }

        List<Known> ended;
        lock (_gate)
        {
            var now = time.GetUtcNow();
            ended = [.. _known.Values.Where(k => index.Find(k.Caller, new StandingTarget(Server: k.Server.Name), now) is not null)];
            ended.ForEach(k => _known.Remove((k.Server.Name, k.Session.Id)));
        }

        if (ended.Count > 0)
        {
            _ = Parallel.ForEachAsync(ended, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (known, cancellationToken) => await EndAsync(known, cancellationToken));
        }
    }

    private async Task EndAsync(Known known, CancellationToken cancellationToken)
    {
        string? failure;
        try
        {
            failure = await upstream.EndSessionAsync(known.Server, known.Session, known.Caller, known.Assertion, cancellationToken);
        }
        catch (Exception e)
        {
            // Whatever it is: the session is of no more use to anybody who comes through here.
            failure = e.GetType().Name;
        }

        if (failure is null)
        {
            metrics.SessionEnded();
        }
        else
        {
            logger.SessionNotEnded(known.Server.Name, failure);
        }
    }

    private sealed record Known(McpServer Server, McpSession Session, CallerIdentity Caller, string Assertion, long Used)
    {
        /// <summary>Leaves the assertion out.</summary>
        public override string ToString() => "session used at " + Used.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
