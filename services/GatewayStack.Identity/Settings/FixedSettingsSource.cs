using Microsoft.Extensions.Primitives;

namespace GatewayStack.Identity.Settings;

/// <summary>Settings written in code.</summary>
internal sealed class FixedSettingsSource(IdentityOptions options, string? dataPath, string? masterKey) : IIdentitySettingsSource
{
    public IdentitySettings Read() => new() { Options = options, Keys = new KeysOptions { Master = masterKey }, Folder = IdentityFolder.Below(dataPath) };

    public void Refresh()
    {
    }

    public IChangeToken? GetChangeToken() => null;
}
