using System.Collections.Immutable;
using GatewayStack.Contracts.Settings;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.Wire.Channels;

/// <summary>Where a module's instances are: <c>services:{module}:grpc:N</c>, as Aspire sets it.</summary>
internal sealed class ModuleAddresses(IConfiguration configuration, string module) : ISettingsCheck
{
    private string Key => $"services:{module}:grpc";

    public ImmutableArray<Uri> Read() => [.. Values().Select(v => Uri.TryCreate(v.Value, UriKind.Absolute, out var uri) ? uri : null).OfType<Uri>()];

    public ImmutableArray<SettingsError> Check()
    {
        var values = Values();
        if (values.Length == 0)
        {
            return [new SettingsError($"{Key}:0", "is missing", $"name the gRPC endpoint of the {module} service, such as http://127.0.0.1:5001")];
        }

        return
        [
            .. values.Where(v => !Uri.TryCreate(v.Value, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttp)
                .Select(v => new SettingsError(v.Path, $"{v.Value} is not an http address", "use http://HOST:PORT")),
        ];
    }

    private IConfigurationSection[] Values() => [.. configuration.GetSection(Key).GetChildren()];
}
