using System.Collections.Immutable;
using System.Globalization;
using GatewayStack.Contracts.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.Audit;

internal sealed class AuditSettingsCheck(IConfiguration configuration) : ISettingsCheck
{
    private const int LongestRetention = 36_500;

    public ImmutableArray<SettingsError> Check()
    {
        var section = configuration.GetSection(AuditOptions.Section);
        var keys = section.AsEnumerable(makePathsRelative: true).Where(p => p.Value is not null).Select(p => p.Key);
        var errors = SettingsShape.FindUnknown(typeof(AuditOptions), AuditOptions.Section, keys);
        // Enum.TryParse takes numbers and lists of names too.
        if (section[nameof(AuditOptions.Mode)] is { } mode && !Enum.GetNames<AuditMode>().Contains(mode, StringComparer.OrdinalIgnoreCase))
        {
            errors = errors.Add(new SettingsError("Audit:Mode", $"'{mode}' is not a mode", "use standard or strict"));
        }

        var retention = section.GetSection(nameof(AuditOptions.Retention)).GetChildren().ToList();
        foreach (var days in retention.Where(d => !int.TryParse(d.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > LongestRetention))
        {
            errors = errors.Add(new SettingsError(days.Path, $"'{days.Value}' is not a number of days", $"use 1 to {LongestRetention}"));
        }

        if (retention.Count > 0 && !configuration.HasPostgres(AuditModuleExtensions.Database))
        {
            errors = errors.Add(new SettingsError("Audit:Retention", "is only kept in Postgres", $"set ConnectionStrings:{AuditModuleExtensions.Database}, or remove it"));
        }

        return errors;
    }
}
