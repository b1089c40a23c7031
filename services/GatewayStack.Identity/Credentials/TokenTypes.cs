using System.Collections.Frozen;

namespace GatewayStack.Identity.Credentials;

/// <summary>The header types (<c>typ</c>) that an issuer's access tokens have.</summary>
internal sealed class TokenTypes
{
    private static readonly string[] Default = ["at+jwt", "jwt"];

    private readonly FrozenSet<string> _accepted;
    private readonly bool _required;

    /// <param name="configured">What the operator named; null for the default, which accepts a token without a type (Okta and Cognito leave it out).</param>
    public TokenTypes(IReadOnlyList<string>? configured)
    {
        _required = configured is { Count: > 0 };
        _accepted = (_required ? configured!.Select(Normalize) : Default).ToFrozenSet(StringComparer.Ordinal);
    }

    public bool Accepts(string? type) => type is null ? !_required : _accepted.Contains(Normalize(type));

    /// <summary>A media type as RFC 7515 4.1.9 compares it: in any case, with or without <c>application/</c>.</summary>
    public static string Normalize(string type)
    {
        var lower = type.ToLowerInvariant();
        return lower.StartsWith("application/", StringComparison.Ordinal) ? lower["application/".Length..] : lower;
    }
}
