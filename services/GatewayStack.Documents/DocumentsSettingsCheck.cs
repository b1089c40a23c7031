using System.Collections.Immutable;
using GatewayStack.Contracts.Settings;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.Documents;

/// <summary>Checks the section <c>Documents</c>.</summary>
internal sealed class DocumentsSettingsCheck(IConfiguration configuration) : ISettingsCheck
{
    public ImmutableArray<SettingsError> Check()
    {
        var section = configuration.GetSection(DocumentsOptions.Section);
        var keys = section.AsEnumerable(makePathsRelative: true).Where(p => p.Value is not null).Select(p => p.Key);
        var errors = SettingsShape.FindUnknown(typeof(DocumentsOptions), DocumentsOptions.Section, keys);
        return TryRead(configuration, out var options) && options.MaxStaleness >= TimeSpan.FromSeconds(10) && options.MaxStaleness <= TimeSpan.FromDays(30)
            ? errors
            : errors.Add(new SettingsError("Documents:MaxStaleness", "is no time between 10 seconds and 30 days", "write it as hh:mm:ss"));
    }

    public static DocumentsOptions Read(IConfiguration configuration) => TryRead(configuration, out var options) ? options : new DocumentsOptions();

    private static bool TryRead(IConfiguration configuration, out DocumentsOptions options)
    {
        try
        {
            options = configuration.GetSection(DocumentsOptions.Section).Get<DocumentsOptions>() ?? new DocumentsOptions();
            return true;
        }
        catch (InvalidOperationException)
        {
            options = new DocumentsOptions();
            return false;
        }
    }
}
