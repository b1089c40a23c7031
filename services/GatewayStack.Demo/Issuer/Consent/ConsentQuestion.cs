using System.Collections.Immutable;
using GatewayStack.Demo.Issuer.Tokens;

namespace GatewayStack.Demo.Issuer.Consent;

/// <summary>What an application asks of a person, sorted by what they can do about it.</summary>
/// <param name="Resource">What the token will be for.</param>
/// <param name="ResourceName">The same for people.</param>
/// <param name="New">Theirs to give, and not given yet.</param>
/// <param name="Before">Given before.</param>
/// <param name="Denied">Not theirs to give.</param>
/// <param name="HoldsToken">The application got a token for this so lately that it still has it.</param>
internal sealed record ConsentQuestion(
    string Resource, string ResourceName, ImmutableArray<string> New, ImmutableArray<string> Before, ImmutableArray<string> Denied, bool HoldsToken)
{
    /// <summary>
    /// True when asking the person is no use: nothing that lets the application do something is theirs to give, or it asks for more than they have while it holds all
    /// that they have. The second is a step-up, and a client that gets the same token once more would step up for ever.
    /// </summary>
    public bool IsHopeless
    {
        get
        {
            if (!Denied.Any(IssuerScopes.IsAccess))
            {
                return false;
            }

            return !New.Concat(Before).Any(IssuerScopes.IsAccess) || (HoldsToken && !New.Any(IssuerScopes.IsAccess));
        }
    }
}
