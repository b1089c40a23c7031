using Microsoft.AspNetCore;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace GatewayStack.Demo.Issuer.Authorization;

/// <summary>
/// A client hears of the errors of its request at its redirect URI (RFC 6749, 4.1.2.1). OpenIddict shows some of them on a page, because it has not judged the URI yet when it
/// finds them; here it is judged: where client and URI are in order and the client may be told by itself, the answer goes there, and nowhere else.
/// </summary>
internal sealed class AnswerAtRedirect(ErrorRedirects redirects) : IOpenIddictServerHandler<ApplyAuthorizationResponseContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyAuthorizationResponseContext>()
        .UseScopedHandler<AnswerAtRedirect>().SetOrder(OpenIddictServerHandlers.Authentication.AttachRedirectUri.Descriptor.Order + 500).Build();

    public async ValueTask HandleAsync(ApplyAuthorizationResponseContext context)
    {
        if (context.Response.Error is not { } error)
        {
            return;
        }

        context.RedirectUri ??= error == Errors.InvalidClient ? null : await redirects.FindAsync(context.Request, context.CancellationToken);
        if (context.RedirectUri is not null
            && !(context.Request?.ClientId is { } id && await redirects.MayRedirectAsync(context.Transaction.GetHttpRequest()!.HttpContext, id, context.CancellationToken)))
        {
            context.RedirectUri = null;
        }
    }
}
