using Microsoft.Extensions.Configuration;

namespace GatewayStack.Events.Settings;

/// <summary>Where a module keeps its data: <c>{Data:Path}/{module}</c>, readable by its own user only.</summary>
public static class DataFolder
{
    /// <summary>The folder's path; <c>Data:Path</c> defaults to <c>gatewaystack</c> under the user's local application data.</summary>
    public static string PathOf(IConfiguration configuration, string module)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var root = configuration["Data:Path"];
        return Path.Combine(
            string.IsNullOrWhiteSpace(root)
                ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "gatewaystack")
                : Path.GetFullPath(root),
            module);
    }
}
