using Grpc.Core;
using Grpc.Net.Client.Balancer;

namespace GatewayStack.Wire.Channels;

/// <summary>The connection to one instance, and what was heard of it.</summary>
/// <remarks>
/// The client library changes a connection's state and what it knows of its socket in two steps, and tells of it in a third, each under a lock of its own. Where a connection is
/// cut in the moment at which it was made, as a proxy does whose target is away, those of two attempts mix: it "is connecting" from then on and nobody connects; or it is ready
/// and has no socket; or has one, and was told last to be idle. What is heard of an instance that somebody connects to changes at least once in an attempt and the pause after it.
/// </remarks>
internal sealed class InstanceConnection(Subchannel subchannel, BalancerAddress address, TimeProvider time) : IDisposable
{
    /// <summary>How long an instance may be away without a sign of an attempt.</summary>
    internal static readonly TimeSpan Silence = TimeSpan.FromSeconds(3);

    private static readonly BalancerAttributesKey<int> Confirmation = new("confirmation");

    private volatile ConnectivityState _heard = ConnectivityState.Idle;
    private long _changed = time.GetTimestamp();
    private int _confirmations;
    private int _disposed;

    public Subchannel Subchannel => subchannel;

    public BalancerAddress Address => address;

    public string Name { get; } = address.ToString();

    /// <summary>True where calls may be given to it, as far as was heard.</summary>
    public bool IsReady => _heard == ConnectivityState.Ready;

    public bool IsConnecting => _heard is ConnectivityState.Connecting or ConnectivityState.Idle;

    /// <summary>True where no call can go to it.</summary>
    public bool IsAway => !IsReady || subchannel.CurrentAddress is null;

    /// <summary>True where it has been away for so long without a change that nobody is connecting.</summary>
    public bool IsSilent => IsAway && time.GetElapsedTime(Interlocked.Read(ref _changed)) >= Silence;

    public void Heard(ConnectivityState state)
    {
        Interlocked.Exchange(ref _changed, time.GetTimestamp());
        _heard = state;
    }

    /// <summary>
    /// Connects where the library does not hold to what was heard of it. An address that differs in an attribute is another one: to whom the library is connected nothing happens,
    /// for anybody else it begins anew.
    /// </summary>
    public void Confirm()
    {
        if (IsAway)
        {
            return;
        }

        var same = new BalancerAddress(address.EndPoint);
        same.Attributes.Set(Confirmation, ++_confirmations);
        Try(s => s.UpdateAddresses([same]));
    }

    /// <summary>Connects, or ends the pause after an attempt that failed.</summary>
    public void Reach() => Try(static s => s.RequestConnection());

    public void Dispose()
    {
        // The library takes it from one thread.
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            subchannel.Dispose();
        }
    }

    private void Try(Action<Subchannel> act)
    {
        try
        {
            act(subchannel);
        }
        catch (Exception e) when (e is InvalidOperationException or ObjectDisposedException)
        {
            // Shut down meanwhile.
        }
    }
}
