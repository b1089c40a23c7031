using System.Collections.Concurrent;
using System.Net;

namespace GatewayStack.Router.Providers;

/// <summary>One connection pool per provider or backend. No redirects, no cookies, no decompression: what comes back is judged as it came.</summary>
internal sealed class ProviderClients : IDisposable
{
    private readonly ConcurrentDictionary<string, HttpMessageInvoker> _clients = new(StringComparer.Ordinal);

    public HttpMessageInvoker For(string name) => _clients.GetOrAdd(name, static _ => new HttpMessageInvoker(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(90),
        PooledConnectionLifetime = TimeSpan.FromMinutes(15),
        EnableMultipleHttp2Connections = true,
        MaxResponseHeadersLength = 64,
        ActivityHeadersPropagator = new TraceOnlyPropagator(),
    }));

    public void Dispose()
    {
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }
    }
}
