using System.Security.Claims;
using GatewayStack.Demo.Issuer.Pages;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using OpenIddict.Server.AspNetCore;

namespace GatewayStack.Demo.Issuer.Authorization;

/// <summary>The ends of a request to the pages.</summary>
internal static class Answers
{
    private const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    /// <summary>Tells the client that it gets nothing, and why.</summary>
    public static Task RefuseAsync(HttpContext context, string error, string description) => context.ForbidAsync(Scheme, new AuthenticationProperties(new Dictionary<string, string?>
    {
        [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
        [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = description,
    }));

    /// <summary>Gives the client what was granted.</summary>
    public static Task GrantAsync(HttpContext context, ClaimsPrincipal grant, string? landing = null) =>
        context.SignInAsync(Scheme, grant, new AuthenticationProperties { RedirectUri = landing });

    /// <summary>Tells the person that it cannot go on; nobody is redirected.</summary>
    /// <param name="context">The request.</param>
    /// <param name="description">Why, in a sentence.</param>
    /// <param name="error">The word of the standards for it.</param>
    /// <param name="back">Where the application is told, if the person wants that; null where nobody is known to whom it could be said.</param>
    public static Task ProblemAsync(HttpContext context, string description, string? error = null, string? back = null) => Page.WriteAsync(
        context,
        StatusCodes.Status400BadRequest,
        "This sign-in cannot go on",
        Html.Of($"""
            <p>{description}</p>
            {(error is null ? Html.Empty : Html.Of($"<p>Error code: <code>{error}</code></p>"))}
            <p>Nothing was granted. Close this page, and start again from the application.</p>
            {(back is null ? Html.Empty : Back(back))}
            """));

    private static Html Back(string back) => Html.Of($"""
        <p class="warning">Anybody can register an application, so this one is not told by itself. If you have just started this sign-in yourself, you can
        <a href="{back}">tell it</a>. That leads to <strong>{ClientFacts.Destination(back)}</strong>.</p>
        """);

    /// <summary>A form that was not made here for this browser, or too long ago.</summary>
    public static Task NotOursAsync(HttpContext context) => ProblemAsync(
        context, "This form did not come from this sign-in page in this browser, or it is too old. If you did not send it yourself, another page tried to do it for you.");
}
