using System.Collections.Immutable;
using System.Security.Claims;
using GatewayStack.Demo.Issuer.Sessions;
using GatewayStack.Demo.Issuer.Tokens;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace GatewayStack.Demo.Issuer.Authorization;

/// <summary>Access tokens have the same claims whichever way they were asked for: they are made by <see cref="DemoTokens"/> and not by OpenIddict.</summary>
internal sealed class IssueAccessToken(DemoTokens tokens, DemoMetrics metrics, ILogger<IssueAccessToken> logger) : IOpenIddictServerHandler<GenerateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<GenerateTokenContext>()
        .UseSingletonHandler<IssueAccessToken>().SetOrder(OpenIddictServerHandlers.Protection.GenerateIdentityModelToken.Descriptor.Order - 500).Build();

    public ValueTask HandleAsync(GenerateTokenContext context)
    {
        if (context.TokenType != TokenTypeIdentifiers.AccessToken)
        {
            return ValueTask.CompletedTask;
        }

        var principal = context.Principal;
        var person = DemoPerson.All.FirstOrDefault(p => p.Subject == principal.GetClaim(Claims.Subject))
            ?? throw new InvalidOperationException("A grant is for a person that the demo does not have.");
        var session = new DemoSession(
            principal.GetClaim(GrantPrincipal.SessionId) ?? throw new InvalidOperationException("A grant has no session."),
            person.User,
            DateTimeOffset.FromUnixTimeSeconds(long.Parse(principal.GetClaim(Claims.AuthenticationTime)!, System.Globalization.CultureInfo.InvariantCulture)));
        var scopes = Scopes(context.Request, principal);
        context.Token = tokens.Mint(person, context.ClientId!, principal.GetResources().Concat(principal.GetAudiences()).First(), scopes, session, principal.GetTokenId()!);
        context.Transaction.SetProperty(SayScope.Property, string.Join(' ', scopes));
        metrics.TokenIssued("signed_in");
        DemoLog.TokenIssued(logger, "that somebody signed in with");
        return ValueTask.CompletedTask;
    }

    /// <summary>A refresh may narrow what the access token is good for; the grant stays as it is (RFC 6749, 6).</summary>
    private static ImmutableArray<string> Scopes(OpenIddictRequest? request, ClaimsPrincipal principal)
    {
        var granted = principal.GetScopes();
        return request is not null && request.IsRefreshTokenGrantType() && request.GetScopes() is { IsEmpty: false } asked ? [.. granted.Intersect(asked, StringComparer.Ordinal)] : granted;
    }
}

/// <summary>The answer says what the token has, whether or not that is what was asked for.</summary>
internal sealed class SayScope : IOpenIddictServerHandler<ApplyTokenResponseContext>
{
    public const string Property = "gatewaystack.demo.scope";

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyTokenResponseContext>()
        .UseSingletonHandler<SayScope>().SetOrder(int.MinValue + 100).Build();

    public ValueTask HandleAsync(ApplyTokenResponseContext context)
    {
        context.Response.Scope ??= context.Transaction.GetProperty<string>(Property);
        return ValueTask.CompletedTask;
    }
}

/// <summary>An access token that comes back, to be revoked or to ask who it is for, is found by its <c>jti</c>.</summary>
internal sealed class RecogniseAccessToken : IOpenIddictServerHandler<ValidateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateTokenContext>()
        .UseSingletonHandler<RecogniseAccessToken>().SetOrder(OpenIddictServerHandlers.Protection.RestoreTokenEntryProperties.Descriptor.Order - 500).Build();

    public ValueTask HandleAsync(ValidateTokenContext context)
    {
        if (context.Principal is { } principal && principal.GetTokenType() == TokenTypeIdentifiers.AccessToken && principal.GetTokenId() is null)
        {
            principal.SetTokenId(principal.GetClaim(Claims.JwtId));
            context.TokenId ??= principal.GetTokenId();
        }

        return ValueTask.CompletedTask;
    }
}
