using GatewayStack.Wire.Security;

namespace GatewayStack.Wire.Forwarding;

/// <summary>Fetches Identity's key set over HTTP, from the first instance that answers.</summary>
internal sealed class RemoteKeySource(ModuleHttp identity, ServiceCredentials credentials) : IAssertionKeySource
{
    private const string Path = "/.well-known/jwks.json";
    private const int MaxBytes = 256 * 1024;

    public async Task<string> GetAsync(CancellationToken cancellationToken)
    {
        HttpRequestException? last = null;
        foreach (var instance in identity.InTurn())
        {
            try
            {
                return await GetAsync(new Uri(instance + Path), cancellationToken);
            }
            catch (HttpRequestException e)
            {
                last = e;
            }
        }

        throw last ?? new HttpRequestException("There is no address of identity.");
    }

    private async Task<string> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation(InternalHeaders.Service, credentials.OwnName);
        request.Headers.TryAddWithoutValidation(InternalHeaders.Credential, credentials.OwnSecret);
        using var response = await identity.Client.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        await response.Content.LoadIntoBufferAsync(MaxBytes, cancellationToken);
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }
}
