using GatewayStack.Contracts.Identity;
using GatewayStack.Router.Pipeline;

namespace GatewayStack.Router.Standings;

/// <summary>All calls that are under way: each is asked for again whenever something is said about who is cut off, and ended where it is about it.</summary>
/// <remarks>Safe for concurrent use. Holds a call from the moment that its caller is known until it has ended, and not longer.</remarks>
internal sealed class LiveExchanges
{
    private readonly Stripe[] _stripes;
    private readonly StandingRefusals _refusals;
    private readonly RouterMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<LiveExchanges> _logger;
    private int _next;

    public LiveExchanges(StandingRefusals refusals, RouterMetrics metrics, TimeProvider time, ILogger<LiveExchanges> logger)
    {
        (_refusals, _metrics, _time, _logger) = (refusals, metrics, time, logger);
        _stripes = [.. Enumerable.Range(0, 16).Select(_ => new Stripe())];
    }

    /// <summary>Number of calls under way.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            foreach (var stripe in _stripes)
            {
                lock (stripe.Gate)
                {
                    count += stripe.Exchanges.Count;
                }
            }

            return count;
        }
    }

    /// <summary>A call begins; it ends by being disposed of.</summary>
    public LiveExchange Enter(Exchange exchange)
    {
        var stripe = _stripes[(uint)Interlocked.Increment(ref _next) % (uint)_stripes.Length];
        var entered = new LiveExchange(exchange, stripe);
        lock (stripe.Gate)
        {
            stripe.Exchanges.Add(entered);
        }

        return entered;
    }

    /// <summary>Ends every call under way that a block is on.</summary>
    public void Judge(StandingIndex index)
    {
        if (index.Count == 0)
        {
            return;
        }

        var now = _time.GetUtcNow();
        foreach (var stripe in _stripes)
        {
            LiveExchange[] exchanges;
            lock (stripe.Gate)
            {
                exchanges = [.. stripe.Exchanges];
            }

            foreach (var exchange in exchanges)
            {
                if (exchange.Judge(index, _refusals, now) is { } measure)
                {
                    _metrics.CutOffUnderWay(StandingRefusals.KindOf(measure));
                    _logger.CutOffUnderWay(exchange.RequestId, measure.Id);
                }
            }
        }
    }

    /// <summary>A part of the calls, with a lock of its own.</summary>
    internal sealed class Stripe
    {
        public Lock Gate { get; } = new();

        public HashSet<LiveExchange> Exchanges { get; } = [];
    }
}

/// <summary>A call under way.</summary>
internal sealed class LiveExchange : IDisposable
{
    private readonly Exchange _exchange;
    private readonly LiveExchanges.Stripe _stripe;
    private readonly CancellationTokenSource _end;
    private readonly Lock _gate = new();
    private bool _left;

    public LiveExchange(Exchange exchange, LiveExchanges.Stripe stripe)
    {
        (_exchange, _stripe) = (exchange, stripe);
        _end = CancellationTokenSource.CreateLinkedTokenSource(exchange.Http.RequestAborted);
        Token = _end.Token;
    }

    public string RequestId => _exchange.Context.RequestId;

    /// <summary>Ends with the caller's connection, or when the call is cut off.</summary>
    public CancellationToken Token { get; }

    /// <returns>The block that ended it just now.</returns>
    public StandingMeasure? Judge(StandingIndex index, StandingRefusals refusals, DateTimeOffset now)
    {
        if (_exchange.CutOff is not null || StandingTargets.FindBlock(index, _exchange, now) is not { } measure)
        {
            return null;
        }

        lock (_gate)
        {
            if (_left || _exchange.CutOff is not null)
            {
                return null;
            }

            _exchange.CutOff = refusals.CutOff(_exchange, measure);

            // What waits for it goes on elsewhere: thousands of calls are ended one after the other here.
            _ = _end.CancelAsync();
            return measure;
        }
    }

    /// <summary>The answer is whole: from here on nothing is taken back.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            _left = true;
        }
    }

    public void Dispose()
    {
        Leave();
        lock (_stripe.Gate)
        {
            _stripe.Exchanges.Remove(this);
        }

        _end.Dispose();
    }
}
