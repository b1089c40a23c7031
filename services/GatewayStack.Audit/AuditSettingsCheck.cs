using System.Collections.Immutable;
using GatewayStack.Contracts.Settings;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.Audit;

internal sealed class AuditSettingsCheck(IConfiguration configuration) : ISettingsCheck
{
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

        return errors;
    }
}
