namespace GatewayStack.Contracts.Settings;

/// <summary>Folders that only the owner of the process may look into.</summary>
public static class PrivateFolder
{
    /// <summary>Makes a folder and those above it that are missing, with mode 0700 where there are modes.</summary>
    /// <param name="path">The folder. One that is there stays as it is.</param>
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
