using GatewayStack.Contracts.Settings;
using GatewayStack.Identity.Keys.Postgres;
using GatewayStack.Identity.Settings;
using GatewayStack.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace GatewayStack.Identity.Keys;

/// <summary>Where the rings stand, as the settings at the start place and protect them: in files, or in the database that replicas share.</summary>
internal sealed class KeyStores
{
    /// <summary>Name of the database among the connection strings.</summary>
    public const string Database = "identitydb";

    public KeyStores(IIdentitySettingsSource source, IServiceProvider services)
    {
        var settings = source.Read();
        MasterKey? master = null;
        if (settings.Keys.Master is { } configured && MasterKey.TryResolve(configured, out master) is { } problem)
        {
            throw new KeyFileException(new SettingsError("Keys:Master", problem, "write 32 random bytes in base64"));
        }

        Wrapped = master is not null;
        if (!settings.SharedKeys)
        {
            Signing = KeyFile.Signing(settings.Folder, master);
            Data = KeyFile.Data(settings.Folder, master);
            return;
        }

        if (master is null)
        {
            throw new KeyFileException(KeyFile.MasterMissing);
        }

        var database = services.GetRequiredKeyedService<OwnerDatabase>(Database);
        Signing = new PostgresKeyStore<SigningKeyFile>(database, KeyFile.SigningSeal(master));
        Data = new PostgresKeyStore<DataRootFile>(database, KeyFile.DataSeal(master));
    }

    public IKeyStore<SigningKeyFile> Signing { get; }

    public IKeyStore<DataRootFile> Data { get; }

    /// <summary>True when a master key wraps the rings.</summary>
    public bool Wrapped { get; }
}
