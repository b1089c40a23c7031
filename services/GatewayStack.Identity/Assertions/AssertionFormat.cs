using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Credentials;

namespace GatewayStack.Identity.Assertions;

/// <summary>What the gateway's assertions look like.</summary>
internal static class AssertionFormat
{
    /// <summary>Header type.</summary>
    public const string TokenType = AssertionClaims.TokenType;

    /// <summary>Audience of the gateway's own modules; no upstream may have it.</summary>
    public const string InternalAudience = AssertionClaims.InternalAudience;

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>An assertion is not handed out again with less than this left.</summary>
    public static readonly TimeSpan Reserve = TimeSpan.FromSeconds(60);

    /// <summary>Clock difference tolerated between the gateway's instances.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(5);

    public static bool IsAssertion(CompactToken token) => token.Type is { } type && TokenTypes.Normalize(type) == TokenType;
}
