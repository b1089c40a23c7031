using System.Collections.Immutable;
using GatewayStack.Demo.Issuer.Clients;
using GatewayStack.Demo.Issuer.Consent;
using GatewayStack.Demo.Issuer.Pages;
using GatewayStack.Demo.Issuer.Sessions;
using GatewayStack.Demo.Issuer.Tokens;
using GatewayStack.Demo.Server;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace GatewayStack.Demo.Issuer.Authorization;

/// <summary>Where a person types the code that a device without a browser shows (RFC 8628, 3.3), and then decides as for any other application.</summary>
internal sealed class DeviceEndpoint(SessionCookie sessions, PageForm forms, DemoMetrics metrics, TimeProvider time)
{
    private const string Kind = "device";
    private const string DonePath = "/device/done";
    private const string Action = DemoAddresses.PathBase + IssuerPaths.Device;
    private const string CodeTitle = "Sign in a device";

    // A code has 12 digits and lives for minutes: who guesses has no chance at this pace (RFC 8628, 5.1).
    private readonly Bucket _wrongCodes = new(burst: 20, perMinute: 10, time);

    public void Map(IEndpointRouteBuilder demo)
    {
        demo.MapMethods(IssuerPaths.Device, [HttpMethods.Get, HttpMethods.Post], VerifyAsync);
        demo.MapGet(DonePath, context => Page.WriteAsync(
            context, StatusCodes.Status200OK, "Done", Html.Of($"<p>The device gets its answer in a moment. You can close this page.</p>")));
    }

    private async Task VerifyAsync(HttpContext context)
    {
        Page.Harden(context.Response);
        var form = HttpMethods.IsPost(context.Request.Method) ? await context.Request.ReadFormAsync(context.RequestAborted) : null;
        var code = (form?[Parameters.UserCode] ?? context.Request.Query[Parameters.UserCode]).ToString();
        if (code.Length == 0)
        {
            await AskCodeAsync(context, StatusCodes.Status200OK, Html.Empty);
            return;
        }

        // Taken before the code is looked at, and given back for a right one: who guesses too fast does not even learn of a hit.
        if (!_wrongCodes.TryTake())
        {
            metrics.IssuerRefused("device_page", "too_many");
            await Page.WriteAsync(context, StatusCodes.Status429TooManyRequests, CodeTitle, Html.Of($"<p>Too many wrong codes came in just now. Try again in a minute.</p>"));
            return;
        }

        var demand = await context.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        if (demand.Principal is not { } principal || principal.GetClaim(Claims.ClientId) is not { } clientId)
        {
            metrics.IssuerRefused("device_page", "unknown_code");
            await AskCodeAsync(
                context, StatusCodes.Status400BadRequest, Html.Of($"""<p class="warning" role="alert">This code is unknown, used or too old. Look at the device again.</p>"""));
            return;
        }

        _wrongCodes.GiveBack();
        var client = await context.RequestServices.GetRequiredService<ClientRegistry>().FindAsync(clientId, context.RequestAborted)
            ?? throw new InvalidOperationException("A device code is for a client that is not in the registry.");
        if (sessions.Read(context) is not { Person: { } person } session || form?[ConsentPage.DecisionField] is [ConsentPage.Switch])
        {
            var (ticket, fields) = SignInEndpoint.Form(forms, context, Action + new QueryBuilder { { Parameters.UserCode, code } });
            var intro = ClientFacts.Of(client, principal.GetResources().FirstOrDefault() ?? "", redirect: null);
            await Page.WriteAsync(
                context, StatusCodes.Status200OK, PersonPage.Title, PersonPage.Content(intro, SignInEndpoint.Action, ticket, fields, principal.GetScopes()));
            return;
        }

        var scopes = principal.GetScopes();
        ImmutableArray<string> asked = IssuerScopes.LeavesOpen(scopes) ? [.. person.Scopes.Union(scopes, StringComparer.Ordinal)] : scopes;
        var question = await context.RequestServices.GetRequiredService<Consents>()
            .AskAsync(person, client.Id, principal.GetResources()[0], asked, context.RequestAborted);
        // A code may have been sent to the person by somebody else: they are asked for all of it each time.
        question = question with { New = [.. question.New, .. question.Before], Before = [], HoldsToken = false };
        await (form?[ConsentPage.DecisionField] is [{ } decision]
            ? DecideAsync(context, form, client, person, session, question, code, decision)
            : AskAsync(context, client, person, session, question, code));
    }

    private async Task AskAsync(HttpContext context, Client client, DemoPerson person, DemoSession session, ConsentQuestion question, string code)
    {
        if (question.IsHopeless)
        {
            await RefuseAsync(context);
            return;
        }

        var fields = Html.Of($"""
            <input type="hidden" name="{Parameters.UserCode}" value="{code}">
            <p class="warning">Go on only if a device in front of you shows the code <strong>{code}</strong>.</p>
            """);
        var content = ConsentPage.Content(client, person, question, redirect: null, Action, forms.Issue(context, Kind, Subject(session, code)), fields);
        await Page.WriteAsync(context, StatusCodes.Status200OK, ConsentPage.Title(client), content);
    }

    private async Task DecideAsync(
        HttpContext context, IFormCollection form, Client client, DemoPerson person, DemoSession session, ConsentQuestion question, string code, string decision)
    {
        if (!forms.IsOurs(context, form, Kind, Subject(session, code)))
        {
            metrics.IssuerRefused("device_page", "not_our_form");
            await Answers.NotOursAsync(context);
            return;
        }

        ImmutableArray<string> granted = [.. question.New.Intersect(form[ConsentPage.GrantField].OfType<string>(), StringComparer.Ordinal)];
        if (decision != ConsentPage.Allow || !granted.Any(IssuerScopes.IsAccess))
        {
            await RefuseAsync(context);
            return;
        }

        var services = context.RequestServices;
        await services.GetRequiredService<Consents>().RememberAsync(
            person, client.Id, question.Resource, granted, [.. question.New.Except(granted, StringComparer.Ordinal)], context.RequestAborted);
        await services.GetRequiredService<ClientRegistry>().UsedAsync(client.Id, context.RequestAborted);
        await Answers.GrantAsync(context, GrantPrincipal.Create(person, session, question.Resource, granted), DemoAddresses.PathBase + DonePath);
    }

    private static Task RefuseAsync(HttpContext context) => context.ForbidAsync(
        OpenIddictServerAspNetCoreDefaults.AuthenticationScheme, new AuthenticationProperties { RedirectUri = DemoAddresses.PathBase + DonePath });

    private static Task AskCodeAsync(HttpContext context, int status, Html problem) => Page.WriteAsync(context, status, CodeTitle, Html.Of($"""
        {problem}
        <form method="get" action="{Action}" autocomplete="off">
        <p><label for="code">The code that the device shows</label></p>
        <p><input id="code" type="text" name="{Parameters.UserCode}" inputmode="numeric" maxlength="20" required autofocus></p>
        <div class="actions"><button class="main" type="submit">Continue</button></div>
        </form>
        """));

    private static string Subject(DemoSession session, string code) => $"{session.Id}\n{code}";
}
