using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace GatewayStack.Credentials.Http;

/// <summary>Asks gateways and issuers for small JSON documents. Follows no redirect: a code or a refresh token goes where it was sent and nowhere else.</summary>
internal sealed class OAuthHttp : IDisposable
{
    private const int MostBytes = 256 * 1024;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(10) })
    {
        Timeout = Longest,
        MaxResponseContentBufferSize = MostBytes,
    };

    /// <summary>Shared by a program's credentials: connections to an issuer are few and far between.</summary>
    public static OAuthHttp Shared { get; } = new();

    /// <summary>Reads a document; null where there is none (a status that is no 200).</summary>
    /// <exception cref="CredentialException">Nobody answers, or it is not JSON.</exception>
    public async Task<T?> GetAsync<T>(Uri address, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        var (status, body) = await SendAsync(request, cancellationToken);
        if (status != HttpStatusCode.OK)
        {
            return null;
        }

        return Parse(body, type) ?? throw new CredentialException(CredentialFault.Refused, $"{Name(address)} does not answer with a JSON document");
    }

    /// <summary>Posts a form, as the token endpoint takes it.</summary>
    public Task<(HttpStatusCode Status, byte[] Body)> PostAsync(
        Uri address, IEnumerable<KeyValuePair<string, string>> form, AuthenticationHeaderValue? client, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Authorization = client;
        return SendAndDisposeAsync(request, cancellationToken);
    }

    /// <summary>Posts a JSON document.</summary>
    public Task<(HttpStatusCode Status, byte[] Body)> PostAsync<T>(Uri address, T document, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(document, type));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return SendAndDisposeAsync(new HttpRequestMessage(HttpMethod.Post, address) { Content = content }, cancellationToken);
    }

    /// <summary>Reads an answer; null where it is not what it should be.</summary>
    public static T? Parse<T>(byte[] body, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>An address as messages name it: without its query.</summary>
    public static string Name(Uri address) => address.GetLeftPart(UriPartial.Path);

    private async Task<(HttpStatusCode Status, byte[] Body)> SendAndDisposeAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using (request)
        {
            return await SendAsync(request, cancellationToken);
        }
    }

    private async Task<(HttpStatusCode Status, byte[] Body)> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            return (response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellationToken));
        }
        catch (HttpRequestException e)
        {
            throw new CredentialException(CredentialFault.Unreachable, $"{Name(request.RequestUri!)} cannot be reached: {Reason(e)}", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CredentialException(CredentialFault.Unreachable, $"{Name(request.RequestUri!)} gave no answer within {Longest.TotalSeconds:0} seconds", e);
        }
    }

    private static string Reason(HttpRequestException e) => e.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "its name is unknown",
        HttpRequestError.ConnectionError => "nothing listens there",
        HttpRequestError.SecureConnectionError => "TLS failed",
        HttpRequestError.ConfigurationLimitExceeded => "the answer is too large",
        _ => "the connection broke",
    };
}
