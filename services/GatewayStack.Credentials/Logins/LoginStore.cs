using System.Text.Json;
using System.Text.RegularExpressions;

namespace GatewayStack.Credentials.Logins;

/// <summary>Sign-ins in the user's folder: a file for each, that nobody else may read, replaced in one step.</summary>
internal sealed partial class LoginStore(string folder)
{
    public const string FolderVariable = "GATEWAYSTACK_CONFIG";
    public const string ProfileVariable = "GATEWAYSTACK_PROFILE";

    private const UnixFileMode OwnFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnFolder = OwnFile | UnixFileMode.UserExecute;
    private const int MostBytes = 1024 * 1024;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <summary>Where the files stand.</summary>
    public string Folder => folder;

    /// <summary>The name of a sign-in that was given none.</summary>
    public static string DefaultProfile => Environment.GetEnvironmentVariable(ProfileVariable) is { Length: > 0 } named ? named : "default";

    /// <summary>The store in the user's own folder: GATEWAYSTACK_CONFIG, else gatewaystack in XDG_CONFIG_HOME, in ~/.config, or in %AppData%.</summary>
    public static LoginStore OfUser()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } own)
        {
            return new LoginStore(Path.GetFullPath(own));
        }

        // A relative XDG_CONFIG_HOME is to be ignored, as its specification says. On Windows this is %AppData%.
        var named = OperatingSystem.IsWindows() ? null : Environment.GetEnvironmentVariable("XDG_CONFIG_HOME");
        var home = OperatingSystem.IsWindows()
            ? Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData)
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config");
        return new LoginStore(Path.Combine(Path.IsPathRooted(named) ? named : home, "gatewaystack"));
    }

    /// <summary>Reads a sign-in; null where there is none.</summary>
    /// <exception cref="CredentialException">Others may read it, or it is not what it should be.</exception>
    public StoredLogin? Read(string profile)
    {
        var path = PathOf(profile, "json");
        if (!Directory.Exists(folder))
        {
            return null;
        }

        RefuseShared(folder, FileModes.Of(folder), "700");
        byte[] bytes;
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            RefuseShared(path, FileModes.Of(stream.SafeFileHandle), "600");
            bytes = new byte[Math.Min(stream.Length, MostBytes)];
            stream.ReadExactly(bytes);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CredentialException(CredentialFault.Unusable, $"{path} cannot be read", e);
        }

        try
        {
            return JsonSerializer.Deserialize(bytes, LoginJson.Default.StoredLogin);
        }
        catch (JsonException e)
        {
            // The parser says where it stopped, and quotes nothing of what stands there.
            throw new CredentialException(CredentialFault.Unusable, $"{path} is damaged: sign in again, and it is replaced", e);
        }
    }

    /// <summary>Writes a sign-in: all of it or nothing.</summary>
    /// <exception cref="CredentialException">It cannot be written.</exception>
    public void Write(string profile, StoredLogin login)
    {
        var path = PathOf(profile, "json");
        var draft = $"{path}.{Environment.ProcessId}.new";
        try
        {
            Prepare();
            File.Delete(draft);
            using (var stream = new FileStream(draft, Own(FileMode.CreateNew)))
            {
                JsonSerializer.Serialize(stream, login, LoginJson.Default.StoredLogin);
                stream.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CredentialException(CredentialFault.Unusable, $"{path} cannot be written", e);
        }
    }

    /// <summary>Deletes a sign-in.</summary>
    public void Delete(string profile) => File.Delete(PathOf(profile, "json"));

    /// <summary>Waits until no other process or thread changes a sign-in, and keeps them from it until disposed: a refresh token that is used twice is taken for stolen.</summary>
    /// <exception cref="CredentialException">Another one holds on to it, or there can be no lock.</exception>
    public async Task<IDisposable> LockAsync(string profile, CancellationToken cancellationToken)
    {
        var path = PathOf(profile, "lock");
        Prepare();
        using var longest = new CancellationTokenSource(LongestWait);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(longest.Token, cancellationToken);
        while (true)
        {
            try
            {
                // Never deleted: who waits for a file that somebody deletes would hold a lock of nothing.
                return new FileStream(path, Own(FileMode.OpenOrCreate));
            }
            catch (UnauthorizedAccessException e)
            {
                throw new CredentialException(CredentialFault.Unusable, $"{path} cannot be opened", e);
            }
            catch (IOException e)
            {
                try
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(10, 50)), either.Token);
                }
                catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
                {
                    throw new CredentialException(CredentialFault.Unusable, $"another process holds {path}", e);
                }
            }
        }
    }

    private static FileStreamOptions Own(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnFile;
        }

        return options;
    }

    private static void RefuseShared(string path, UnixFileMode mode, string wanted)
    {
        if ((mode & ~OwnFolder) != UnixFileMode.None)
        {
            throw new CredentialException(CredentialFault.Unusable, $"{path} has tokens in it and is open to others: chmod {wanted} {path}, and sign in again if somebody may have read it");
        }
    }

    private void Prepare()
    {
        try
        {
            _ = OperatingSystem.IsWindows() ? Directory.CreateDirectory(folder) : Directory.CreateDirectory(folder, OwnFolder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CredentialException(CredentialFault.Unusable, $"{folder} cannot be made", e);
        }

        RefuseShared(folder, FileModes.Of(folder), "700");
    }

    private string PathOf(string profile, string kind) => Name().IsMatch(profile)
        ? Path.Combine(folder, $"{profile}.{kind}")
        : throw new CredentialException(CredentialFault.Unusable, "a profile is named by up to 64 small letters, digits, hyphens and underscores");

    [GeneratedRegex("^[a-z0-9][a-z0-9_-]{0,63}$", RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
