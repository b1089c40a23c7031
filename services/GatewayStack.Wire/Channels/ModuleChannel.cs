using System.Net.Security;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Balancer;
using Grpc.Net.Client.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace GatewayStack.Wire.Channels;

/// <summary>The channel to one module's instances. Spreads calls over all of them, one connection each; repeats nothing.</summary>
internal sealed class ModuleChannel : IDisposable
{
    /// <summary>Largest message, either way: the largest body there can be, and what surrounds it.</summary>
    public const int MaxMessageBytes = (100 + 1) * 1024 * 1024;

    /// <summary>The longest pause between two attempts to reach an instance.</summary>
    internal static readonly TimeSpan LastReconnect = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PingAfter = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstReconnect = TimeSpan.FromMilliseconds(100);

    private readonly ServiceProvider _parts;

    /// <param name="endpoints">Where the instances are.</param>
    /// <param name="tls">How their certificates are verified; null for cleartext.</param>
    /// <param name="time">Measures how long an instance is passed over, when a name is looked up, and how long a connection may be forgotten.</param>
    public ModuleChannel(ModuleEndpoints endpoints, SslClientAuthenticationOptions? tls, TimeProvider time)
    {
        Traces = new CallTraces(time);
        Instances = Math.Max(1, endpoints.Fixed.Length);
        _parts = new ServiceCollection()
            .AddSingleton<ResolverFactory>(new ModuleResolverFactory(endpoints, time))
            .AddSingleton<LoadBalancerFactory>(new SpreadBalancerFactory(Traces, time))
            .BuildServiceProvider();
        var sockets = new SocketsHttpHandler
        {
            EnableMultipleHttp2Connections = true,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            ConnectTimeout = ConnectTimeout,
            KeepAlivePingDelay = PingAfter,
            KeepAlivePingTimeout = PingTimeout,
            // A module is a neighbour: what the environment says about proxies is about others.
            UseProxy = false,
            AllowAutoRedirect = false,
        };
        if (tls is not null)
        {
            sockets.SslOptions = tls;
        }

        Channel = GrpcChannel.ForAddress($"{ModuleResolverFactory.Scheme}:///instances", new GrpcChannelOptions
        {
            Credentials = tls is null ? ChannelCredentials.Insecure : ChannelCredentials.SecureSsl,
            ServiceProvider = _parts,
            ServiceConfig = new ServiceConfig { LoadBalancingConfigs = { new LoadBalancingConfig(SpreadBalancerFactory.Policy) } },
            HttpHandler = new TracingHandler(Traces, endpoints.Name?.Host, sockets),
            DisposeHttpClient = true,
            MaxReceiveMessageSize = MaxMessageBytes,
            MaxSendMessageSize = MaxMessageBytes,
            InitialReconnectBackoff = FirstReconnect,
            MaxReconnectBackoff = LastReconnect,
            // Cancellation looks as it does in one process.
            ThrowOperationCanceledOnCancellation = true,
        });
    }

    public GrpcChannel Channel { get; }

    /// <summary>The calls under way.</summary>
    public CallTraces Traces { get; }

    /// <summary>How many instances are configured; 1 where they are found by a name.</summary>
    public int Instances { get; }

    public void Dispose()
    {
        Channel.Dispose();
        _parts.Dispose();
    }
}
