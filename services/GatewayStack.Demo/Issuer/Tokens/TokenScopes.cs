using System.Collections.Immutable;

namespace GatewayStack.Demo.Issuer.Tokens;

/// <summary>
/// Which scopes a token gets. One that the person may not have is an error and is not left out: a client that steps up would otherwise ask for ever.
/// </summary>
internal static class TokenScopes
{
    /// <returns>The scopes, or null when something was asked for that the person may not have.</returns>
    public static ImmutableArray<string>? Choose(DemoPerson person, string? scope)
    {
        if (scope is null)
        {
            return person.Scopes;
        }

        var asked = scope.Split(' ').Distinct(StringComparer.Ordinal).ToImmutableArray();
        return asked.All(s => person.MayBeGranted.Contains(s, StringComparer.Ordinal)) ? asked : null;
    }
}
