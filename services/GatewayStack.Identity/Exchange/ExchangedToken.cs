using GatewayStack.Identity.Credentials;

namespace GatewayStack.Identity.Exchange;

/// <summary>What became of something that a caller presented and that was exchanged.</summary>
internal sealed record ExchangedToken
{
    /// <summary>What the issuer gave; nothing in it is true yet.</summary>
    public CompactToken? Token { get; init; }

    /// <summary>The client that what was presented was issued to, where that can be known.</summary>
    public string? ClientId { get; init; }

    /// <summary>When what was presented ends by its own word, where that can be known: what it was exchanged for is worth no more.</summary>
    public DateTimeOffset? SubjectEnds { get; init; }

    /// <summary>Why it gave nothing that can be judged.</summary>
    public string? Reason { get; init; }

    /// <summary>True where the issuer could not be asked.</summary>
    public bool IsOutage { get; init; }

    /// <summary>Until when this is not asked again.</summary>
    public DateTimeOffset Until { get; init; }

    /// <summary>Leaves the token out.</summary>
    public override string ToString() => Reason ?? "exchanged";
}
