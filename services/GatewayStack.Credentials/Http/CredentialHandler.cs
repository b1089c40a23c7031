using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace GatewayStack.Credentials.Http;

/// <summary>Puts a fresh access token on each request of an <see cref="HttpClient"/> to the gateway, and none on any other.</summary>
/// <remarks>
/// For whatever takes an HttpClient: the MCP SDK, the Anthropic SDK, one's own code. A request that is refused with 401 is sent once more with another token, unless its
/// body can be read only once. Other keys that an SDK sends (<c>x-api-key</c>, <c>api-key</c>) are taken off: the gateway refuses a request with two that differ.
/// </remarks>
public sealed class CredentialHandler : DelegatingHandler
{
    private const int MostBuffered = 4 * 1024 * 1024;
    private static readonly string[] OtherKeys = ["x-api-key", "api-key"];

    private readonly RenewingCredential _credential;

    /// <summary>With an inner handler to be set, as by IHttpClientFactory.</summary>
    public CredentialHandler(RenewingCredential credential)
    {
        ArgumentNullException.ThrowIfNull(credential);
        _credential = credential;
    }

    /// <summary>With an inner handler.</summary>
    public CredentialHandler(RenewingCredential credential, HttpMessageHandler inner)
        : base(inner)
    {
        ArgumentNullException.ThrowIfNull(credential);
        _credential = credential;
    }

    /// <inheritdoc />
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!_credential.IsFor(request.RequestUri))
        {
            return await base.SendAsync(request, cancellationToken);
        }

        var token = await _credential.GetTokenAsync(cancellationToken);
        var again = await CanBeSentAgainAsync(request.Content, cancellationToken);
        Authorize(request, token);
        var response = await base.SendAsync(request, cancellationToken);
        // A handler below that follows redirects has changed the request's address: what came back is then not the gateway's word, and nothing more goes there.
        if (response.StatusCode != HttpStatusCode.Unauthorized || !_credential.IsFor(request.RequestUri))
        {
            return response;
        }

        // Also where the request cannot be repeated: the next one has the new token.
        var other = await RenewAsync(token, response, cancellationToken);
        if (!again || other.Value == token.Value)
        {
            return response;
        }

        response.Dispose();
        Authorize(request, other);
        return await base.SendAsync(request, cancellationToken);
    }

    /// <inheritdoc />
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (_credential.IsFor(request.RequestUri))
        {
            // Who asks without waiting blocks on the network anyway.
            Authorize(request, _credential.GetTokenAsync(cancellationToken).AsTask().GetAwaiter().GetResult());
        }

        return base.Send(request, cancellationToken);
    }

    private async ValueTask<AccessToken> RenewAsync(AccessToken token, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await _credential.RenewAsync(token, cancellationToken);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private static void Authorize(HttpRequestMessage request, AccessToken token)
    {
        Array.ForEach(OtherKeys, key => request.Headers.Remove(key));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
    }

    private static async ValueTask<bool> CanBeSentAgainAsync(HttpContent? content, CancellationToken cancellationToken)
    {
        if (content is null or ByteArrayContent or ReadOnlyMemoryContent or JsonContent)
        {
            return true;
        }

        if (content.Headers.ContentLength is null or > MostBuffered)
        {
            return false;
        }

        await content.LoadIntoBufferAsync(cancellationToken);
        return true;
    }
}
