using System.Net;
using GatewayStack.Identity.Settings;

namespace GatewayStack.Identity.Issuers;

/// <summary>Fetches an issuer's documents: small, soon, over https, and from where they were asked for.</summary>
internal sealed class DocumentFetcher : IDisposable
{
    /// <summary>Largest document read, in bytes.</summary>
    public const int MaxBytes = 512 * 1024;

    private const int MostRedirects = 3;

    // Not from the client factory: a host's defaults for all its clients (retries, discovery, headers) have no business here.
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(5),
        MaxResponseHeadersLength = 32,
    });

    /// <summary>Gets one document.</summary>
    /// <exception cref="KeySourceException">It could not be had.</exception>
    public async Task<byte[]> GetAsync(Uri url, CancellationToken cancellationToken)
    {
        var next = url;
        for (var hop = 0; hop <= MostRedirects; hop++)
        {
            if (!Urls.IsSafe(next))
            {
                throw new KeySourceException("not_https");
            }

            using var request = new HttpRequestMessage(HttpMethod.Get, next);
            request.Headers.Accept.ParseAdd("application/json");
            using var response = await SendAsync(request, cancellationToken);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                return await ReadAsync(response.Content, cancellationToken);
            }

            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location)
            {
                throw new KeySourceException("status");
            }

            next = new Uri(next, location);
            if (next.Scheme != url.Scheme || next.Authority != url.Authority)
            {
                throw new KeySourceException("redirect_off_origin");
            }
        }

        throw new KeySourceException("too_many_redirects");
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await _http.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw new KeySourceException("unreachable", e);
        }
    }

    private static async Task<byte[]> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var buffer = new MemoryStream();
        try
        {
            var stream = await content.ReadAsStreamAsync(cancellationToken);
            var chunk = new byte[16 * 1024];
            int read;
            while ((read = await stream.ReadAsync(chunk, cancellationToken)) > 0)
            {
                if (buffer.Length + read > MaxBytes)
                {
                    throw new KeySourceException("too_large");
                }

                buffer.Write(chunk, 0, read);
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw new KeySourceException("broken_off", e);
        }

        return buffer.ToArray();
    }
}
