using GatewayStack.Contracts.Settings;

namespace GatewayStack.Identity.Settings;

/// <summary>A file that only this process's user reads, replaced in one step.</summary>
internal static class PrivateFile
{
    /// <summary>Writes the file anew: who reads it, even after a crash or a loss of power, finds what was there before or what is there now.</summary>
    public static void Replace(string path, byte[] bytes)
    {
        PrivateFolder.Create(Path.GetDirectoryName(path)!);
        var draft = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        // A draft that a crash left could have another mode.
        File.Delete(draft);
        using (var stream = new FileStream(draft, options))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
    }
}
