using System.Collections.Immutable;
using GatewayStack.Contracts.Settings;
using GatewayStack.Identity.Settings;

namespace GatewayStack.Identity.Keys;

/// <summary>A ring in a file of this process's own: mode 0600, replaced in one step, wrapped where there is a master key.</summary>
internal sealed class KeyFile<T>(string folder, KeySeal<T> seal) : IKeyStore<T>
    where T : class
{
    // Nobody else writes the file.
    private const long OnlyVersion = 1;

    private readonly string _path = Path.Combine(folder, seal.Name);

    public bool IsShared => false;

    public StoredRing<T>? Read() => File.Exists(_path) ? new StoredRing<T>(seal.Open(File.ReadAllBytes(_path), _path), OnlyVersion) : null;

    public bool TryWrite(T content, long replaces)
    {
        PrivateFile.Replace(_path, seal.Seal(content));
        return true;
    }

    public bool NeedsWrapping() => seal.Wraps && File.Exists(_path) && !KeySeal<T>.IsWrapped(File.ReadAllBytes(_path));
}

/// <summary>The module's key files.</summary>
internal static class KeyFile
{
    public static KeyFile<SigningKeyFile> Signing(string folder, MasterKey? master) => new(folder, SigningSeal(master));

    public static KeyFile<DataRootFile> Data(string folder, MasterKey? master) => new(folder, DataSeal(master));

    public static KeySeal<SigningKeyFile> SigningSeal(MasterKey? master) => new("signing-keys.json", master, KeyFileJson.Default.SigningKeyFile);

    public static KeySeal<DataRootFile> DataSeal(MasterKey? master) => new("data-roots.json", master, KeyFileJson.Default.DataRootFile);

    /// <summary>Keys in a database that others can read are worth what wraps them.</summary>
    public static SettingsError MasterMissing { get; } = new(
        "Keys:Master", "is not set, and ConnectionStrings:identitydb keeps the keys in a database", "write 32 random bytes in base64 (openssl rand -base64 32), the same for all "
            + "replicas, best as env:NAME or file:PATH");

    /// <summary>Finds out whether the keys can be used as configured, and changes nothing. A database is asked later, when it is opened.</summary>
    public static ImmutableArray<SettingsError> Check(IdentitySettings settings)
    {
        MasterKey? master = null;
        if (settings.Keys.Master is { } configured && MasterKey.TryResolve(configured, out master) is { } problem)
        {
            return [new SettingsError("Keys:Master", problem, "write 32 random bytes in base64 (openssl rand -base64 32), best as env:NAME or file:PATH")];
        }

        if (settings.SharedKeys)
        {
            return master is null ? [MasterMissing] : [];
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
