using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using GatewayStack.Contracts.Settings;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Router.Routing;

/// <summary>Reads <c>Router:Models</c>, once the providers are known.</summary>
internal sealed class ModelReader(
    ICollection<SettingsError> errors, ContentRowsReader content, MessageRulesReader messages, FrozenDictionary<string, Provider> providers) : SettingsReader(errors)
{
    public ModelRoute? Read(int index, ModelOptions? options)
    {
        var key = $"Router:Models:{index}";
        if (string.IsNullOrWhiteSpace(options?.Name))
        {
            return Missing<ModelRoute>(key + ":Name", "is missing", "give the name that callers use");
        }

        if (options.Targets.Count == 0)
        {
            Add(key + ":Targets", $"of '{options.Name}' is empty", "name at least one Provider");
        }

        var targets = ImmutableArray.CreateBuilder<ModelTarget>();
        for (var i = 0; i < options.Targets.Count; i++)
        {
            var target = options.Targets[i];
            if (target?.Provider is null || !providers.TryGetValue(target.Provider, out var provider))
            {
                var good = string.Join(", ", providers.Keys.Order(StringComparer.Ordinal));
                Add($"{key}:Targets:{i}:Provider", $"names '{target?.Provider}', which is not a good provider", $"use one of: {good}");
                continue;
            }

            if (target.MaxOutputTokens is < 1 or > 10_000_000)
            {
                Add($"{key}:Targets:{i}:MaxOutputTokens", "is out of range", "give 1 to 10000000: it bounds every hold");
            }

            if (target.MaxTokensMember is not ("max_tokens" or "max_completion_tokens"))
            {
                Add($"{key}:Targets:{i}:MaxTokensMember", $"is '{target.MaxTokensMember}'", "use max_tokens or max_completion_tokens");
            }

            targets.Add(new ModelTarget
            {
                Id = i.ToString(CultureInfo.InvariantCulture),
                Provider = provider,
                Model = target.Model ?? options.Name,
                MaxOutputTokens = target.MaxOutputTokens,
                MaxTokensMember = target.MaxTokensMember,
            });
        }

        return new ModelRoute
        {
            Name = options.Name,
            Treatment = Treatment(key, options.Transform, ContentTreatment.Detect),
            Content = content.Read(key, options.Transform, options.Actions, options.Answers),
            SystemPrompt = messages.Prompt(key + ":SystemPrompt", options.SystemPrompt),
            Targets = targets.ToImmutable(),
        };
    }
}
