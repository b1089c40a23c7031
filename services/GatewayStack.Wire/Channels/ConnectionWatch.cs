using Grpc.Core;
using Grpc.Net.Client.Balancer;

namespace GatewayStack.Wire.Channels;

/// <summary>Sees to it that an instance which is not connected is being connected to.</summary>
/// <remarks>
/// The client library forgets a connection that its other side cuts in the moment at which it was made, as a proxy does whose target is away: it "is connecting" from then on,
/// and nobody connects. Calls that are given to it wait for as long as they may, and with all instances forgotten, all calls do. While somebody tries, the state changes at
/// least once in an attempt and the pause after it.
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
        var watched = new Watched(_inner.CreateSubchannel(options), _traces, _time);
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

    private sealed class Watched
    {
        private readonly CallTraces _traces;
        private readonly TimeProvider _time;
        private readonly BalancerAddress _address;
        private long _changed;
        private int _renewals;

        public Watched(Subchannel subchannel, CallTraces traces, TimeProvider time)
        {
            Subchannel = subchannel;
            _traces = traces;
            _time = time;
            _address = subchannel.GetAddresses()[0];
            _changed = time.GetTimestamp();
            _ = subchannel.OnStateChanged(Changed);
        }

        public Subchannel Subchannel { get; }

        public bool IsGone { get; private set; }

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
            if (state.State == ConnectivityState.Ready)
            {
                // Before the balancer hears of it, and gives it calls.
                _traces.Connected(_address.ToString());
            }
        }
    }
}
