using System.Collections.Immutable;
using GatewayStack.Contracts.Settings;
using GatewayStack.Router.Modules;

namespace GatewayStack.Router.Routing;

/// <summary>Judges what holds for every request: bounds, deadlines, breakers, standings, and what happens while a module is away.</summary>
internal sealed class PipelineSettingsCheck(ICollection<SettingsError> errors) : SettingsReader(errors)
{
    private static readonly ImmutableArray<string> Stages = ["identify", "inspect", "decide", "apply", "reserve", "answer", "settle"];

    public void Check(RouterOptions options)
    {
        if (options.MaxBodyBytes is < 1024 or > 100 * 1024 * 1024)
        {
            Add("Router:MaxBodyBytes", "is out of range", "give 1024 to 104857600");
        }

        if (options.EndUser is not ("hash" or "user_id"))
        {
            Add("Router:EndUser", $"is '{options.EndUser}'", "use hash or user_id");
        }

        if (options.AllowanceWithoutLimits < 0)
        {
            Add("Router:AllowanceWithoutLimits", "is negative", "use 0 to refuse, or a number of requests per minute");
        }

        foreach (var (stage, milliseconds) in options.Deadlines)
        {
            if (!Stages.Contains(stage, StringComparer.OrdinalIgnoreCase) || milliseconds is < 1 or > 60_000)
            {
                Add($"Router:Deadlines:{stage}", "is no stage, or out of range", $"use {string.Join(", ", Stages)} with 1 to 60000 milliseconds");
            }
        }

        if (options.Standings.StaleSeconds is < 2 or > 3600)
        {
            Add("Router:Standings:StaleSeconds", "is out of range", "give 2 to 3600 seconds");
        }

        if (options.Standings.Contact is { } contact && (contact.Length > 200 || contact.Any(char.IsControl)))
        {
            Add("Router:Standings:Contact", "is too long, or has more than one line", "give at most 200 characters on one line");
        }

        CheckModules(options);
    }

    private void CheckModules(RouterOptions options)
    {
        Choice("Identity", options.OnUnavailable.Identity, "deny");
        Choice("Transform", options.OnUnavailable.Transform, "allow", "deny");
        Choice("Policy", options.OnUnavailable.Policy, "deny");
        Choice("Limits", options.OnUnavailable.Limits, "allow", "allow_capped", "deny");
        foreach (var (name, breaker) in options.Breakers)
        {
            if (!ModuleNames.All.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                Add("Router:Breakers:" + name, "is no module", "use " + string.Join(", ", ModuleNames.All));
            }

            if (breaker is not { FailureRatio: > 0 and <= 1, MinimumThroughput: >= 1 and <= 100_000, SamplingSeconds: >= 1 and <= 600, BreakSeconds: >= 1 and <= 600 })
            {
                Add(
                    "Router:Breakers:" + name, "has a value out of range",
                    "give FailureRatio above 0 to 1, MinimumThroughput 1 to 100000, SamplingSeconds and BreakSeconds 1 to 600");
            }
        }

        if (options.IdentityCacheSeconds is < 0 or > 30)
        {
            Add("Router:IdentityCacheSeconds", "is out of range", "give 0 to 30 seconds");
        }

        if (options.DrainSeconds is < 0 or > 600)
        {
            Add("Router:DrainSeconds", "is out of range", "give 0 to 600 seconds");
        }
    }

    private void Choice(string module, string? given, params ReadOnlySpan<string> good)
    {
        if (given is null || !good.Contains(given))
        {
            var remedy = good.Length == 1 ? $"use {good[0]}: without {module} nothing is ever let through" : "use " + string.Join(" or ", good!);
            Add("Router:OnUnavailable:" + module, $"is '{given}'", remedy);
        }
    }
}
