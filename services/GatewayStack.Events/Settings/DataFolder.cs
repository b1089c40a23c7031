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

    /// <summary>Makes a folder and those above it that are missing, with mode 0700 where there are modes.</summary>
    public static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            _ = Directory.CreateDirectory(path);
            return;
        }

        // The framework gives the mode to the last folder only; one that it makes on the way would be open to everybody.
        if (Path.GetDirectoryName(path) is { Length: > 0 } parent && !Directory.Exists(parent))
        {
            Create(parent);
        }

        _ = Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
