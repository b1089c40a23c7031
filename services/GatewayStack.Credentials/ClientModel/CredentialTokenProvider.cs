using System.ClientModel;
using System.ClientModel.Primitives;

namespace GatewayStack.Credentials.ClientModel;

/// <summary>The credential for what takes an <see cref="AuthenticationTokenProvider"/>.</summary>
/// <remarks>Safe for concurrent use. Whoever can take a policy takes <see cref="CredentialPolicy"/>, which also answers a 401 with another token.</remarks>
public sealed class CredentialTokenProvider : AuthenticationTokenProvider
{
    private readonly RenewingCredential _credential;

    /// <summary>Takes a credential.</summary>
    public CredentialTokenProvider(RenewingCredential credential)
    {
        ArgumentNullException.ThrowIfNull(credential);
        _credential = credential;
    }

    /// <summary>Takes whatever is asked: the sign-in decides what its tokens are for.</summary>
    public override GetTokenOptions CreateTokenOptions(IReadOnlyDictionary<string, object> properties) => new(properties);

    /// <inheritdoc />
    public override AuthenticationToken GetToken(GetTokenOptions options, CancellationToken cancellationToken) =>
        Token(_credential.GetTokenAsync(cancellationToken).AsTask().GetAwaiter().GetResult());

    /// <inheritdoc />
    public override async ValueTask<AuthenticationToken> GetTokenAsync(GetTokenOptions options, CancellationToken cancellationToken) =>
        Token(await _credential.GetTokenAsync(cancellationToken));

    private static AuthenticationToken Token(AccessToken token) => new(token.Value, "Bearer", token.ExpiresAt, token.RenewAt(RenewingCredential.Ahead));
}
