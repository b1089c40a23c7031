using GatewayStack.Demo.Issuer.Authorization;
using GatewayStack.Demo.Issuer.Pages;
using GatewayStack.Demo.Issuer.Store;
using GatewayStack.Demo.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GatewayStack.Demo.Issuer.Sessions;

/// <summary>Signing out: here, of what was granted in the session, and at the gateway. It leads nowhere: no client registers an address for it.</summary>
internal sealed class LogoutEndpoint(SessionCookie sessions, EndedSessions ended, PageForm forms, LogoutNotice notice, DemoMetrics metrics)
{
    private const string Kind = "logout";
    private const string Title = "Sign out";
    private const string Action = DemoAddresses.PathBase + IssuerPaths.EndSession;

    public void Map(IEndpointRouteBuilder demo) => demo.MapMethods(IssuerPaths.EndSession, [HttpMethods.Get, HttpMethods.Post], LogoutAsync);

    private async Task LogoutAsync(HttpContext context)
    {
        Page.Harden(context.Response);
        if (sessions.Read(context) is not { Person: { } person } session)
        {
            await Page.WriteAsync(context, StatusCodes.Status200OK, "Nobody is signed in", Html.Of($"<p>You can close this page.</p>"));
            return;
        }

        // A request is a question: whoever links here signs nobody out.
        var form = HttpMethods.IsPost(context.Request.Method) && context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : null;
        if (form is null || !form.ContainsKey(PageForm.Field))
        {
            await Page.WriteAsync(context, StatusCodes.Status200OK, Title, Html.Of($"""
                <p>You are <strong>{person.Name}</strong>. Applications that you signed in with here lose their access.</p>
                <form method="post" action="{Action}">
                <input type="hidden" name="{PageForm.Field}" value="{forms.Issue(context, Kind, session.Id)}">
                <div class="actions"><button class="main" type="submit">Sign out</button></div>
                </form>
                """));
            return;
        }

        if (!forms.IsOurs(context, form, Kind, session.Id))
        {
            metrics.IssuerRefused("logout", "not_our_form");
            await Answers.NotOursAsync(context);
            return;
        }

        // Whoever pressed the button is signed out, also when they close the page at once; the notice has a deadline of its own.
        SessionCookie.End(context);
        await ended.AddAsync(context.RequestServices.GetRequiredService<IssuerContext>(), session.Id, CancellationToken.None);
        var told = await notice.SendAsync(session, CancellationToken.None);
        await Page.WriteAsync(context, StatusCodes.Status200OK, "You are signed out", told
            ? Html.Of($"<p>The gateway was told, and refuses what was signed in for here from now on.</p>")
            : Html.Of($"<p>The gateway could not be told: access tokens that applications hold are good until they run out.</p>"));
    }
}
