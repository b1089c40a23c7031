using Microsoft.Win32.SafeHandles;

namespace GatewayStack.Credentials.Logins;

/// <summary>Modes of files and folders where there are modes. On Windows a user's own folder is closed to others by its access list.</summary>
internal static class FileModes
{
    public static UnixFileMode Of(string path) => OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path);

    public static UnixFileMode Of(SafeFileHandle file) => OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(file);
}
