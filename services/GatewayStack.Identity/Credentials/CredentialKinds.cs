using System.Collections.Immutable;

namespace GatewayStack.Identity.Credentials;

/// <summary>Every kind of credential, in the order in which they are asked.</summary>
internal sealed class CredentialKinds(IEnumerable<ICredentialKind> kinds)
{
    private readonly ImmutableArray<ICredentialKind> _kinds = [.. kinds];

    public ICredentialKind? Find(PresentedToken token)
    {
        foreach (var kind in _kinds)
        {
            if (kind.Recognises(token))
            {
                return kind;
            }
        }

        return null;
    }
}
