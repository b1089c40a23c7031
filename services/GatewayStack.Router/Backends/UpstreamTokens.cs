using System.Net;
using GatewayStack.Contracts.Identity;
using GatewayStack.Router.Doors;
using GatewayStack.Router.Modules;
using GatewayStack.Router.Pipeline;
using GatewayStack.Router.Routing;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Router.Backends;

/// <summary>Tokens of the caller's own for backends and MCP servers. Without one the upstream is not called: with less it would answer as somebody else.</summary>
internal sealed class UpstreamTokens(RemoteIdentity identity, ILogger<UpstreamTokens> logger)
{
    /// <summary>Has the caller's token exchanged.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="wanted">What for.</param>
    /// <param name="upstream">The upstream's name, for the log.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<UpstreamToken> GetAsync(Exchange exchange, TokenExchange wanted, string upstream, CancellationToken cancellationToken)
    {
        var result = await identity.ExchangeAsync(exchange, RequestOf(exchange, wanted), cancellationToken);
        if (result is { Status: UpstreamTokenStatus.Issued, Token: { Length: > 0 } token })
        {
            return new UpstreamToken(token, null);
        }

        logger.NoUpstreamToken(upstream, exchange.Context.RequestId, result?.Reason ?? "identity_unavailable");
        return new UpstreamToken(null, RefusalOf(result));
    }

    /// <summary>Has it exchanged again, after the upstream refused what was given.</summary>
    /// <returns>Another token; null where there is none, and the upstream's refusal stands.</returns>
    public async ValueTask<string?> RenewAsync(Exchange exchange, TokenExchange wanted, string refused, CancellationToken cancellationToken)
    {
        var result = await identity.ExchangeAsync(exchange, RequestOf(exchange, wanted) with { Renew = true }, cancellationToken);
        return result is { Status: UpstreamTokenStatus.Issued, Token: { Length: > 0 } token } && token != refused ? token : null;
    }

    /// <summary>
    /// Whether a 401 says that the token is at fault (RFC 6750, 3): anything else behind it may be about the person, the record or another credential, and the request
    /// may have done something already.
    /// </summary>
    public static bool IsAboutToken(HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.Unauthorized && response.Headers.WwwAuthenticate.Any(challenge =>
        string.Equals(challenge.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase));

    /// <summary>What the caller is told, by the code of it; null for other codes.</summary>
    public static Refusal? Find(string code) => code == Consent.Code ? Consent : code == NotGiven.Code ? NotGiven : code == Unavailable.Code ? Unavailable : null;

    private static Refusal Consent { get; } = new()
    {
        Status = StatusCodes.Status403Forbidden,
        Code = "consent_required",
        Message = "Your organisation's sign-in wants you to confirm something before this can be used. Sign in there, allow it, and try again.",
        Reason = "upstream_token_consent_required",
        Final = true,
    };

    private static Refusal NotGiven { get; } = new()
    {
        Status = StatusCodes.Status403Forbidden,
        Code = "upstream_token_refused",
        Message = "Your sign-in gives no access to what stands behind this. Ask your administrator for access.",
        Reason = "upstream_token_refused",
        Final = true,
    };

    private static Refusal Unavailable { get; } = new()
    {
        Status = StatusCodes.Status502BadGateway,
        Code = "upstream_token_unavailable",
        Message = "The sign-in service gave no access to what stands behind this. Try again in a moment.",
        Reason = "upstream_token_unavailable",
        RetryAfter = TimeSpan.FromSeconds(5),
    };

    private static UpstreamTokenRequest RequestOf(Exchange exchange, TokenExchange wanted)
    {
        var headers = exchange.Http.Request.Headers;
        return new UpstreamTokenRequest
        {
            InternalAssertion = exchange.Authentication!.InternalAssertion!,
            Credentials = exchange.Mcp is null ? CredentialReader.Read(headers) : CredentialReader.ReadAuthorization(headers),
            Audiences = exchange.Mcp is { } mcp ? [mcp.Resource, .. mcp.Server.Audiences] : [],
            IssuerName = wanted.Issuer,
            Audience = wanted.Audience,
            Resource = wanted.Resource,
            Scope = wanted.Scope,
        };
    }

    private static Refusal RefusalOf(UpstreamTokenResult? result) => result?.Status switch
    {
        UpstreamTokenStatus.InteractionRequired => Consent,
        UpstreamTokenStatus.Refused => NotGiven,
        _ => Unavailable,
    };
}

/// <summary>A token for an upstream, or why there is none.</summary>
internal readonly record struct UpstreamToken(string? Token, Refusal? Refusal)
{
    /// <summary>Leaves the token out.</summary>
    public override string ToString() => Refusal?.Code ?? "token";
}
