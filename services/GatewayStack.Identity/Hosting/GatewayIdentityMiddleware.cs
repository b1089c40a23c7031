using System.Collections.Immutable;
using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Administration;
using GatewayStack.Identity.Metadata;
using GatewayStack.Identity.Standings;
using GatewayStack.Identity.Standings.BackChannel;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Identity.Hosting;

/// <summary>Authenticates every request of an app by its bearer token.</summary>
internal sealed class GatewayIdentityMiddleware(
    RequestDelegate next, IIdentityModule identity, StandingBook standings, BackChannelLogout logout, PublicAddress address, ResourceMetadataEndpoint metadata, KeySetEndpoint keySet,
    TimeProvider time)
{
    private const string Scheme = "Bearer ";

    public Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (IsRead(context.Request.Method) && context.Request.Path == ResourceMetadataEndpoint.Path)
        {
            return metadata.HandleAsync(context);
        }

        if (IsRead(context.Request.Method) && context.Request.Path == KeySetEndpoint.Path)
        {
            return keySet.HandleAsync(context);
        }

        if (HttpMethods.IsPost(context.Request.Method) && context.Request.Path.StartsWithSegments(BackChannelLogout.Path, StringComparison.Ordinal, out var issuer)
            && issuer is { HasValue: true, Value.Length: > 1 })
        {
            context.Request.RouteValues["issuer"] = issuer.Value[1..];
            return logout.HandleAsync(context);
        }

        return context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is null ? AuthenticateAsync(context) : next(context);
    }

    private async Task AuthenticateAsync(HttpContext context)
    {
        var request = new AuthenticationRequest
        {
            RequestId = context.TraceIdentifier,
            Credentials = Credentials(context.Request),
            Source = CallSource.Of(context.Connection.RemoteIpAddress),
        };
        var result = await identity.AuthenticateAsync(request, context.RequestAborted);
        if (result is { Status: AuthenticationStatus.Authenticated, Identity: { } caller })
        {
            // Whatever was remembered of the token: who is cut off is cut off now.
            if (await FindBlockAsync(caller, context.RequestAborted) is { } refusal)
            {
                await AdministrationAnswers.WriteProblemAsync(context, refusal);
                return;
            }

            context.User = new GatewayPrincipal(caller);
            await next(context);
            return;
        }

        var problem = Describe(result.Status);
        if (problem.Status == StatusCodes.Status401Unauthorized)
        {
            var challenge = $"Bearer resource_metadata=\"{address.Get()}{ResourceMetadataEndpoint.Path}\"";
            context.Response.Headers.WWWAuthenticate = result.Status == AuthenticationStatus.Missing ? challenge : challenge + ", error=\"invalid_token\"";
        }

        await AdministrationAnswers.WriteProblemAsync(context, problem);
    }

    /// <summary>What the caller is told who is cut off; null where they are not.</summary>
    private async Task<Problem?> FindBlockAsync(CallerIdentity caller, CancellationToken cancellationToken)
    {
        if (standings.Good is null)
        {
            try
            {
                await standings.RefreshAsync(cancellationToken);
            }
            catch (IOException)
            {
                // Of no use what was known: whoever was cut off since is not in it.
            }
        }

        if (standings.Good is not { } page)
        {
            return new Problem { Status = 503, Title = "Unavailable", Detail = "It cannot be found out who is cut off; try again soon.", Code = "gateway_unavailable" };
        }

        return page.FindBlock(caller, time.GetUtcNow()) is { } block
            ? new Problem { Status = 403, Title = "Forbidden", Detail = $"Access was ended until {block.Until.UtcDateTime:yyyy-MM-dd HH:mm} UTC: {block.Reason}", Code = "access_blocked" }
            : null;
    }

    private static ImmutableArray<PresentedCredential> Credentials(HttpRequest request)
    {
        var credentials = ImmutableArray.CreateBuilder<PresentedCredential>();
        foreach (var header in request.Headers.Authorization)
        {
            if (header is not null && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            {
                credentials.Add(new PresentedCredential { Carrier = CredentialCarrier.AuthorizationBearer, Value = header[Scheme.Length..].Trim(' ') });
            }
        }

        return credentials.ToImmutable();
    }

    private static bool IsRead(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private static Problem Describe(AuthenticationStatus status) => status switch
    {
        AuthenticationStatus.Missing => Unauthorized("missing_token", "Send an access token in Authorization: Bearer."),
        AuthenticationStatus.Conflicting =>
            new Problem { Status = 400, Title = "Bad request", Detail = "Two different credentials were sent; send one.", Code = "conflicting_credentials" },
        AuthenticationStatus.ProviderKey => Unauthorized("provider_key_not_accepted", "A model provider's key was sent; send the access token of your own sign-in instead."),
        AuthenticationStatus.TenantRefused => new Problem { Status = 403, Title = "Forbidden", Detail = "This account may not be used here.", Code = "tenant_not_allowed" },
        AuthenticationStatus.Unavailable => new Problem
        {
            Status = 503,
            Title = "Unavailable",
            Detail = "The sign-in service cannot be reached; try again soon.",
            Code = "gateway_unavailable"
        },
        _ => Unauthorized("invalid_api_key", "The access token is not valid here; sign in again."),
    };

    private static Problem Unauthorized(string code, string detail) => new() { Status = 401, Title = "Unauthorized", Detail = detail, Code = code };
}
