using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using Grpc.Net.Client.Balancer;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Wire.Channels;

/// <summary>The addresses of a module's instances: those that are configured, or those that a name has at the moment.</summary>
internal sealed class ModuleResolver(ModuleEndpoints endpoints, TimeProvider time, ILoggerFactory loggers) : PollingResolver(loggers)
{
    /// <summary>How often a name is looked up. An instance that is gone is noticed by its connection; this is how one that came is found.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    private ITimer? _timer;

    protected override void OnStarted()
    {
        if (endpoints.Name is not null)
        {
            _timer = time.CreateTimer(_ => Refresh(), null, Interval, Interval);
        }
    }

    protected override async Task ResolveAsync(CancellationToken cancellationToken)
    {
        if (endpoints.Name is not { } name)
        {
            Listener(ResolverResult.ForResult([.. endpoints.Fixed.Select(a => new BalancerAddress(a.Host, a.Port))]));
            return;
        }

        try
        {
            var found = await endpoints.LookUpAsync(name.Host, cancellationToken);
            Listener(ResolverResult.ForResult([.. found.Select(a => new BalancerAddress(a.ToString(), name.Port))]));
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            Listener(ResolverResult.ForFailure(new Status(StatusCode.Unavailable, $"The name {name.Host} has no address.", e)));
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _timer?.Dispose();
        }

        base.Dispose(disposing);
    }
}

/// <summary>Where a module is.</summary>
/// <param name="Fixed">Addresses of its instances.</param>
/// <param name="Name">In place of them, the name and port that all of them share.</param>
internal sealed record ModuleEndpoints(ImmutableArray<Uri> Fixed, DnsEndPoint? Name)
{
    /// <summary>Looks a name up.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> LookUpAsync { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>The endpoints of configured addresses.</summary>
    public static ModuleEndpoints From(ImmutableArray<Uri> addresses)
    {
        if (addresses is not [{ Scheme: ModuleAddresses.Dns } one])
        {
            return new ModuleEndpoints(addresses, null);
        }

        var name = new Uri($"http://{one.AbsolutePath.TrimStart('/')}");
        return new ModuleEndpoints([], new DnsEndPoint(name.Host, name.Port));
    }
}

/// <summary>Makes a channel's resolver.</summary>
internal sealed class ModuleResolverFactory(ModuleEndpoints endpoints, TimeProvider time) : ResolverFactory
{
    public const string Scheme = "module";

    public override string Name => Scheme;

    public override Resolver Create(ResolverOptions options) => new ModuleResolver(endpoints, time, options.LoggerFactory);
}
