using System.Collections.Immutable;
using GatewayStack.Demo.Issuer.Sessions;
using GatewayStack.Demo.Issuer.Tokens;

namespace GatewayStack.Demo.Issuer.Pages;

/// <summary>Who are you? One button for each person, with what they may grant of what was asked.</summary>
internal static class PersonPage
{
    public const string Title = "Who are you?";
    public const string Field = "demo_person";

    /// <param name="intro">What it is about.</param>
    /// <param name="action">Where the choice is posted.</param>
    /// <param name="ticket">The form's ticket.</param>
    /// <param name="hidden">More fields of the form.</param>
    /// <param name="asked">What was asked for; empty when it was not said.</param>
    public static Html Content(Html intro, string action, string ticket, Html hidden, ImmutableArray<string> asked) => Html.Of($"""
        {intro}
        <p>Pick a person of the demo. There is no password: this is a demonstration, and nobody's account is behind it.</p>
        <form method="post" action="{action}" autocomplete="off">
        <input type="hidden" name="{PageForm.Field}" value="{ticket}">
        {hidden}
        <fieldset>
        <legend>Continue as</legend>
        {Html.Concat(DemoPerson.All.Select(p => Button(p, asked)))}
        </fieldset>
        </form>
        """);

    private static Html Button(DemoPerson person, ImmutableArray<string> asked) => Html.Of($"""
        <button class="person" type="submit" name="{Field}" value="{person.User}">{person.Name}<small>{string.Join(", ", person.Roles)} at {person.Tenant}{Rights(person, asked)}</small></button>

        """);

    private static string Rights(DemoPerson person, ImmutableArray<string> asked)
    {
        var access = asked.Where(IssuerScopes.IsAccess).ToImmutableArray();
        var may = access.Count(s => IssuerScopes.MayGrant(person, s));
        return access.Length == 0 || may == access.Length ? "" : may == 0 ? " · may grant none of this" : " · may grant a part of this";
    }
}
