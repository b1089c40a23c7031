using System.Globalization;
using GatewayStack.Contracts.Settings;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.Transform.Extraction;

/// <summary>Checks the section <c>Transform:Extraction</c>.</summary>
internal static class ExtractionCheck
{
    private const int Most = 100 * 1024 * 1024;

    /// <summary>Adds what is wrong.</summary>
    public static void Check(IConfigurationSection section, List<SettingsError> errors)
    {
        if (section[nameof(ExtractionOptions.Enabled)] is { } enabled && !bool.TryParse(enabled, out _))
        {
            errors.Add(new SettingsError($"{section.Path}:Enabled", $"is '{enabled}'", "use true or false"));
        }

        Number(nameof(ExtractionOptions.MaxBytes), 1024, Most);
        Number(nameof(ExtractionOptions.MaxUnpackedBytes), 1024, Most);
        Number(nameof(ExtractionOptions.MaxPages), 1, 100_000);
        Number(nameof(ExtractionOptions.MaxDocuments), 0, 1000);
        Number(nameof(ExtractionOptions.Milliseconds), 1, 60_000);
        Number(nameof(ExtractionOptions.Workers), 1, 64);

        void Number(string name, int least, int most)
        {
            if (section[name] is { } text && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value < least || value > most))
            {
                errors.Add(new SettingsError($"{section.Path}:{name}", $"is '{text}'", $"use a number from {least} to {most}"));
            }
        }
    }
}
