using System.Collections.Immutable;
using GatewayStack.Contracts.Settings;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.Wire.Channels;

/// <summary>Where a module's instances are: <c>services:{module}:grpc:N</c>, as Aspire sets it. Either every instance's own address, or one name that has them all.</summary>
internal sealed class ModuleAddresses(IConfiguration configuration, string module) : ISettingsCheck
{
    /// <summary>Scheme of a name whose addresses are looked up again and again, such as that of a headless Service.</summary>
    public const string Dns = "dns";

    private string Key => $"services:{module}:grpc";

    public ImmutableArray<Uri> Read() => [.. Values().Select(v => TryRead(v.Value)).OfType<Uri>()];

    public ImmutableArray<SettingsError> Check()
    {
        var values = Values();
        if (values.Length == 0)
        {
            return [new SettingsError($"{Key}:0", "is missing", $"name the gRPC endpoint of the {module} service, such as http://127.0.0.1:5001")];
        }

        var errors = ImmutableArray.CreateBuilder<SettingsError>();
        foreach (var value in values.Where(v => TryRead(v.Value) is null))
        {
            errors.Add(new SettingsError(value.Path, $"{value.Value} is not an address", "use http://HOST:PORT, https://HOST:PORT or dns:///HOST:PORT"));
        }

        var schemes = Read().Select(a => a.Scheme).Distinct(StringComparer.Ordinal).ToArray();
        if (schemes.Length > 1 || (schemes is [Dns] && values.Length > 1))
        {
            errors.Add(new SettingsError(Key, "mixes kinds of addresses", "give every instance an http address, every one an https address, or one dns name for all of them"));
        }

        return errors.ToImmutable();
    }

    private IConfigurationSection[] Values() => [.. configuration.GetSection(Key).GetChildren()];

    private static Uri? TryRead(string? value)
    {
        if (!Uri.TryCreate(value, UriKind.Absolute, out var uri))
        {
            return null;
        }

        if (uri.Scheme != Dns)
        {
            return uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps ? uri : null;
        }

        // dns:///host:port has the name in its path.
        return Uri.TryCreate($"http://{uri.AbsolutePath.TrimStart('/')}", UriKind.Absolute, out var name) && name is { Host.Length: > 0, IsDefaultPort: false }
            && uri.Host.Length == 0
            ? uri
            : null;
    }
}
