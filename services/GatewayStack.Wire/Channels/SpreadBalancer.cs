using System.Collections.Immutable;
using Grpc.Core;
using Grpc.Net.Client.Balancer;

namespace GatewayStack.Wire.Channels;

/// <summary>Keeps a connection to every instance, and spreads calls over those that have one.</summary>
/// <remarks>
/// An instance that has been away without a sign of an attempt is given a new connection in place of the old one: the client library can come to believe things of a connection
/// that nobody can talk it out of. When a connection that had served ends, whoever is being waited for between two attempts is tried at once: in a rollout the instance that came
/// back may be the only one left. The library calls all of this under its own lock, but for what the timer does.
/// </remarks>
internal sealed class SpreadBalancer : LoadBalancer
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly IChannelControlHelper _controller;
    private readonly CallTraces _traces;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private ImmutableList<InstanceConnection> _connections = [];
    private bool _disposed;

    public SpreadBalancer(IChannelControlHelper controller, CallTraces traces, TimeProvider time)
    {
        (_controller, _traces, _time) = (controller, traces, time);
        _timer = time.CreateTimer(_ => Look(), null, Interval, Interval);
    }

    private ImmutableList<InstanceConnection> Connections => Volatile.Read(ref _connections);

    /// <summary>Follows where the instances are. While one of them is connected, not knowing it is no reason to let go of it.</summary>
    public override void UpdateChannelState(ChannelState state)
    {
        var known = Connections;
        if (state.Addresses is not { Count: > 0 } addresses || state.Status.StatusCode != StatusCode.OK)
        {
            if (!known.Exists(c => c.IsReady))
            {
                Volatile.Write(ref _connections, []);
                known.ForEach(c => c.Dispose());
                Unknown(state.Status.StatusCode == StatusCode.OK ? new Status(StatusCode.Unavailable, "There is no instance.") : state.Status);
            }

            return;
        }

        var endPoints = addresses.Select(a => a.EndPoint).Distinct().ToHashSet();
        var gone = known.FindAll(c => !endPoints.Contains(c.Address.EndPoint));
        endPoints.ExceptWith(known.Select(c => c.Address.EndPoint));
        if (gone.IsEmpty && endPoints.Count == 0)
        {
            return;
        }

        var come = addresses.Where(a => endPoints.Remove(a.EndPoint)).Select(Create).ToImmutableList();
        Volatile.Write(ref _connections, known.RemoveRange(gone).AddRange(come));
        gone.ForEach(c => c.Dispose());
        come.ForEach(c => c.Reach());
        Update(state.Status);
    }

    public override void RequestConnection() => Connections.ForEach(c => c.Reach());

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _disposed = true;
            _timer.Dispose();
            Connections.ForEach(c => c.Dispose());
            Volatile.Write(ref _connections, []);
        }

        base.Dispose(disposing);
    }

    // Without the library's lock, which calls back under it.
    private void Look()
    {
        foreach (var connection in Connections)
        {
            if (connection.IsSilent)
            {
                // Whoever hears of it makes another one.
                connection.Dispose();
            }
            else
            {
                connection.Confirm();
            }
        }
    }

    private InstanceConnection Create(BalancerAddress address)
    {
        var connection = new InstanceConnection(_controller.CreateSubchannel(new SubchannelOptions([address])), address, _time);
        _ = connection.Subchannel.OnStateChanged(s => Changed(connection, s));
        return connection;
    }

    private void Changed(InstanceConnection connection, SubchannelState state)
    {
        var served = connection.IsReady;
        connection.Heard(state.State);
        if (connection.IsReady)
        {
            // Before anybody gives it calls.
            _traces.Connected(connection.Name);
        }
        else if (served && _traces.Disconnected(connection.Name))
        {
            // Not on this thread: the library may hold the lock of this connection while it tells of it, and asks for those of the others.
            ThreadPool.UnsafeQueueUserWorkItem(static balancer => balancer.ReachOthers(), this, preferLocal: false);
        }

        if (_disposed || !Connections.Contains(connection))
        {
            return;
        }

        if (state.State == ConnectivityState.Shutdown)
        {
            connection = Create(connection.Address);
            Volatile.Write(ref _connections, [.. Connections.Select(c => c.Address == connection.Address ? connection : c)]);
        }

        Update(state.Status);
        if (state.State is ConnectivityState.TransientFailure or ConnectivityState.Idle)
        {
            _controller.RefreshResolver();
        }

        if (state.State is ConnectivityState.Shutdown or ConnectivityState.Idle)
        {
            connection.Reach();
        }
    }

    private void ReachOthers() => Connections.FindAll(c => c.IsAway).ForEach(c => c.Reach());

    private void Update(Status status)
    {
        var connections = Connections;
        var ready = connections.FindAll(c => c.IsReady);
        if (!ready.IsEmpty)
        {
            _controller.UpdateState(new BalancerState(ConnectivityState.Ready, new SpreadPicker([.. ready], _traces)));
        }
        else if (connections.Exists(c => c.IsConnecting))
        {
            _controller.UpdateState(new BalancerState(ConnectivityState.Connecting, Nobody.Waits));
        }
        else
        {
            Unknown(status.StatusCode == StatusCode.OK ? new Status(StatusCode.Unavailable, "No instance is connected.") : status);
        }
    }

    private void Unknown(Status status) => _controller.UpdateState(new BalancerState(ConnectivityState.TransientFailure, new Nobody(PickResult.ForFailure(status))));

    /// <summary>Calls wait, or end at once.</summary>
    private sealed class Nobody(PickResult result) : SubchannelPicker
    {
        public static readonly Nobody Waits = new(PickResult.ForQueue());

        public override PickResult Pick(PickContext context) => result;
    }
}

/// <summary>Makes a channel's balancer.</summary>
internal sealed class SpreadBalancerFactory(CallTraces traces, TimeProvider time) : LoadBalancerFactory
{
    public const string Policy = "spread";

    public override string Name => Policy;

    public override LoadBalancer Create(LoadBalancerOptions options) => new SpreadBalancer(options.Controller, traces, time);
}
