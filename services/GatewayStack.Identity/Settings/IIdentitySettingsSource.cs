using Microsoft.Extensions.Primitives;

namespace GatewayStack.Identity.Settings;

/// <summary>Where the settings come from: a configuration that can change, or an object.</summary>
internal interface IIdentitySettingsSource
{
    /// <summary>Reads them as they are now.</summary>
    IdentitySettings Read();

    /// <summary>Has the source look again, where it can.</summary>
    void Refresh();

    /// <summary>Fires at the next change; null where there are none.</summary>
    IChangeToken? GetChangeToken();
}
