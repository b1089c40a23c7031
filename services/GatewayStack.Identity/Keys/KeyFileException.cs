using GatewayStack.Contracts.Settings;

namespace GatewayStack.Identity.Keys;

/// <summary>A key file cannot be used. It is left as it is: what it holds cannot be made again.</summary>
internal sealed class KeyFileException(SettingsError error, Exception? inner = null) : Exception($"{error.Key}: {error.Problem}; {error.Remedy}", inner)
{
    public SettingsError Error { get; } = error;
}
