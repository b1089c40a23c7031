using System.Collections.Immutable;
using GatewayStack.Contracts.Settings;
using GatewayStack.Identity.Keys;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace GatewayStack.Identity.Settings;

internal sealed class ConfigurationSettingsSource(IConfiguration configuration) : IIdentitySettingsSource
{
    public IdentitySettings Read()
    {
        var errors = ImmutableArray.CreateBuilder<SettingsError>();
        var options = Bind<IdentityOptions>("Identity", errors);
        var keys = Bind<KeysOptions>("Keys", errors);
        return new IdentitySettings
        {
            Options = options,
            Keys = keys,
            Folder = IdentityFolder.Below(configuration["Data:Path"]),
            SharedKeys = configuration.HasPostgres(KeyStores.Database),
            Errors = errors.ToImmutable(),
        };
    }

    public void Refresh() => (configuration as IConfigurationRoot)?.Reload();

    public IChangeToken? GetChangeToken() => configuration.GetReloadToken();

    private T Bind<T>(string name, ImmutableArray<SettingsError>.Builder errors)
        where T : new()
    {
        var section = configuration.GetSection(name);
        var keys = section.AsEnumerable(makePathsRelative: true).Where(pair => pair.Value is not null).Select(pair => pair.Key).Where(key => key.Length > 0);
        errors.AddRange(SettingsShape.FindUnknown(typeof(T), name, keys));
        try
        {
            return section.Get<T>() ?? new T();
        }
        catch (InvalidOperationException e)
        {
            // The binder's message names the key and the type it wants, not the value.
            errors.Add(new SettingsError(name, e.Message, "write a value of that type"));
            return new T();
        }
    }
}
