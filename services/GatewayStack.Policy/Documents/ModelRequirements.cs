using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Policy;
using GatewayStack.Documents.Reading;
using GatewayStack.Policy.Compilation;

namespace GatewayStack.Policy.Documents;

/// <summary>The short form: <c>{"gpt-4-medical": {"requiredRoles": ["doctor"], "requiredScopes": ["medical:write"]}}</c>. Any of the roles, all of the scopes.</summary>
/// <remarks>
/// One model becomes two rules: one that allows whoever has them, and one that requires them of everybody, so that no wider rule, alias or backend leads round them.
/// </remarks>
internal static class ModelRequirements
{
    public static IEnumerable<Rule> Read(DocumentNode models)
    {
        if (models.Kind != System.Text.Json.JsonValueKind.Object)
        {
            models.Error("must be an object: models with what they require");
        }

        return models.Members().Take(PolicyFormat.MaxRules).SelectMany(m => Read(m.Name, m.Value));
    }

    private static IEnumerable<Rule> Read(string model, DocumentNode node)
    {
        if (!node.ExpectObject("requiredRoles", "requiredScopes"))
        {
            return [];
        }

        if (string.IsNullOrWhiteSpace(model))
        {
            node.Error("names no model");
        }

        var roles = node.Member("requiredRoles");
        var scopes = node.Member("requiredScopes");
        if (roles is null && scopes is null)
        {
            node.Error("requires nothing: name requiredRoles or requiredScopes, or allow the model to everyone with a rule");
            return [];
        }

        var who = new Who { AnyRole = roles?.Texts() ?? [], AllScopes = scopes?.Texts() ?? [] };
        return
        [
            new Rule
            {
                Id = $"model:{model}",
                Effect = RuleEffect.Allow,
                Who = who with { Kinds = [IdentityKind.Person] },
                Actions = [GatewayActions.ModelCall],
                Models = [new Glob(model, ignoreCase: false)],
            },
            new Rule
            {
                Id = $"model:{model}:required",
                Effect = RuleEffect.Require,
                Who = who,
                Models = [new Glob(model, ignoreCase: true)],
            },
        ];
    }
}
