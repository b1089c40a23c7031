using System.Globalization;
using GatewayStack.Contracts.Settings;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.Transform.Normalisation;

/// <summary>Checks the section <c>Transform:Normalise</c>.</summary>
internal static class NormalisationCheck
{
    private const int MostChars = 100_000_000;

    /// <summary>Adds what is wrong.</summary>
    public static void Check(IConfigurationSection section, List<SettingsError> errors)
    {
        CheckOne(section, errors);
        foreach (var tenant in section.GetSection(nameof(NormaliseOptions.Tenants)).GetChildren())
        {
            if (tenant.Value is not null)
            {
                errors.Add(new SettingsError(tenant.Path, "is a single value", "give it HiddenCharacters, MaxPartChars or LongParts"));
            }

            CheckOne(tenant, errors);
        }
    }

    private static void CheckOne(IConfigurationSection section, List<SettingsError> errors)
    {
        if (section[nameof(NormaliseOptions.HiddenCharacters)] is { } hidden && NormaliseRules.Parse(hidden) is null)
        {
            errors.Add(new SettingsError($"{section.Path}:HiddenCharacters", $"is '{hidden}'", "use report, remove or refuse"));
        }

        if (section[nameof(NormaliseOptions.LongParts)] is { } parts && NormaliseRules.Parse(parts) is not (NormaliseAction.Report or NormaliseAction.Refuse))
        {
            errors.Add(new SettingsError($"{section.Path}:LongParts", $"is '{parts}'", "use report or refuse: a text is never cut"));
        }

        if (section[nameof(NormaliseOptions.MaxPartChars)] is { } most
            && (!int.TryParse(most, NumberStyles.None, CultureInfo.InvariantCulture, out var chars) || chars > MostChars))
        {
            errors.Add(new SettingsError($"{section.Path}:MaxPartChars", $"is '{most}'", $"use a number from 1 to {MostChars}, or 0 for any length"));
        }
    }
}
