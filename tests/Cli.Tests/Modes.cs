using System.Runtime.Versioning;

namespace GatewayStack.Cli.Tests;

/// <summary>Modes of files, where there are any.</summary>
[UnsupportedOSPlatform("windows")]
internal static class Modes
{
    public const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    public const UnixFileMode OwnFolder = OwnFile | UnixFileMode.UserExecute;

    public static UnixFileMode Of(string path) => File.GetUnixFileMode(path);

    public static void Set(string path, UnixFileMode mode) => File.SetUnixFileMode(path, mode);
}
