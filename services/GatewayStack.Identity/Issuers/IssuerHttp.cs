using System.Net.Http.Headers;
using GatewayStack.Identity.Settings;

namespace GatewayStack.Identity.Issuers;

/// <summary>Posts forms to an issuer's endpoints: where they are and nowhere else, with small answers.</summary>
internal sealed class IssuerHttp : IDisposable
{
    /// <summary>Largest answer read, in bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    // Not from the client factory: a host's defaults for all its clients (retries, logging of requests, headers) have no business with secrets.
    // Issuers may share a server: what strangers ask of one takes no connection that others need.
    private readonly HttpMessageInvoker _strangers = Invoker(mostConnections: 32);
    // Room for introspection (64), exchange (64) and upstreams' tokens beside each other.
    private readonly HttpMessageInvoker _known = Invoker(mostConnections: 192);

    /// <summary>Posts one form.</summary>
    /// <exception cref="IssuerCallException">There is no answer that could be read.</exception>
    public async Task<IssuerAnswer> PostAsync(
        Uri url, IEnumerable<KeyValuePair<string, string>> form, AuthenticationHeaderValue? authorization, Asker asker, CancellationToken cancellationToken)
    {
        if (!Urls.IsSafe(url))
        {
            throw new IssuerCallException("not_https", isOutage: true);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Authorization = authorization;
        try
        {
            using var response = await (asker == Asker.Known ? _known : _strangers).SendAsync(request, cancellationToken);
            var status = (int)response.StatusCode;
            // A redirect is no answer either: the form has secrets in it.
            // Being told to ask less is an answer, too: who is told so says nothing about who asks next.
            return status is >= 500 or 429 or (>= 300 and < 400)
                ? throw new IssuerCallException("status", isOutage: status != 429)
                : new IssuerAnswer(status, await ReadAsync(response.Content, cancellationToken));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new IssuerCallException("unreachable", isOutage: true, e);
        }
    }

    public void Dispose()
    {
        _strangers.Dispose();
        _known.Dispose();
    }

    private static HttpMessageInvoker Invoker(int mostConnections) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(5),
        MaxConnectionsPerServer = mostConnections,
        MaxResponseHeadersLength = 32,
    });

    private static async Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var buffer = new MemoryStream();
        var stream = await content.ReadAsStreamAsync(cancellationToken);
        var chunk = new byte[8 * 1024];
        int read;
        while ((read = await stream.ReadAsync(chunk, cancellationToken)) > 0)
        {
            if (buffer.Length + read > MaxBytes)
            {
                throw new IssuerCallException("too_large", isOutage: false);
            }

            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }
}

/// <summary>An issuer's answer. The body may hold a token: never logged.</summary>
internal sealed record IssuerAnswer(int Status, byte[] Body)
{
    /// <summary>Leaves the body out.</summary>
    public override string ToString() => $"answer {Status}";
}
