using System.Collections.Immutable;
using GatewayStack.Wire.Security;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Wire.Forwarding;

/// <summary>The HTTP endpoints of one module's instances, taken in turn.</summary>
internal sealed class ModuleHttp : IDisposable
{
    private readonly HttpAddresses _addresses;
    private readonly Lazy<ImmutableArray<string>> _instances;
    private readonly Lazy<HttpMessageInvoker> _client;
    private uint _next;

    public ModuleHttp(HttpAddresses addresses, ServiceTls tls)
    {
        _addresses = addresses;
        _instances = new(() => [.. addresses.Read().Select(a => a.GetLeftPart(UriPartial.Authority))]);
        _client = new(() => new HttpMessageInvoker(Handler(tls)));
    }

    public string Module => _addresses.Module;

    public HttpMessageInvoker Client => _client.Value;

    /// <summary>Every instance once, beginning with the one whose turn it is.</summary>
    public IEnumerable<string> InTurn()
    {
        var instances = _instances.Value;
        var first = Interlocked.Increment(ref _next);
        for (var i = 0; i < instances.Length; i++)
        {
            yield return instances[(int)((first + (uint)i) % (uint)instances.Length)];
        }
    }

    /// <summary>True where another instance may be asked: nothing of the request was sent, or it only reads and the instance broke off before it answered.</summary>
    public static bool MayAskAnother(string method, Exception? e) => e is HttpRequestException failure
        && (HttpMethods.IsGet(method) || HttpMethods.IsHead(method)
            || failure.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError);

    public void Dispose()
    {
        if (_client.IsValueCreated)
        {
            _client.Value.Dispose();
        }
    }

    private static SocketsHttpHandler Handler(ServiceTls tls)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = TimeSpan.FromSeconds(2),
            // Instances come and go behind a name.
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        };
        if (tls.Enabled)
        {
            handler.SslOptions = tls.ClientOptions();
        }

        return handler;
    }
}
