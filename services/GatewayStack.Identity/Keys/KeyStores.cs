using GatewayStack.Contracts.Settings;
using GatewayStack.Identity.Settings;

namespace GatewayStack.Identity.Keys;

/// <summary>The key files as the settings at the start place and protect them.</summary>
internal sealed class KeyFiles
{
    public KeyFiles(IIdentitySettingsSource source)
    {
        var settings = source.Read();
        MasterKey? master = null;
        if (settings.Keys.Master is { } configured && MasterKey.TryResolve(configured, out master) is { } problem)
        {
            throw new KeyFileException(new SettingsError("Keys:Master", problem, "write 32 random bytes in base64"));
        }

        Signing = KeyFile.Signing(settings.Folder, master);
        Data = KeyFile.Data(settings.Folder, master);
        Wrapped = master is not null;
    }

    public KeyFile<SigningKeyFile> Signing { get; }

    public KeyFile<DataRootFile> Data { get; }

    /// <summary>True when a master key wraps the files.</summary>
    public bool Wrapped { get; }
}
