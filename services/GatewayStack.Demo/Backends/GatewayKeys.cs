using GatewayStack.Demo.Server;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace GatewayStack.Demo.Backends;

/// <summary>The gateway's public keys, fetched when first needed and again when a token names one that is not among them.</summary>
internal sealed class GatewayKeys(GatewayClient client, DemoAddresses addresses, TimeProvider time, ILogger<GatewayKeys> logger) : IDisposable
{
    /// <summary>Made-up key ids must not become a flood of fetches.</summary>
    public static readonly TimeSpan RefreshInterval = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _one = new(1, 1);
    private volatile JsonWebKeySet? _keys;
    private long? _asked;

    /// <summary>The keys known; none when the gateway cannot be asked.</summary>
    public async Task<JsonWebKeySet> GetAsync(CancellationToken cancellationToken) => _keys ?? await RefreshAsync(cancellationToken);

    /// <summary>Asks again, unless that was just done.</summary>
    public async Task<JsonWebKeySet> RefreshAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (addresses.Gateway is { } gateway && (_asked is not { } asked || time.GetElapsedTime(asked) >= RefreshInterval))
            {
                _asked = time.GetTimestamp();
                await FetchAsync(new Uri(gateway, ".well-known/jwks.json"), cancellationToken);
            }

            return _keys ?? new JsonWebKeySet();
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task FetchAsync(Uri address, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            _keys = new JsonWebKeySet(await client.Http.GetStringAsync(address, either.Token));
        }
        catch (Exception e) when ((e is HttpRequestException or ArgumentException or OperationCanceledException) && !cancellationToken.IsCancellationRequested)
        {
            DemoLog.GatewayKeysUnavailable(logger, address, e.GetType().Name);
        }
    }
}
