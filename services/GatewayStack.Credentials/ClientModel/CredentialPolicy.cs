using System.ClientModel.Primitives;

namespace GatewayStack.Credentials.ClientModel;

/// <summary>Puts a fresh access token on each request that an SDK on System.ClientModel (OpenAI .NET) sends to the gateway, and none on any other.</summary>
/// <remarks>A request that is refused with 401 is sent once more with another token. Safe for concurrent use.</remarks>
public sealed class CredentialPolicy : AuthenticationPolicy
{
    private const int Unauthorized = 401;

    private readonly RenewingCredential _credential;

    /// <summary>Takes a credential: <c>new ChatClient(model, new CredentialPolicy(credential), options)</c>, where the options' endpoint is the gateway's <c>/v1</c>.</summary>
    public CredentialPolicy(RenewingCredential credential)
    {
        ArgumentNullException.ThrowIfNull(credential);
        _credential = credential;
    }

    /// <inheritdoc />
    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!_credential.IsFor(message.Request.Uri))
        {
            ProcessNext(message, pipeline, currentIndex);
            return;
        }

        // The SDK's synchronous methods block on the network anyway.
        var token = _credential.GetTokenAsync(message.CancellationToken).AsTask().GetAwaiter().GetResult();
        Authorize(message, token);
        ProcessNext(message, pipeline, currentIndex);
        if (message.Response?.Status != Unauthorized)
        {
            return;
        }

        var other = _credential.RenewAsync(token, message.CancellationToken).AsTask().GetAwaiter().GetResult();
        if (Again(message, token, other))
        {
            ProcessNext(message, pipeline, currentIndex);
        }
    }

    /// <inheritdoc />
    public override async ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!_credential.IsFor(message.Request.Uri))
        {
            await ProcessNextAsync(message, pipeline, currentIndex);
            return;
        }

        var token = await _credential.GetTokenAsync(message.CancellationToken);
        Authorize(message, token);
        await ProcessNextAsync(message, pipeline, currentIndex);
        if (message.Response?.Status == Unauthorized && Again(message, token, await _credential.RenewAsync(token, message.CancellationToken)))
        {
            await ProcessNextAsync(message, pipeline, currentIndex);
        }
    }

    private static bool Again(PipelineMessage message, AccessToken refused, AccessToken other)
    {
        if (other.Value == refused.Value)
        {
            return false;
        }

        message.ExtractResponse()?.Dispose();
        Authorize(message, other);
        return true;
    }

    private static void Authorize(PipelineMessage message, AccessToken token) => message.Request.Headers.Set("Authorization", "Bearer " + token.Value);
}
