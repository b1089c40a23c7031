using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace GatewayStack.Demo.Issuer.Authorization;

/// <summary>
/// A client hears of the errors of its request at its redirect URI (RFC 6749, 4.1.2.1). OpenIddict shows them on a page, because it has not judged the URI yet when it
/// finds them; here it is judged: where client and URI are in order, the answer goes there, and nowhere else.
/// </summary>
internal sealed class AnswerAtRedirect(IOpenIddictApplicationManager applications) : IOpenIddictServerHandler<ApplyAuthorizationResponseContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyAuthorizationResponseContext>()
        .UseScopedHandler<AnswerAtRedirect>().SetOrder(OpenIddictServerHandlers.Authentication.AttachRedirectUri.Descriptor.Order + 500).Build();

    public async ValueTask HandleAsync(ApplyAuthorizationResponseContext context)
    {
        if (context.RedirectUri is null
            && context.Response.Error is not (null or Errors.InvalidClient)
            && context.Request is { ClientId: { Length: > 0 } id, RedirectUri: { Length: > 0 } redirect, ResponseMode: null or ResponseModes.Query }
            && await applications.FindByClientIdAsync(id, context.CancellationToken) is { } application
            && await applications.ValidateRedirectUriAsync(application, redirect, context.CancellationToken))
        {
            context.RedirectUri = redirect;
        }
    }
}
