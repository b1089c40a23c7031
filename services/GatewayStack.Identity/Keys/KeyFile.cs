using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GatewayStack.Contracts.Settings;
using GatewayStack.Identity.Settings;

namespace GatewayStack.Identity.Keys;

/// <summary>Reads and writes one key file: mode 0600, replaced in one step, wrapped where there is a master key.</summary>
internal sealed class KeyFile<T>(string folder, string name, MasterKey? master, JsonTypeInfo<T> type)
    where T : class
{
    private readonly string _path = Path.Combine(folder, name);

    /// <summary>Reads the file; null when there is none yet.</summary>
    /// <exception cref="KeyFileException">It is there and cannot be used.</exception>
    public T? Read()
    {
        if (!File.Exists(_path))
        {
            return null;
        }

        var bytes = File.ReadAllBytes(_path);
        if (TryParse(bytes, KeyFileJson.Default.WrappedFile) is { } wrapped)
        {
            bytes = Unwrap(wrapped);
        }

        return TryParse(bytes, type) ?? throw Unusable("is damaged", "restore it from a backup; a new one would make what it protects unreadable");
    }

    /// <summary>Replaces the file.</summary>
    public void Write(T content)
    {
        PrivateFolder.Create(folder);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(content, type);
        if (master is not null)
        {
            bytes = JsonSerializer.SerializeToUtf8Bytes(master.Wrap(name, bytes), KeyFileJson.Default.WrappedFile);
        }

        var draft = _path + ".new";
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

        File.Move(draft, _path, overwrite: true);
    }

    /// <summary>True when the file stands there in the clear although a master key is configured.</summary>
    public bool NeedsWrapping() => master is not null && File.Exists(_path) && TryParse(File.ReadAllBytes(_path), KeyFileJson.Default.WrappedFile) is null;

    private byte[] Unwrap(WrappedFile wrapped)
    {
        if (master is null)
        {
            throw Unusable("is wrapped by a master key and none is configured", "set Keys:Master to that key");
        }

        if (wrapped.Master != master.Id)
        {
            throw Unusable("is wrapped by another master key", "set Keys:Master to that key; the file was not changed");
        }

        return master.Unwrap(name, wrapped) ?? throw Unusable("was changed since it was written", "restore it from a backup");
    }

    private KeyFileException Unusable(string problem, string remedy) => new(new SettingsError("Keys:Master", $"{_path} {problem}", remedy));

    private static TFile? TryParse<TFile>(byte[] bytes, JsonTypeInfo<TFile> type)
        where TFile : class
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The module's key files.</summary>
internal static class KeyFile
{
    public static KeyFile<SigningKeyFile> Signing(string folder, MasterKey? master) => new(folder, "signing-keys.json", master, KeyFileJson.Default.SigningKeyFile);

    public static KeyFile<DataRootFile> Data(string folder, MasterKey? master) => new(folder, "data-roots.json", master, KeyFileJson.Default.DataRootFile);

    /// <summary>Finds out whether the key files can be used as configured, and changes nothing.</summary>
    public static ImmutableArray<SettingsError> Check(IdentitySettings settings)
    {
        MasterKey? master = null;
        if (settings.Keys.Master is { } configured && MasterKey.TryResolve(configured, out master) is { } problem)
        {
            return [new SettingsError("Keys:Master", problem, "write 32 random bytes in base64 (openssl rand -base64 32), best as env:NAME or file:PATH")];
        }

        var errors = ImmutableArray.CreateBuilder<SettingsError>();
        Try(() => _ = Signing(settings.Folder, master).Read(), settings.Folder, errors);
        Try(() => _ = Data(settings.Folder, master).Read(), settings.Folder, errors);
        return errors.ToImmutable();
    }

    private static void Try(Action read, string folder, ImmutableArray<SettingsError>.Builder errors)
    {
        try
        {
            read();
        }
        catch (KeyFileException e)
        {
            errors.Add(e.Error);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.Add(new SettingsError("Data:Path", $"{folder} cannot be read", "give the gateway's user access to it, or set another Data:Path"));
        }
    }
}
