using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Router;
using GatewayStack.Router.Doors;
using GatewayStack.Router.Mcp;
using GatewayStack.Router.Modules;
using GatewayStack.Router.Recording;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Router.Pipeline.Steps;

/// <summary>Who is calling? Without an answer nothing else happens.</summary>
internal sealed class Identify(RemoteIdentity identity, RefusedRequests refused, McpSignIn mcpSignIn, ILogger<Identify> logger) : IPipelineStep
{
    public string Name => "identify";

    public async ValueTask<Refusal?> RunAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        if (exchange.Route.Route.Class == RouteClass.Mcp && (exchange.Mcp is null ? NoServer : exchange.Mcp.RefusedAtDoor) is { } closed)
        {
            return closed with { BeforeSignIn = true };
        }

        var headers = exchange.Http.Request.Headers;
        if (!CredentialReader.TryReadBackend(headers, exchange.Snapshot, out var backend))
        {
            return Refuse(exchange, AuthenticationStatus.Invalid, "backend_credential");
        }

        var request = new AuthenticationRequest
        {
            RequestId = exchange.Context.RequestId,
            Credentials = exchange.Mcp is null ? CredentialReader.Read(headers) : CredentialReader.ReadAuthorization(headers),
            Audiences = exchange.Mcp is { } mcp ? [mcp.Resource, .. mcp.Server.Audiences] : [],
            Backend = backend,
            Source = CallSource.Of(exchange.Http.Connection.RemoteIpAddress),
        };
        if (exchange.Mcp is { } unsigned && request.Credentials.IsEmpty && await mcpSignIn.MayEnterAsync(exchange, unsigned, cancellationToken))
        {
            return exchange.RefusedAtDoor;
        }

        var (call, result) = await identity.AuthenticateAsync(exchange, request, cancellationToken);
        if (call != StageCall.Answered)
        {
            return Refusal.Of(Name, call);
        }

        if (result is not { Status: AuthenticationStatus.Authenticated, Identity: { } caller })
        {
            if (exchange.Mcp is { } refusedCall)
            {
                await McpMessageBody.PeekAsync(exchange, refusedCall, cancellationToken);
            }

            return Refuse(exchange, result!.Status, result.Reason ?? result.Status.ToString());
        }

        // A backend acts for the person it was called by to ask a model, and for nothing else: not to read their data, not to call their other backends.
        if (result.ParentRequestId is not null && exchange.Route.Route.Class != RouteClass.Llm)
        {
            return Refuse(exchange, AuthenticationStatus.Invalid, "assertion_outside_models");
        }

        exchange.Authentication = result;
        exchange.Context.Identity = caller;
        exchange.Context.ParentRequestId = result.ParentRequestId;
        if (exchange.Mcp is { } signedIn)
        {
            signedIn.Handles = mcpSignIn.HandlesOf(caller, signedIn);
        }

        exchange.Http.User = new GatewayPrincipal(caller, result.InternalAssertion);
        var refusal = exchange.RefusedAtDoor ?? Wait(caller);
        if (refusal is not null && exchange.Mcp is { } waiting)
        {
            await McpMessageBody.PeekAsync(exchange, waiting, cancellationToken);
        }

        return refusal;
    }

    private static Refusal NoServer { get; } = new() { Status = StatusCodes.Status404NotFound, Code = "mcp_server_not_found", Message = "There is no such MCP server." };

    private Refusal? Wait(CallerIdentity caller) => refused.MustWait(caller) is not { } wait ? null : new Refusal
    {
        Status = StatusCodes.Status429TooManyRequests,
        Code = "too_many_refused",
        Message = "Too many of your requests were refused in this minute. Look at why before you send more.",
        RetryAfter = wait,
        Final = true,
    };

    private Refusal Refuse(Exchange exchange, AuthenticationStatus status, string reason)
    {
        logger.SignInRefused(reason, exchange.Context.RequestId);
        var refusal = new Refusal
        {
            Status = StatusCodes.Status401Unauthorized,
            Code = "invalid_api_key",
            Message = "The access token is not acceptable. Sign in again and send the new token in 'Authorization: Bearer'.",
            Reason = reason,
            Challenge = true,
            InvalidCredential = true,
            Final = true,
        };
        return status switch
        {
            AuthenticationStatus.Invalid when exchange.Mcp is { } call && reason is "audience_wrong" or "audience_missing" => refusal with
            {
                // Everybody may know what a token for the route must be for; clients that took one for the API look for a way out.
                Message = $"The access token is not for this route: sign in again and ask for the resource '{call.Resource}'.",
            },
            AuthenticationStatus.Missing => Refusal.MissingToken with { Reason = reason },
            AuthenticationStatus.ProviderKey => refusal with
            {
                Message = "This is a model provider's API key. The gateway holds the provider's keys: send your own OIDC access token instead.",
                Code = "provider_key_not_accepted",
            },
            AuthenticationStatus.Conflicting => Refusal.BadRequest("conflicting_credentials", "Two different tokens were sent. Send one, in one header.") with { Reason = reason },
            AuthenticationStatus.TenantRefused => refusal with
            {
                Status = StatusCodes.Status403Forbidden,
                Message = "Your issuer may not speak for this tenant.",
                Code = "tenant_not_allowed",
                Challenge = false,
            },
            AuthenticationStatus.Unavailable => Refusal.Unavailable(Name),
            _ => refusal,
        };
    }
}
