using System.Net.Http.Headers;
using GatewayStack.Identity.Settings;

namespace GatewayStack.Identity.Issuers;

/// <summary>Posts forms to an issuer's endpoints: where they are and nowhere else, with small answers.</summary>
internal sealed class IssuerHttp : IDisposable
{
    /// <summary>Largest answer read, in bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    // Not from the client factory: a host's defaults for all its clients (retries, logging of requests, headers) have no business with secrets.
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(5),
        MaxConnectionsPerServer = 32,
        MaxResponseHeadersLength = 32,
    });

    /// <summary>Posts one form.</summary>
    /// <exception cref="IssuerCallException">There is no answer that could be read.</exception>
    public async Task<IssuerAnswer> PostAsync(Uri url, IEnumerable<KeyValuePair<string, string>> form, AuthenticationHeaderValue? authorization, CancellationToken cancellationToken)
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
            using var response = await _http.SendAsync(request, cancellationToken);
            var status = (int)response.StatusCode;
            // A redirect is no answer either: the form has secrets in it.
            return status is >= 500 or 429 or (>= 300 and < 400)
                ? throw new IssuerCallException("status", isOutage: true)
                : new IssuerAnswer(status, await ReadAsync(response.Content, cancellationToken));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw new IssuerCallException("unreachable", isOutage: true, e);
        }
    }

    public void Dispose() => _http.Dispose();

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
