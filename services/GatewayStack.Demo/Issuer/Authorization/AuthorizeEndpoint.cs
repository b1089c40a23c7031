using System.Collections.Immutable;
using System.Globalization;
using GatewayStack.Demo.Issuer.Clients;
using GatewayStack.Demo.Issuer.Consent;
using GatewayStack.Demo.Issuer.Pages;
using GatewayStack.Demo.Issuer.Sessions;
using GatewayStack.Demo.Issuer.Tokens;
using GatewayStack.Demo.Server;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace GatewayStack.Demo.Issuer.Authorization;

/// <summary>The authorization endpoint, once OpenIddict found client, redirect URI, PKCE, scopes and resource in order: who is it, and do they allow it?</summary>
internal sealed class AuthorizeEndpoint(SessionCookie sessions, PageForm forms, TokenResources resources, DemoMetrics metrics, TimeProvider time)
{
    private const string Kind = "consent";
    private const string Action = DemoAddresses.PathBase + IssuerPaths.Authorize;
    private const string NothingToGrant = "This person may not grant what was asked for. Asking again will not change that.";

    public void Map(IEndpointRouteBuilder demo) => demo.MapMethods(IssuerPaths.Authorize, [HttpMethods.Get, HttpMethods.Post], AuthorizeAsync);

    private async Task AuthorizeAsync(HttpContext context)
    {
        Page.Harden(context.Response);
        if (context.GetOpenIddictServerResponse() is { Error: { } error } refusal)
        {
            await ExplainAsync(context, refusal.ErrorDescription ?? "The application's request is not in order.", error);
            return;
        }

        var request = context.GetOpenIddictServerRequest() ?? throw new InvalidOperationException("OpenIddict did not see this request.");
        var form = HttpMethods.IsPost(context.Request.Method) ? await context.Request.ReadFormAsync(context.RequestAborted) : null;
        var parameters = RequestParameters.From(form ?? (IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>>)context.Request.Query);
        var client = await context.RequestServices.GetRequiredService<ClientRegistry>().FindAsync(request.ClientId!, context.RequestAborted)
            ?? throw new InvalidOperationException("OpenIddict knows a client that is not in the registry.");
        var turn = new Turn(context, request, parameters, client, form);
        if (sessions.Read(context) is not { Person: { } person } session || MustSignIn(request, session, await HintAsync(context)))
        {
            await (request.HasPromptValue(PromptValues.None)
                ? RefuseAsync(turn, Errors.LoginRequired, "Nobody is signed in here, or not as it was asked for.")
                : AskWhoAsync(turn, Asked(turn, person: null)));
            return;
        }

        var asked = Asked(turn, person);
        var question = await context.RequestServices.GetRequiredService<Consents>()
            .AskAsync(person, client.Id, resources.Audience(request.GetResources())!, asked, context.RequestAborted);
        if (request.HasPromptValue(PromptValues.Consent) && !question.IsHopeless)
        {
            question = question with { New = [.. asked.Intersect(question.Before.Union(question.New, StringComparer.Ordinal), StringComparer.Ordinal)], Before = [], HoldsToken = false };
        }

        await (form?[ConsentPage.DecisionField] is [{ } decision]
            ? DecideAsync(turn, person, session, question, decision)
            : AskOrGrantAsync(turn, person, session, question));
    }

    private Task DecideAsync(Turn turn, DemoPerson person, DemoSession session, ConsentQuestion question, string decision)
    {
        if (!forms.IsOurs(turn.Context, turn.Form!, Kind, Subject(turn, session)))
        {
            metrics.IssuerRefused("authorize", "not_our_form");
            return Answers.NotOursAsync(turn.Context);
        }

        return decision switch
        {
            ConsentPage.Allow => AllowAsync(turn, person, session, question),
            ConsentPage.Switch => AskWhoAsync(turn, Asked(turn, person: null)),
            _ => RefuseByButtonAsync(turn, "The person refused."),
        };
    }

    private static async Task AllowAsync(Turn turn, DemoPerson person, DemoSession session, ConsentQuestion question)
    {
        // What is not in the question was not asked, whatever the form says.
        ImmutableArray<string> allowed = [.. question.New.Intersect(turn.Form![ConsentPage.GrantField].OfType<string>(), StringComparer.Ordinal)];
        ImmutableArray<string> granted = [.. question.Before, .. allowed];
        if (granted.IsEmpty || (question.New.Concat(question.Before).Any(IssuerScopes.IsAccess) && !granted.Any(IssuerScopes.IsAccess)))
        {
            await RefuseByButtonAsync(turn, "The person granted nothing of what was asked for.");
            return;
        }

        await GrantAsync(turn, person, session, question, granted, [.. question.New.Except(allowed, StringComparer.Ordinal)]);
    }

    private async Task AskOrGrantAsync(Turn turn, DemoPerson person, DemoSession session, ConsentQuestion question)
    {
        if (question.IsHopeless)
        {
            await RefuseAsync(turn, Errors.AccessDenied, NothingToGrant);
            return;
        }

        // A program on this machine can call itself anything: it gets nothing without somebody looking (RFC 8252, 8.6). Nor does an address that only has the shape of a
        // registered one.
        var quietly = question is { New.IsEmpty: true, Denied.IsEmpty: true, Before.IsEmpty: false }
            && !turn.Request.HasPromptValue(PromptValues.Consent)
            && turn.Request.RedirectUri is { } redirect
            && redirect.StartsWith("https:", StringComparison.Ordinal)
            && turn.Client.RedirectUris.Contains(redirect, StringComparer.Ordinal);
        if (quietly)
        {
            await GrantAsync(turn, person, session, question, question.Before, refused: []);
        }
        else if (turn.Request.HasPromptValue(PromptValues.None))
        {
            await RefuseAsync(turn, Errors.ConsentRequired, "The person has to be asked.");
        }
        else
        {
            var ticket = forms.Issue(turn.Context, Kind, Subject(turn, session));
            var content = ConsentPage.Content(turn.Client, person, question, turn.Request.RedirectUri, Action, ticket, turn.Parameters.Fields);
            await Page.WriteAsync(turn.Context, StatusCodes.Status200OK, ConsentPage.Title(turn.Client), content, turn.Request.RedirectUri);
        }
    }

    /// <summary>The client is told what the person decided.</summary>
    private static Task RefuseByButtonAsync(Turn turn, string description)
    {
        ErrorRedirects.FollowsFromButton(turn.Context);
        return Answers.RefuseAsync(turn.Context, Errors.AccessDenied, description);
    }

    /// <summary>The client is told where it may be told by itself; else the person is.</summary>
    private async Task RefuseAsync(Turn turn, string error, string description)
    {
        var redirects = turn.Context.RequestServices.GetRequiredService<ErrorRedirects>();
        if (await redirects.MayRedirectAsync(turn.Context, turn.Client.Id, turn.Context.RequestAborted))
        {
            await Answers.RefuseAsync(turn.Context, error, description);
            return;
        }

        metrics.IssuerRefused("authorize", error);
        await ExplainAsync(turn.Context, description, error);
    }

    /// <summary>Tells the person, with a link that tells the client where there is one to be told.</summary>
    private static async Task ExplainAsync(HttpContext context, string description, string error)
    {
        var (redirects, request) = (context.RequestServices.GetRequiredService<ErrorRedirects>(), context.GetOpenIddictServerRequest());
        var redirect = error == Errors.InvalidClient ? null : await redirects.FindAsync(request, context.RequestAborted);
        await Answers.ProblemAsync(context, description, error, redirect is null ? null : redirects.LinkTo(redirect, request!.State, error, description));
    }

    private static async Task GrantAsync(
        Turn turn, DemoPerson person, DemoSession session, ConsentQuestion question, ImmutableArray<string> granted, ImmutableArray<string> refused)
    {
        var services = turn.Context.RequestServices;
        await services.GetRequiredService<Consents>().RememberAsync(person, turn.Client.Id, question.Resource, granted, refused, turn.Context.RequestAborted);
        await services.GetRequiredService<ClientRegistry>().UsedAsync(turn.Client.Id, turn.Context.RequestAborted);
        await Answers.GrantAsync(turn.Context, GrantPrincipal.Create(person, session, question.Resource, granted));
    }

    private Task AskWhoAsync(Turn turn, ImmutableArray<string> asked)
    {
        var (ticket, fields) = SignInEndpoint.Form(forms, turn.Context, Action + turn.Parameters.AfterSignIn());
        var intro = ClientFacts.Of(turn.Client, turn.Request.GetResources() is [var resource] ? resource : "the gateway's API", turn.Request.RedirectUri);
        return Page.WriteAsync(
            turn.Context, StatusCodes.Status200OK, PersonPage.Title, PersonPage.Content(intro, SignInEndpoint.Action, ticket, fields, asked), turn.Request.RedirectUri);
    }

    /// <summary>What is asked for: by the request, by the client's registration, or what a person usually has.</summary>
    private static ImmutableArray<string> Asked(Turn turn, DemoPerson? person)
    {
        var asked = turn.Request.GetScopes();
        if (!IssuerScopes.LeavesOpen(asked))
        {
            return [.. asked.Distinct(StringComparer.Ordinal)];
        }

        ImmutableArray<string> registered = [.. (turn.Client.Scope ?? "").Split(' ').Intersect(IssuerScopes.All, StringComparer.Ordinal)];
        return [.. (registered.IsEmpty ? person?.Scopes ?? [] : registered).Union(asked, StringComparer.Ordinal)];
    }

    private bool MustSignIn(OpenIddictRequest request, DemoSession session, string? hint) =>
        request.HasPromptValue(PromptValues.Login) || request.HasPromptValue(PromptValues.SelectAccount)
        || (request.MaxAge is { } age && time.GetUtcNow() - session.Time > TimeSpan.FromSeconds(age))
        || (hint is not null && hint != session.Person!.Subject);

    /// <summary>The person a client says it means, by an id token of this issuer.</summary>
    private static async Task<string?> HintAsync(HttpContext context) =>
        (await Microsoft.AspNetCore.Authentication.AuthenticationHttpContextExtensions.AuthenticateAsync(
            context, OpenIddict.Server.AspNetCore.OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)).Principal?.GetClaim(Claims.Subject);

    private static string Subject(Turn turn, DemoSession session) => string.Create(CultureInfo.InvariantCulture, $"{session.Id}\n{turn.Parameters.Canonical}");

    /// <summary>One request and what is known of it.</summary>
    private sealed record Turn(HttpContext Context, OpenIddictRequest Request, RequestParameters Parameters, Client Client, IFormCollection? Form);
}
