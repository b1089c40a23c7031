using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Text.Json;
using GatewayStack.Demo.Server;

namespace GatewayStack.Demo.Issuer.Clients;

/// <summary>A document that was fetched, or why there is none, in a sentence for people.</summary>
internal readonly record struct DocumentReading(ClientMetadata? Metadata, string? Problem)
{
    public static implicit operator DocumentReading(string problem) => new(null, problem);
}

/// <summary>Fetches client id metadata documents: whoever signs in chooses the address, so it may lead nowhere but to the public network.</summary>
internal sealed class ClientDocuments : IDisposable
{
    private const int LongestUrl = 512;
    private const int LargestDocument = 64 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    private readonly DocumentTransport _transport;
    private readonly HttpMessageInvoker _http;

    public ClientDocuments(DemoServerOptions options)
    {
        _transport = options.DocumentTransport;
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = false,
            MaxResponseHeadersLength = 16,
            // Each fetch resolves, checks and connects anew: an address that was public once may be another one now.
            PooledConnectionLifetime = TimeSpan.Zero,
            ConnectCallback = ConnectAsync,
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = _transport.CertificateValidation },
        });
    }

    /// <summary>True for an id that can be the address of a document.</summary>
    public static bool IsDocumentId(string id) => id.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || id.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the document at an address.</summary>
    public async Task<DocumentReading> ReadAsync(string id, CancellationToken cancellationToken)
    {
        if (!IsWellFormed(id, out var url))
        {
            return "The application's id must be an https address with a path, in its plain form.";
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(_transport.Timeout);
        try
        {
            return await FetchAsync(id, url, deadline.Token);
        }
        catch (NotPublicException)
        {
            return "The address leads to a network that is not public.";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "The document did not come in time.";
        }
        catch (Exception e) when (e is HttpRequestException or IOException or System.Net.Sockets.SocketException)
        {
            return e.InnerException is NotPublicException ? "The address leads to a network that is not public." : "The document could not be fetched.";
        }
    }

    public void Dispose() => _http.Dispose();

    private static bool IsWellFormed(string id, out Uri url) =>
        Uri.TryCreate(id, UriKind.Absolute, out url!)
        && id.Length <= LongestUrl
        && url is { Scheme: "https", UserInfo: "", Fragment: "" }
        && url.AbsolutePath.Length > 1
        // As it is written: with dot segments, another case or an escape it would be a second name for one document.
        && string.Equals(url.AbsoluteUri, id, StringComparison.Ordinal);

    private async Task<DocumentReading> FetchAsync(string id, Uri url, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var response = await _http.SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            return $"The address answers with {(int)response.StatusCode} where a document should be.";
        }

        if (response.Content.Headers.ContentType?.MediaType is not { } media || !media.EndsWith("json", StringComparison.OrdinalIgnoreCase)
            || response.Content.Headers.ContentEncoding.Count > 0)
        {
            return "What is at the address is no JSON.";
        }

        if (await ReadBodyAsync(response.Content, cancellationToken) is not { } body)
        {
            return "The document is too large.";
        }

        try
        {
            using var json = JsonDocument.Parse(body, Strict);
            return Judge(id, json.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return "What is at the address is no JSON.";
        }
    }

    private static DocumentReading Judge(string id, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("client_id", out var named) || named.ValueKind != JsonValueKind.String
            || !string.Equals(named.GetString(), id, StringComparison.Ordinal))
        {
            return "The document is another application's: it does not name its own address.";
        }

        if (json.TryGetProperty("token_endpoint_auth_method", out var method)
            && (method.ValueKind != JsonValueKind.String || method.GetString() is not ("none" or "private_key_jwt")))
        {
            return "The document asks for a shared secret, which an application with a public document cannot have.";
        }

        var reading = ClientMetadataReader.Read(json);
        return reading.Metadata is { } metadata ? new DocumentReading(metadata, null) : "The document is not fit for use: " + reading.Description;
    }

    private static async Task<byte[]?> ReadBodyAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var buffer = new byte[LargestDocument + 1];
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length > LargestDocument ? null : buffer[..length];
    }

    /// <summary>Connects to the very address that was judged: a name that is asked for twice may have two answers.</summary>
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await _transport.ResolveAsync(context.DnsEndPoint.Host, cancellationToken);
        // One that is not public makes all of them suspect.
        if (addresses.Length == 0 || !Array.TrueForAll(addresses, PublicAddress.Is))
        {
            throw new NotPublicException();
        }

        return await _transport.ConnectAsync(new IPEndPoint(addresses[0], context.DnsEndPoint.Port), cancellationToken);
    }

    private sealed class NotPublicException() : IOException("The address is not public.");
}
