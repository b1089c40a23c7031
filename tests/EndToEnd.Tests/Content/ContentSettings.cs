namespace GatewayStack.EndToEnd.Tests.Content;

/// <summary>A model on whose route content is changed on the way out and on the way back.</summary>
internal static class ContentSettings
{
    /// <summary>E-mail addresses and phones leave as pseudonyms, cards are refused; in answers cards are taken out and account numbers, and what is harmful, end it.</summary>
    public const string Model = "discreet-model";

    public const string Rule = $$"""

          - id: discreet-model
            effect: allow
            who: { allScopes: [chat:write] }
            actions: [model.call]
            models: [{{Model}}]

        """;

    /// <param name="provider">Base URL of the repeating provider.</param>
    public static IEnumerable<KeyValuePair<string, string>> Create(string provider)
    {
        const string model = "Router:Models:12:";
        yield return new("Router:Providers:repeater:BaseUrl", provider);
        yield return new("Router:Providers:repeater:Class", "internal");
        yield return new(model + "Name", Model);
        yield return new(model + "Targets:0:Provider", "repeater");
        yield return new(model + "Targets:0:Model", "gpt-4o-mini");
        yield return new(model + "Actions:0:Types:0", "EMAIL");
        yield return new(model + "Actions:0:Types:1", "PHONE");
        yield return new(model + "Actions:0:Action", "pseudonymise");
        yield return new(model + "Actions:1:Types:0", "CREDIT_CARD");
        yield return new(model + "Actions:1:Action", "block");
        yield return new(model + "Answers:0:Types:0", "CREDIT_CARD");
        yield return new(model + "Answers:0:Action", "redact");
        yield return new(model + "Answers:1:Types:0", "IBAN");
        yield return new(model + "Answers:1:Action", "block");
        yield return new(model + "Answers:2:Labels:0", "harmful");
        yield return new(model + "Answers:2:Action", "block");
    }
}
