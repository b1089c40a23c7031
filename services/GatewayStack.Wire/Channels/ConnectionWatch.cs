using Grpc.Core;
using Grpc.Net.Client.Balancer;

namespace GatewayStack.Wire.Channels;

/// <summary>Sees to it that an instance which is not connected is being connected to: at once when another one goes.</summary>
/// <remarks>
/// The client library forgets a connection that its other side cuts in the moment at which it was made, as a proxy does whose target is away: it "is connecting" from then on,
/// and nobody connects. Calls that are given to it wait for as long as they may, and with all instances forgotten, all calls do. While somebody tries, the state changes at
/// least once in an attempt and the pause after it.
/// When a connection that had served ends, whoever is being waited for between two attempts is tried at once: in a rollout the instance that came back may be the only one left.
/// </remarks>
internal sealed class ConnectionWatch : IChannelControlHelper, IDisposable
{
    /// <summary>How long an instance may be away without a sign of an attempt.</summary>
    internal static readonly TimeSpan Silence = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly BalancerAttributesKey<int> Renewed = new("renewed");

    private readonly IChannelControlHelper _inner;
    private readonly CallTraces _traces;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private readonly List<Watched> _watched = [];

    public ConnectionWatch(IChannelControlHelper inner, CallTraces traces, TimeProvider time)
    {
        _inner = inner;
        _traces = traces;
        _time = time;
        _timer = time.CreateTimer(_ => Look(), null, Interval, Interval);
    }

    public Subchannel CreateSubchannel(SubchannelOptions options)
    {
        var watched = new Watched(_inner.CreateSubchannel(options), this);
        lock (_gate)
        {
            _watched.Add(watched);
        }

        return watched.Subchannel;
    }

    public void UpdateState(BalancerState state) => _inner.UpdateState(state);

    public void RefreshResolver() => _inner.RefreshResolver();

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        List<Watched> silent;
        lock (_gate)
        {
            _watched.RemoveAll(w => w.IsGone);
            silent = _watched.FindAll(w => w.IsSilent(Silence));
        }

        // Outside of the lock: the library calls back.
        silent.ForEach(w => w.Renew(Renewed));
    }

    private void Connected(string instance) => _traces.Connected(instance);

    private void Disconnected(string instance)
    {
        if (!_traces.Disconnected(instance))
        {
            return;
        }

        // Not on this thread: the library may hold the lock of the one while it tells of it, and asks for those of the others.
        ThreadPool.UnsafeQueueUserWorkItem(static watch => watch.ReachOthers(), this, preferLocal: false);
    }

    private void ReachOthers()
    {
        List<Watched> away;
        lock (_gate)
        {
            away = _watched.FindAll(w => w.IsAway);
        }

        away.ForEach(w => w.Reach());
    }

    private sealed class Watched
    {
        private readonly ConnectionWatch _watch;
        private readonly TimeProvider _time;
        private readonly BalancerAddress _address;
        private long _changed;
        private int _renewals;
        private bool _wasReady;

        public Watched(Subchannel subchannel, ConnectionWatch watch)
        {
            Subchannel = subchannel;
            _watch = watch;
            _time = watch._time;
            _address = subchannel.GetAddresses()[0];
            _changed = _time.GetTimestamp();
            _ = subchannel.OnStateChanged(Changed);
        }

        public Subchannel Subchannel { get; }

        public bool IsGone { get; private set; }

        public bool IsAway => !IsGone && Subchannel.CurrentAddress is null;

        public bool IsSilent(TimeSpan silence) => Subchannel.CurrentAddress is null && _time.GetElapsedTime(Interlocked.Read(ref _changed)) >= silence;

        /// <summary>Begins anew: an address that differs in an attribute is another one, for which whatever is under way is given up.</summary>
        public void Renew(BalancerAttributesKey<int> key)
        {
            Interlocked.Exchange(ref _changed, _time.GetTimestamp());
            var address = new BalancerAddress(_address.EndPoint.Host, _address.EndPoint.Port);
            address.Attributes.Set(key, ++_renewals);
            try
            {
                Subchannel.UpdateAddresses([address]);
            }
            catch (Exception e) when (e is InvalidOperationException or ObjectDisposedException)
            {
                // Shut down meanwhile.
                return;
            }

            Reach();
        }

        /// <summary>Connects, or ends the pause after an attempt that failed.</summary>
        public void Reach()
        {
            try
            {
                Subchannel.RequestConnection();
            }
            catch (Exception e) when (e is InvalidOperationException or ObjectDisposedException)
            {
                // Shut down meanwhile.
            }
        }

        private void Changed(SubchannelState state)
        {
            Interlocked.Exchange(ref _changed, _time.GetTimestamp());
            IsGone |= state.State == ConnectivityState.Shutdown;
            var wasReady = _wasReady;
            _wasReady = state.State == ConnectivityState.Ready;
            if (_wasReady)
            {
                // Before the balancer hears of it, and gives it calls.
                _watch.Connected(_address.ToString());
            }
            else if (wasReady)
            {
                _watch.Disconnected(_address.ToString());
            }
        }
    }
}
