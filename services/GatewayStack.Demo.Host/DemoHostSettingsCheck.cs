using System.Collections.Immutable;
using GatewayStack.Contracts.Settings;
using GatewayStack.Demo.Server;

namespace GatewayStack.Demo.Host;

/// <summary>Reads the demo host's settings and finds everything wrong with them.</summary>
internal sealed class DemoHostSettingsCheck : ISettingsCheck
{
    private const string Section = "Demo";

    private readonly ImmutableArray<SettingsError> _errors;

    public DemoHostSettingsCheck(IConfiguration configuration, IHostEnvironment environment)
    {
        var errors = ImmutableArray.CreateBuilder<SettingsError>();
        var section = configuration.GetSection(Section);
        var settings = section.Get<DemoHostSettings>() ?? new DemoHostSettings();
        errors.AddRange(SettingsShape.FindUnknown(typeof(DemoHostSettings), Section, section.AsEnumerable(makePathsRelative: true).Where(s => s.Value is not null).Select(s => s.Key)));
        if (!environment.IsDevelopment())
        {
            errors.Add(new SettingsError("DOTNET_ENVIRONMENT", $"is {environment.EnvironmentName}, and the demo gives tokens away", "set it to Development, or do not run the demo"));
        }

        Urls = (configuration[WebHostDefaults.ServerUrlsKey] ?? settings.Urls).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (Urls.Length == 0 || Array.Exists(Urls, u => !IsWebAddress(u, out var url) || !url.IsLoopback))
        {
            errors.Add(new SettingsError("Demo:Urls", "must be addresses of this machine alone", "use http://127.0.0.1:PORT"));
        }

        if (!IsWebAddress(settings.GatewayUrl, out var gateway))
        {
            errors.Add(new SettingsError("Demo:GatewayUrl", "is no http or https URL", "give the gateway's public URL, such as http://127.0.0.1:8080"));
        }

        if (settings.Issuer is { } issuer && (!IsWebAddress(issuer, out var url) || !url.AbsolutePath.Equals("/demo/", StringComparison.Ordinal)))
        {
            errors.Add(new SettingsError("Demo:Issuer", "must be an http or https URL that ends in /demo/", "give the gateway's public URL and /demo/"));
        }

        if (settings.AccessTokenSeconds is < 5 or > 86_400)
        {
            errors.Add(new SettingsError("Demo:AccessTokenSeconds", "is out of bounds", "set 5 to 86400 seconds, or leave it out for ten minutes"));
        }

        if (SecretReference.TryResolve(settings.ClinicSecret, out var secret) is { } problem)
        {
            errors.Add(new SettingsError("Demo:ClinicSecret", problem, "set it, or leave the setting out"));
        }

        _errors = errors.ToImmutable();
        var data = configuration["Data:Path"] ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create),
            "gatewaystack");
        ServerOptions = new DemoServerOptions
        {
            Issuer = settings.Issuer,
            GatewayUrl = gateway,
            AccessTokenLifetime = TimeSpan.FromSeconds(settings.AccessTokenSeconds),
            KeyFolder = settings.KeyFolder ?? Path.Combine(data, "demo"),
            ClinicSecret = secret,
        };
    }

    /// <summary>Where to listen.</summary>
    public string[] Urls { get; }

    /// <summary>What the demo parts need; only good when there are no errors.</summary>
    public DemoServerOptions ServerOptions { get; }

    public ImmutableArray<SettingsError> Check() => _errors;

    private static bool IsWebAddress(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Uri? url) =>
        Uri.TryCreate(text, UriKind.Absolute, out url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps);
}
