using System.Collections.Immutable;
using GatewayStack.Contracts.Settings;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.Wire.Forwarding;

/// <summary>Where a module's HTTP endpoints are: <c>services:{module}:http:N</c>.</summary>
internal sealed class HttpAddresses(IConfiguration configuration, string module) : ISettingsCheck
{
    private string Key => $"services:{module}:http";

    public string Module => module;

    public ImmutableArray<Uri> Read() => [.. Values().Select(v => Uri.TryCreate(v.Value, UriKind.Absolute, out var uri) ? uri : null).OfType<Uri>()];

    public ImmutableArray<SettingsError> Check()
    {
        var values = Values();
        if (values.Length == 0)
        {
            return [new SettingsError($"{Key}:0", "is missing", $"name the HTTP endpoint of the {module} service, such as http://127.0.0.1:5101")];
        }

        return
        [
            .. values.Where(v => !Uri.TryCreate(v.Value, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.AbsolutePath != "/")
                .Select(v => new SettingsError(v.Path, $"{v.Value} is no address of a service", "use http://HOST:PORT or https://HOST:PORT")),
        ];
    }

    private IConfigurationSection[] Values() => [.. configuration.GetSection(Key).GetChildren()];
}
