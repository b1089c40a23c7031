using GatewayStack.Demo.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Demo.Issuer.Tokens;

/// <summary>
/// <c>POST /demo/token</c>: the short way to a token, without a browser. There are no passwords: whoever reaches it may be anybody, so only this machine does.
/// </summary>
internal sealed class TokenEndpoint(DemoTokens tokens, TokenResources resources, DemoMetrics metrics, ILogger<TokenEndpoint> logger)
{
    public void Map(IEndpointRouteBuilder demo) => demo.MapPost("/token", TokenAsync);

    private async Task TokenAsync(HttpContext context)
    {
        if (await JsonBody.ReadAsync(context, DemoWire.Json.TokenRequest) is not { } request)
        {
            return;
        }

        if (DemoPerson.All.FirstOrDefault(p => p.User == request.User) is not { } person)
        {
            var users = string.Join(", ", DemoPerson.All.Select(p => p.User));
            await DemoProblem.WriteAsync(context, StatusCodes.Status404NotFound, "Unknown user", $"\"user\" must be one of: {users}.");
            return;
        }

        if (DemoClient.All.FirstOrDefault(c => c.Id == (request.Client ?? DemoClient.All[0].Id)) is not { } client)
        {
            var clients = string.Join(", ", DemoClient.All.Select(c => c.Id));
            await DemoProblem.WriteAsync(context, StatusCodes.Status404NotFound, "Unknown client", $"\"client\" must be one of: {clients}.");
            return;
        }

        if (resources.Audience(request.Resource) is not { } audience)
        {
            await RefuseAsync(context, "invalid_target", "\"resource\" must be the gateway's URL, or the one of an MCP route of it, such as {gateway}/mcp/calendar.");
            return;
        }

        if (TokenScopes.Choose(person, request.Scope) is not { } scopes)
        {
            await RefuseAsync(context, "invalid_scope", $"{person.User} may be granted: {string.Join(' ', person.MayBeGranted)}.");
            return;
        }

        var response = tokens.Mint(person, client.Id, audience, scopes);
        metrics.TokenIssued(client.Id);
        DemoLog.TokenIssued(logger, client.Id);
        context.Response.Headers.CacheControl = "no-store";
        if (context.Request.GetTypedHeaders().Accept.Any(a => a.MediaType == "text/plain"))
        {
            context.Response.ContentType = "text/plain";
            await context.Response.WriteAsync(response.AccessToken, context.RequestAborted);
            return;
        }

        await context.Response.WriteAsJsonAsync(response, DemoWire.Json.TokenResponse, cancellationToken: context.RequestAborted);
    }

    private static Task RefuseAsync(HttpContext context, string error, string description)
    {
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(new TokenError(error, description), DemoWire.Json.TokenError, cancellationToken: context.RequestAborted);
    }
}
