using System.Collections.Immutable;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Balancer;
using Grpc.Net.Client.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace GatewayStack.Wire.Channels;

/// <summary>The channel to one module's instances. Spreads calls over all of them, one connection each; retries nothing.</summary>
internal sealed class ModuleChannel : IDisposable
{
    private readonly ServiceProvider _resolvers;

    /// <param name="addresses">The instances' gRPC endpoints; cleartext HTTP/2.</param>
    public ModuleChannel(ImmutableArray<Uri> addresses)
    {
        var balanced = addresses.Select(a => new BalancerAddress(a.Host, a.Port)).ToArray();
        _resolvers = new ServiceCollection().AddSingleton<ResolverFactory>(new StaticResolverFactory(_ => balanced)).BuildServiceProvider();
        Channel = GrpcChannel.ForAddress("static:///module", new GrpcChannelOptions
        {
            Credentials = ChannelCredentials.Insecure,
            ServiceProvider = _resolvers,
            ServiceConfig = new ServiceConfig { LoadBalancingConfigs = { new RoundRobinConfig() } },
            HttpHandler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true, PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan },
            DisposeHttpClient = true,
            // Cancellation looks as it does in one process.
            ThrowOperationCanceledOnCancellation = true,
        });
    }

    public GrpcChannel Channel { get; }

    public void Dispose()
    {
        Channel.Dispose();
        _resolvers.Dispose();
    }
}
