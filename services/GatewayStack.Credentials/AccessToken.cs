namespace GatewayStack.Credentials;

/// <summary>An access token. Immutable; its text stands in no log and no message.</summary>
public sealed class AccessToken
{
    /// <summary>Takes a token.</summary>
    /// <param name="value">The token, without a scheme.</param>
    /// <param name="expiresAt">When it expires by this machine's clock.</param>
    /// <param name="lifetime">How long it was valid when it was issued.</param>
    /// <exception cref="ArgumentException">The token is empty, or has characters that no header may have.</exception>
    public AccessToken(string value, DateTimeOffset expiresAt, TimeSpan lifetime)
    {
        if (!IsToken(value))
        {
            throw new ArgumentException("not an access token", nameof(value));
        }

        Value = value;
        ExpiresAt = expiresAt;
        Lifetime = lifetime;
    }

    /// <summary>The token, as it stands after <c>Bearer</c>.</summary>
    public string Value { get; }

    /// <summary>When it expires by this machine's clock.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>How long it was valid when it was issued.</summary>
    public TimeSpan Lifetime { get; }

    /// <summary>From when on another one is asked for: <paramref name="ahead"/> before it expires, but not before half of its life is over.</summary>
    public DateTimeOffset RenewAt(TimeSpan ahead)
    {
        var half = Lifetime / 2;
        return ExpiresAt - (ahead < half ? ahead : half);
    }

    /// <summary>Leaves the token out.</summary>
    public override string ToString() => $"AccessToken {{ ExpiresAt = {ExpiresAt:O} }}";

    /// <summary>Whether a text can be sent as a bearer token (RFC 6750, 2.1).</summary>
    internal static bool IsToken(string? value) =>
        !string.IsNullOrEmpty(value) && value.AsSpan().IndexOfAnyExcept(Characters) < 0;

    private static readonly System.Buffers.SearchValues<char> Characters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=");
}
