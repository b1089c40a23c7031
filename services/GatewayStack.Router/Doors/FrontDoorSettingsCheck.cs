using System.Collections.Immutable;
using GatewayStack.Contracts.Settings;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.Router.Doors;

/// <summary>Checks what the front door reads of other sections.</summary>
internal sealed class FrontDoorSettingsCheck(IConfiguration configuration, ListenAddresses addresses) : ISettingsCheck
{
    public ImmutableArray<SettingsError> Check()
    {
        var errors = ImmutableArray.CreateBuilder<SettingsError>();
        foreach (var module in (ReadOnlySpan<string>)["Transform", "Policy", "Limits"])
        {
            if (configuration[module + ":Mode"] is { } mode && ModesReader.Parse(mode) is null)
            {
                errors.Add(new SettingsError(module + ":Mode", $"is '{mode}'", "use enforce, observe or off"));
            }
        }

        foreach (var (section, known) in (ReadOnlySpan<(string, string[])>)[("Data", ["Path"]), ("Demo", ["AccessTokenSeconds", "Enabled", "Url"]), ("Management", ["Url"])])
        {
            foreach (var child in configuration.GetSection(section).GetChildren().Where(c => !known.Contains(c.Key, StringComparer.OrdinalIgnoreCase)))
            {
                errors.Add(new SettingsError(child.Path, "is not a setting", "remove it or use one of: " + string.Join(", ", known)));
            }
        }

        if (configuration["Audit:Mode"] is { } audit && audit.ToLowerInvariant() is not ("standard" or "strict"))
        {
            errors.Add(new SettingsError("Audit:Mode", $"is '{audit}'", "use standard or strict"));
        }

        if (configuration.GetSection("Kestrel").Exists())
        {
            errors.Add(new SettingsError("Kestrel", "would override the front door's addresses", "remove the section; use urls and Management:Url"));
        }

        if (addresses.Public.Any(p => Microsoft.AspNetCore.Http.BindingAddress.Parse(p).Port == addresses.ManagementPort))
        {
            errors.Add(new SettingsError("Management:Url", "has the port of a public address", "give administration a port of its own"));
        }

        return errors.ToImmutable();
    }
}
