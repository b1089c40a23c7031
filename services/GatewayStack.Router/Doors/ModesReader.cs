using GatewayStack.Contracts.Router;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.Router.Doors;

/// <summary>Reads the declared modes of the modules: <c>Transform:Mode</c>, <c>Policy:Mode</c>, <c>Limits:Mode</c>.</summary>
internal static class ModesReader
{
    public static ModuleModes Read(IConfiguration configuration) => new()
    {
        Transform = Parse(configuration["Transform:Mode"]) ?? ModuleMode.Enforce,
        Policy = Parse(configuration["Policy:Mode"]) ?? ModuleMode.Enforce,
        Limits = Parse(configuration["Limits:Mode"]) ?? ModuleMode.Enforce,
    };

    /// <returns>Null when nothing is said, or something that is no mode.</returns>
    public static ModuleMode? Parse(string? text) => text?.ToLowerInvariant() switch
    {
        "enforce" => ModuleMode.Enforce,
        "observe" => ModuleMode.Observe,
        "off" => ModuleMode.Off,
        _ => null,
    };
}
