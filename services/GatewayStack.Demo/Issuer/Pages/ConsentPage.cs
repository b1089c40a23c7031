using System.Collections.Immutable;
using GatewayStack.Demo.Issuer.Clients;
using GatewayStack.Demo.Issuer.Consent;
using GatewayStack.Demo.Issuer.Sessions;
using GatewayStack.Demo.Issuer.Tokens;

namespace GatewayStack.Demo.Issuer.Pages;

/// <summary>Which application asks for what, for which resource; granted whole, in part, or not at all.</summary>
internal static class ConsentPage
{
    public const string GrantField = "demo_grant";
    public const string DecisionField = "demo_decision";
    public const string Allow = "allow";
    public const string Refuse = "refuse";
    public const string Switch = "switch";

    public static string Title(Client client) => $"{client.Name} asks for access";

    /// <param name="client">Who asks.</param>
    /// <param name="person">Who is asked.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="redirect">Where the answer goes; null for a device, which fetches it.</param>
    /// <param name="action">Where the decision is posted.</param>
    /// <param name="ticket">The form's ticket.</param>
    /// <param name="hidden">More fields of the form.</param>
    public static Html Content(Client client, DemoPerson person, ConsentQuestion question, string? redirect, string action, string ticket, Html hidden) => Html.Of($"""
        <p>You are <strong>{person.Name}</strong>, {string.Join(", ", person.Roles)} at {person.Tenant}.</p>
        {ClientFacts.Of(client, question.ResourceName, redirect)}
        <form method="post" action="{action}" autocomplete="off">
        <input type="hidden" name="{PageForm.Field}" value="{ticket}">
        {hidden}
        {Scopes(client, question)}
        <div class="actions">
        <button class="main" type="submit" name="{DecisionField}" value="{Allow}">Allow</button>
        <button type="submit" name="{DecisionField}" value="{Refuse}">Refuse</button>
        </div>
        <p><button class="link" type="submit" name="{DecisionField}" value="{Switch}">I am somebody else</button></p>
        </form>
        """);

    private static Html Scopes(Client client, ConsentQuestion question) => Html.Of($"""
        {(question.New.IsEmpty ? Html.Of($"<p>It asks for nothing that you have not allowed it before.</p>") : Choices(client, question.New))}
        {(question.Before.IsEmpty ? Html.Empty : Html.Of($"<h2>Allowed before</h2><ul>{Html.Concat(question.Before.Select(Sentence))}</ul>"))}
        {(question.Denied.IsEmpty ? Html.Empty : Html.Of($"<h2>Asked for, but not yours to give</h2><ul>{Html.Concat(question.Denied.Select(Sentence))}</ul>"))}
        """);

    private static Html Choices(Client client, ImmutableArray<string> scopes) => Html.Of($"""
        <fieldset>
        <legend>{client.Name} may</legend>
        {Html.Concat(scopes.Select(Choice))}
        </fieldset>
        """);

    private static Html Choice(string scope) => Html.Of($"""
        <label class="choice"><input type="checkbox" name="{GrantField}" value="{scope}" checked><span>{IssuerScopes.Sentence(scope)}<small>{scope}</small></span></label>

        """);

    private static Html Sentence(string scope) => Html.Of($"<li>{IssuerScopes.Sentence(scope)} ({scope})</li>");
}
