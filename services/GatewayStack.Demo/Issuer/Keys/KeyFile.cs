using System.Text;
using GatewayStack.Contracts.Settings;

namespace GatewayStack.Demo.Issuer.Keys;

/// <summary>A key that is made at the first start and read at every later one, with mode 0600 where there are modes.</summary>
internal static class KeyFile
{
    /// <returns>What stands in the file, and whether it was made now.</returns>
    public static (string Text, bool Made) ReadOrMake(string folder, string name, Func<string> make)
    {
        PrivateFolder.Create(folder);
        var path = Path.Combine(folder, name);
        if (File.Exists(path))
        {
            return (File.ReadAllText(path), false);
        }

        // Written beside and moved over, so that a killed start leaves no half of a key.
        var half = $"{path}.{Guid.NewGuid():N}";
        var open = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            open.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var text = make();
        using (var file = new StreamWriter(half, Encoding.ASCII, open))
        {
            file.Write(text);
        }

        try
        {
            File.Move(half, path);
            return (text, true);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another start was quicker: its key counts.
            File.Delete(half);
            return (File.ReadAllText(path), false);
        }
    }
}
