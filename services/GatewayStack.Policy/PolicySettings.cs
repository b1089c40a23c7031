using GatewayStack.Contracts.Router;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.Policy;

/// <summary>Reads the section without throwing: what is wrong with it is the settings check's to say.</summary>
internal static class PolicySettings
{
    public static PolicyOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(PolicyOptions.Section);
        return new PolicyOptions
        {
            File = section[nameof(PolicyOptions.File)],
            Mode = TryReadMode(section[nameof(PolicyOptions.Mode)], out var mode) ? mode : ModuleMode.Enforce,
        };
    }

    public static bool TryReadMode(string? text, out ModuleMode mode)
    {
        mode = text?.Trim().ToUpperInvariant() switch
        {
            null or "" or "ENFORCE" => ModuleMode.Enforce,
            "OBSERVE" => ModuleMode.Observe,
            "OFF" => ModuleMode.Off,
            _ => ModuleMode.Unspecified,
        };
        return mode != ModuleMode.Unspecified;
    }
}
