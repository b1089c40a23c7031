using System.Collections.Immutable;
using GatewayStack.Contracts.Settings;
using GatewayStack.Documents;
using GatewayStack.Limits.Documents;
using GatewayStack.Limits.Redis;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.Limits;

/// <summary>Everything that is wrong with the section <c>Limits</c> and the documents it names.</summary>
internal sealed class LimitsSettingsCheck(IConfiguration configuration) : ISettingsCheck
{
    public const string Section = "Limits";

    private static readonly ImmutableArray<string> Modes = ["enforce", "observe", "off"];

    public ImmutableArray<SettingsError> Check()
    {
        var section = configuration.GetSection(Section);
        var options = section.Get<LimitsOptions>() ?? new LimitsOptions();
        var errors = ImmutableArray.CreateBuilder<SettingsError>();
        var keys = section.AsEnumerable(makePathsRelative: true).Where(p => p.Value is not null && p.Key.Length > 0).Select(p => p.Key);
        errors.AddRange(SettingsShape.FindUnknown(typeof(LimitsOptions), Section, keys));
        if (!Modes.Contains(options.Mode, StringComparer.OrdinalIgnoreCase))
        {
            errors.Add(new SettingsError("Limits:Mode", "is not a mode", $"use one of: {string.Join(", ", Modes)}"));
        }

        if (options.Ledger.RetentionDays is not (0 or (>= LimitsLedgerOptions.Least and <= 36_500)))
        {
            errors.Add(new SettingsError("Limits:Ledger:RetentionDays", "is out of range: windows of a month are counted from the ledger",
                $"use 0 (for ever) or {LimitsLedgerOptions.Least} to 36500"));
        }

        errors.AddRange(LimitsRedis.Check(configuration, options.Redis));
        errors.AddRange(DocumentCheck.Check("Limits:File", new LimitsFormat(), DocumentSource.From(options.File, BuiltInDocuments.Limits())));
        errors.AddRange(DocumentCheck.Check("Limits:PricesFile", new PricesFormat(), DocumentSource.From(options.PricesFile, BuiltInDocuments.Prices())));
        return errors.ToImmutable();
    }
}
