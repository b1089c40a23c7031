using GatewayStack.Router.Routing;

namespace GatewayStack.Router.Modules;

/// <summary>How a module on the other side of a wire is believed to be.</summary>
internal enum ModuleState
{
    /// <summary>It has not yet answered a probe.</summary>
    Unknown,

    /// <summary>Calls go through.</summary>
    Closed,

    /// <summary>Calls end at once as never reached.</summary>
    Open,
}

/// <summary>
/// The breaker of one module. Opens when the failures of several people say so, or two probes in a row do: never by one sender. Closes by a probe alone, so that no request is
/// the guinea pig; after failures not before its break is over, which grows while it keeps opening.
/// </summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class ModuleBreaker(string module, RouterSnapshotStore settings, TimeProvider time, RouterMetrics metrics, ILogger<ModuleBreaker> logger)
{
    private const int RedProbes = 2;
    private static readonly TimeSpan LongestBreak = TimeSpan.FromSeconds(30);
    private static readonly BreakerOptions Default = new();

    private readonly Lock _gate = new();
    private readonly FailureWindow _window = new();
    private readonly long _start = time.GetTimestamp();
    private volatile bool _open;
    private volatile bool _known;
    private bool _byProbe;
    private int _red;
    private int _repeats;
    private TimeSpan _openedAt;
    private TimeSpan? _closedAt;

    public string Module => module;

    public bool IsOpen => _open;

    public ModuleState State => _open ? ModuleState.Open : _known ? ModuleState.Closed : ModuleState.Unknown;

    private BreakerOptions Settings => settings.Options.Breakers.GetValueOrDefault(module) ?? Default;

    private TimeSpan Now => time.GetElapsedTime(_start);

    /// <summary>A call was answered.</summary>
    public void Answered()
    {
        lock (_gate)
        {
            _window.Answered(Now, Sampling());
        }
    }

    /// <summary>A call was not answered, twice. Of a sender nobody knows it says nothing: anyone could pose as many.</summary>
    public void Failed(string? sender)
    {
        if (sender is null)
        {
            return;
        }

        lock (_gate)
        {
            _window.Failed(sender, Now, Sampling());
            if (!_open && _window.Says(Settings.FailureRatio, Settings.MinimumThroughput))
            {
                Open("failures", byProbe: false);
            }
        }
    }

    /// <summary>A probe has ended.</summary>
    /// <param name="well">True when an instance says that it is serving.</param>
    public void Probed(bool well)
    {
        lock (_gate)
        {
            if (!well)
            {
                // One lost probe is an accident; nobody has been served yet before the first good one.
                if (++_red >= RedProbes || !_known)
                {
                    Open("probe", byProbe: true);
                }

                return;
            }

            (_red, _known) = (0, true);
            if (_open && (_byProbe || Now - _openedAt >= Break()))
            {
                Close();
            }
        }
    }

    private TimeSpan Sampling() => TimeSpan.FromSeconds(Settings.SamplingSeconds);

    private TimeSpan Break()
    {
        var grown = TimeSpan.FromSeconds(Settings.BreakSeconds) * (1 << Math.Min(_repeats, 5));
        return grown < LongestBreak ? grown : TimeSpan.FromSeconds(Math.Max(Settings.BreakSeconds, LongestBreak.TotalSeconds));
    }

    private void Open(string cause, bool byProbe)
    {
        _byProbe |= byProbe;
        if (_open)
        {
            return;
        }

        _openedAt = Now;
        _repeats = _closedAt is { } closed && Now - closed < 2 * Sampling() ? _repeats + 1 : 0;
        _open = true;
        metrics.BreakerChanged(module, open: true);
        logger.BreakerOpened(module, cause);
    }

    private void Close()
    {
        (_open, _byProbe, _closedAt) = (false, false, Now);
        _window.Clear();
        metrics.BreakerChanged(module, open: false);
        logger.BreakerClosed(module, (Now - _openedAt).TotalSeconds);
    }
}
