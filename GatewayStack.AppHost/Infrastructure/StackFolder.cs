using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.AppHost.Infrastructure;

/// <summary>
/// Where one stack keeps everything: the data of its services and servers, and the secrets it made. One AppHost at a time has it.
/// </summary>
/// <remarks>
/// <c>Infrastructure:Data</c>, or a folder for each form in the user's local application data. Mode 0700; 0711 where root runs Postgres, which then has
/// another user and must pass through. Not safe for concurrent use.
/// </remarks>
internal sealed class StackFolder : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const string Marker = "stack.json";

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    private readonly FileStream _lock;
    private readonly Dictionary<string, string> _secrets;

    private StackFolder(string path, FileStream held, Dictionary<string, string> secrets)
    {
        Path = path;
        _lock = held;
        _secrets = secrets;
    }

    /// <summary>The folder's full path.</summary>
    public string Path { get; }

    /// <summary>Opens the folder, or makes it.</summary>
    /// <exception cref="StackRefusedException">Another AppHost has it, another form of the stack made it, or it is somebody else's.</exception>
    public static StackFolder Open(IConfiguration configuration, FormChoice choice)
    {
        var path = System.IO.Path.GetFullPath(configuration["Infrastructure:Data"] is { Length: > 0 } configured
            ? configured
            : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "gatewaystack", "stack-" + choice.Word));
        try
        {
            var marker = System.IO.Path.Combine(path, Marker);
            if (!File.Exists(marker) && Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any(e => System.IO.Path.GetFileName(e) != "lock"))
            {
                throw new StackRefusedException($"{path} holds files and is no stack's data folder: name an empty or new folder with --Infrastructure:Data.");
            }

            Make(path);
            var held = new FileStream(System.IO.Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            try
            {
                return new StackFolder(path, held, Read(marker, choice.Word));
            }
            catch
            {
                held.Dispose();
                throw;
            }
        }
        catch (UnauthorizedAccessException)
        {
            throw new StackRefusedException($"{path} is not this user's to write: name another folder with --Infrastructure:Data.");
        }
        catch (IOException e) when (IsHeld(e))
        {
            throw new StackRefusedException($"another AppHost runs on {path}: stop it first, or give this one a folder and a door of its own with --Infrastructure:Data and --FrontDoorPort.");
        }
        catch (IOException e)
        {
            throw new StackRefusedException($"{path} cannot be used: {e.Message}");
        }
    }

    /// <summary>A secret of 256 bits in hexadecimal, made when it is first asked for and kept.</summary>
    public string Secret(string name)
    {
        if (!_secrets.TryGetValue(name, out var secret))
        {
            secret = RandomNumberGenerator.GetHexString(64, lowercase: true);
            _secrets[name] = secret;
            Write();
        }

        return secret;
    }

    /// <summary>What those are given who are to know a secret when they see it.</summary>
    public string DigestOf(string name) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Secret(name))));

    /// <summary>Whether a secret was made before: data that depends on it may be there.</summary>
    public bool Knows(string name) => _secrets.ContainsKey(name);

    /// <summary>Makes a folder of this user's alone in it.</summary>
    public string Folder(string name)
    {
        var folder = System.IO.Path.Combine(Path, name);
        Make(folder);
        return folder;
    }

    /// <summary>Writes a file that only this user may read.</summary>
    public static void WritePrivate(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var stream = new FileStream(path, options);
        stream.Write(Encoding.UTF8.GetBytes(text));
    }

    public void Dispose() => _lock.Dispose();

    /// <summary>Windows says so by its sharing violation, elsewhere the framework by the same words as for a lock.</summary>
    private static bool IsHeld(IOException e) => (e.HResult & 0xFFFF) is 11 or 32 or 35;

    private static void Make(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            _ = Directory.CreateDirectory(path);
            return;
        }

        // The framework gives the mode to the last folder only.
        if (System.IO.Path.GetDirectoryName(path) is { Length: > 0 } parent)
        {
            Make(parent);
        }

        _ = Directory.CreateDirectory(path, Private);
    }

    private static Dictionary<string, string> Read(string marker, string form)
    {
        if (!File.Exists(marker))
        {
            return new Dictionary<string, string>(StringComparer.Ordinal) { ["form"] = form };
        }

        Dictionary<string, string>? read;
        try
        {
            read = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(marker));
        }
        catch (JsonException)
        {
            read = null;
        }

        if (read is null || !read.TryGetValue("form", out var made))
        {
            throw new StackRefusedException($"{marker} cannot be read: put it back from a copy, or remove the folder and its data with it.");
        }

        return made == form
            ? read
            : throw new StackRefusedException($"{System.IO.Path.GetDirectoryName(marker)} was made by Infrastructure={made} and this is {form}: name another folder with --Infrastructure:Data.");
    }

    /// <summary>By a rename, so that a crash leaves the old file or the new one.</summary>
    private void Write()
    {
        var marker = System.IO.Path.Combine(Path, Marker);
        WritePrivate(marker + ".new", JsonSerializer.Serialize(_secrets, Json));
        File.Move(marker + ".new", marker, overwrite: true);
    }
}
