using GatewayStack.Demo.Issuer.Pages;
using GatewayStack.Demo.Issuer.Sessions;
using GatewayStack.Demo.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GatewayStack.Demo.Issuer.Authorization;

/// <summary>Takes the person who was picked, and goes back to what they were picked for.</summary>
internal sealed class SignInEndpoint(SessionCookie sessions, PageForm forms, DemoMetrics metrics)
{
    public const string Action = DemoAddresses.PathBase + IssuerPaths.SignIn;

    private const string Kind = "person";
    private const string ReturnField = "demo_return";

    public void Map(IEndpointRouteBuilder demo) => demo.MapPost(IssuerPaths.SignIn, SignInAsync);

    /// <summary>Ticket and fields of the form that picks a person.</summary>
    /// <param name="forms">Makes tickets.</param>
    /// <param name="context">The request that is answered with the form.</param>
    /// <param name="back">Where to go then, a path of the issuer; the ticket stands for it, so nobody can change it.</param>
    public static (string Ticket, Html Fields) Form(PageForm forms, HttpContext context, string back) =>
        (forms.Issue(context, Kind, back), Html.Of($"""<input type="hidden" name="{ReturnField}" value="{back}">"""));

    private async Task SignInAsync(HttpContext context)
    {
        Page.Harden(context.Response);
        if (!context.Request.HasFormContentType
            || await context.Request.ReadFormAsync(context.RequestAborted) is not { } form
            || form[ReturnField] is not [{ } back]
            || !forms.IsOurs(context, form, Kind, back))
        {
            metrics.IssuerRefused("signin", "not_our_form");
            await Answers.NotOursAsync(context);
            return;
        }

        if (DemoPerson.All.FirstOrDefault(p => p.User == form[PersonPage.Field]) is not { } person)
        {
            metrics.IssuerRefused("signin", "unknown_person");
            await Answers.ProblemAsync(context, "The demo has no such person.");
            return;
        }

        sessions.Begin(context, person);
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = back;
    }
}
