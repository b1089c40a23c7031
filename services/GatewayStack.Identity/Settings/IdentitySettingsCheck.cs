using System.Collections.Immutable;
using GatewayStack.Contracts.Settings;
using GatewayStack.Identity.Keys;
using GatewayStack.Identity.Standings.Embedded;

namespace GatewayStack.Identity.Settings;

internal sealed class IdentitySettingsCheck(IIdentitySettingsSource source) : ISettingsCheck
{
    public ImmutableArray<SettingsError> Check()
    {
        var settings = source.Read();
        return [.. settings.Errors, .. IdentitySettingsValidator.Validate(settings.Options), .. KeyFile.Check(settings), .. CheckStandings(settings)];
    }

    private static ImmutableArray<SettingsError> CheckStandings(IdentitySettings settings) =>
        !settings.SharedKeys && StandingFile.Check(settings.Folder) is { } error ? [error] : [];
}
