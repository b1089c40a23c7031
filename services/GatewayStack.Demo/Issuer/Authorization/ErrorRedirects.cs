using GatewayStack.Demo.Issuer.Clients;
using GatewayStack.Demo.Issuer.Consent;
using GatewayStack.Demo.Issuer.Sessions;
using GatewayStack.Demo.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace GatewayStack.Demo.Issuer.Authorization;

/// <summary>
/// How a client hears of an error. Anybody may register an application, whose address could then be reached by a link that looks like one to here: such a client is told by itself
/// only where the person who is signed in has let it in before, or has just pressed a button, and else by a link that somebody follows or not (RFC 9700, 4.11.2).
/// </summary>
internal sealed class ErrorRedirects(SessionCookie sessions, ClientRegistry clients, Consents consents, IOpenIddictApplicationManager applications, DemoAddresses addresses)
{
    private static readonly object Pressed = new();

    /// <summary>Notes that the answer follows from a button that the person pressed on our page.</summary>
    public static void FollowsFromButton(HttpContext context) => context.Items[Pressed] = Pressed;

    /// <summary>The redirect URI of a request, where client and URI are in order.</summary>
    public async Task<string?> FindAsync(OpenIddictRequest? request, CancellationToken cancellationToken) =>
        request is { ClientId: { Length: > 0 } id, RedirectUri: { Length: > 0 } redirect, ResponseMode: null or ResponseModes.Query }
        && await applications.FindByClientIdAsync(id, cancellationToken) is { } application
        && await applications.ValidateRedirectUriAsync(application, redirect, cancellationToken)
            ? redirect
            : null;

    /// <summary>Whether the client may be told without anybody's doing.</summary>
    public async Task<bool> MayRedirectAsync(HttpContext context, string clientId, CancellationToken cancellationToken) =>
        context.Items.ContainsKey(Pressed)
        || await clients.FindAsync(clientId, cancellationToken) is { Kind: ClientKind.Known }
        || (sessions.Read(context)?.Person is { } person && await consents.HasGrantedAsync(person, clientId, cancellationToken));

    /// <summary>The address that tells the client.</summary>
    public string LinkTo(string redirect, string? state, string error, string? description)
    {
        var answer = new Dictionary<string, string?>
        {
            [Parameters.Error] = error,
            [Parameters.ErrorDescription] = description,
            [Parameters.State] = state,
            [Parameters.Iss] = addresses.Issuer,
        };
        return QueryHelpers.AddQueryString(redirect, answer.Where(p => p.Value is not null));
    }
}
