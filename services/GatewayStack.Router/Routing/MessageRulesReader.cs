using System.Collections.Immutable;
using GatewayStack.Contracts.Settings;

namespace GatewayStack.Router.Routing;

/// <summary>Reads rules about messages, or everything that is wrong with them.</summary>
internal sealed class MessageRulesReader(ICollection<SettingsError> errors)
{
    private const int MaxPrompt = 100_000;
    private static readonly ImmutableArray<string> Roles = ["system", "developer", "user", "assistant", "tool", "function"];

    public MessageRules Read(string key, IReadOnlyList<RoleOptions> roles, IReadOnlyList<SystemPromptOptions> prompts) => roles.Count + prompts.Count == 0
        ? MessageRules.None
        : new MessageRules(
            [.. roles.Select((r, i) => Role($"{key}:Roles:{i}", r)).OfType<RoleRow>()],
            [.. prompts.Select((p, i) => PromptRow($"{key}:SystemPrompts:{i}", p)).OfType<SystemPromptRow>()]);

    /// <summary>A prompt of a single place; null for none.</summary>
    public string? Prompt(string key, string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (string.IsNullOrWhiteSpace(text) || text.Length > MaxPrompt)
        {
            Add(key, text.Length > MaxPrompt ? $"has {text.Length} characters" : "is empty", $"give a text of 1 to {MaxPrompt} characters, or remove it");
            return null;
        }

        if (HasLoneSurrogate(text))
        {
            Add(key, "has half of a surrogate pair", "give valid Unicode");
            return null;
        }

        return text;
    }

    private RoleRow? Role(string key, RoleOptions? options)
    {
        if (options is null)
        {
            Add(key, "is empty", "give it Deny and an Action");
            return null;
        }

        foreach (var role in options.Deny.Where(r => !Roles.Contains(r, StringComparer.Ordinal)))
        {
            Add(key + ":Deny", $"has '{role}'", "use " + string.Join(", ", Roles));
        }

        if (options is { Deny.Count: 0, Tenants.Count: 0 })
        {
            Add(key + ":Deny", "is empty", "name roles; only a row for single tenants may deny none");
        }

        CheckTenants(key, options.Tenants);
        var action = options.Action switch
        {
            "report" => RoleAction.Report,
            "remove" => RoleAction.Remove,
            "refuse" => RoleAction.Refuse,
            _ => RoleAction.None,
        };
        if (action == RoleAction.None && (options.Action is not null || options.Deny.Count > 0))
        {
            Add(key + ":Action", options.Action is null ? "is missing" : $"is '{options.Action}'", "use report, remove or refuse");
        }

        return new RoleRow([.. options.Deny], action, [.. options.Tenants]);
    }

    private SystemPromptRow? PromptRow(string key, SystemPromptOptions? options)
    {
        if (options?.Text is null)
        {
            Add(key + ":Text", "is missing", "give the text of the message");
            return null;
        }

        CheckTenants(key, options.Tenants);
        return Prompt(key + ":Text", options.Text) is { } text ? new SystemPromptRow(text, [.. options.Tenants]) : null;
    }

    private void CheckTenants(string key, IReadOnlyList<string> tenants)
    {
        if (tenants.Any(string.IsNullOrWhiteSpace))
        {
            Add(key + ":Tenants", "has an empty value", "remove it; without tenants a row is for all");
        }
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return true;
            }
        }

        return false;
    }

    private void Add(string key, string problem, string remedy) => errors.Add(new SettingsError(key, problem, remedy));
}
