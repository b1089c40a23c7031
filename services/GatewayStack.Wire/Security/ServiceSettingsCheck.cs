using System.Collections.Immutable;
using GatewayStack.Contracts.Settings;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.Wire.Security;

/// <summary>Everything wrong with the section <c>Service</c>, and with what verifying assertions needs.</summary>
internal sealed class ServiceSettingsCheck(IConfiguration configuration, string service) : ISettingsCheck
{
    private const string CallerRemedy = "give the sha256: of the caller's secret in hexadecimal (printf %s \"$secret\" | sha256sum), or the secret, best as env:NAME or file:PATH";

    private const string Remedy = "give it 32 characters or more that nobody can guess (openssl rand -base64 32), best as env:NAME or file:PATH";

    public ImmutableArray<SettingsError> Check()
    {
        var errors = ImmutableArray.CreateBuilder<SettingsError>();
        var section = configuration.GetSection(ServiceOptions.Section);
        var keys = section.AsEnumerable(makePathsRelative: true).Where(p => p.Value is not null && p.Key.Length > 0).Select(p => p.Key);
        errors.AddRange(SettingsShape.FindUnknown(typeof(ServiceOptions), ServiceOptions.Section, keys));
        CheckSecret("Service:Credential", section[nameof(ServiceOptions.Credential)], errors, out var own);
        CheckCallers(section.GetSection(nameof(ServiceOptions.Callers)), own, errors);
        CheckTls(section.GetSection(nameof(ServiceOptions.Tls)), errors);
        if (CallTable.Rows.Any(r => r.Module == service && r.Person != PersonProof.None))
        {
            CheckIssuer(errors);
        }

        return errors.ToImmutable();
    }

    private void CheckCallers(IConfigurationSection callers, string? own, ImmutableArray<SettingsError>.Builder errors)
    {
        var expected = CallTable.CallersOf(service).ToList();
        var named = callers.GetChildren().ToList();
        if (expected.Count > 0 && named.Count == 0)
        {
            errors.Add(new SettingsError("Service:Callers", "names nobody, and this service answers nobody else",
                $"set Service:Callers:{{name}} to the digest of the secret of each that calls it: {string.Join(", ", expected)}"));
        }

        var secrets = new Dictionary<string, string>(StringComparer.Ordinal);
        if (own is not null)
        {
            secrets[Convert.ToHexString(CallerSecrets.Of(own))] = "Service:Credential";
        }

        foreach (var caller in named)
        {
            if (!CallTable.Services.Contains(caller.Key, StringComparer.Ordinal))
            {
                errors.Add(new SettingsError(caller.Path, "is the name of no service", "use one of: " + string.Join(", ", CallTable.Services)));
            }

            if (CallerSecrets.TryRead(caller.Value, out var digests) is { } problem)
            {
                errors.Add(new SettingsError(caller.Path, problem, CallerRemedy));
            }

            foreach (var digest in digests.Select(Convert.ToHexString).Distinct(StringComparer.Ordinal))
            {
                if (!secrets.TryAdd(digest, caller.Path))
                {
                    errors.Add(new SettingsError(caller.Path, $"has the secret of {secrets[digest]}", "give each service a secret of its own"));
                }
            }
        }
    }

    private static void CheckSecret(string key, string? value, ImmutableArray<SettingsError>.Builder errors, out string? secret)
    {
        secret = null;
        if (string.IsNullOrEmpty(value))
        {
            errors.Add(new SettingsError(key, "is missing", Remedy));
        }
        else if (SecretReference.TryResolve(value, out var found) is { } problem)
        {
            errors.Add(new SettingsError(key, problem, Remedy));
        }
        else if (CallerSecrets.Problem(found) is { } unfit)
        {
            errors.Add(new SettingsError(key, unfit, Remedy));
        }
        else
        {
            secret = found;
        }
    }

    private static void CheckTls(IConfigurationSection tls, ImmutableArray<SettingsError>.Builder errors)
    {
        var enabled = tls[nameof(ServiceTlsOptions.Enabled)];
        if (enabled is not null && !bool.TryParse(enabled, out _))
        {
            errors.Add(new SettingsError("Service:Tls:Enabled", $"{enabled} is neither true nor false", "use true or false"));
        }

        if (!string.Equals(enabled, "true", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        var certificate = tls[nameof(ServiceTlsOptions.Certificate)];
        var key = tls[nameof(ServiceTlsOptions.Key)];
        if (string.IsNullOrEmpty(certificate) || string.IsNullOrEmpty(key))
        {
            errors.Add(new SettingsError("Service:Tls:Certificate", "and Service:Tls:Key are both needed", "name the PEM files of this service's certificate and its key"));
        }
        else if (ServerCertificate.Check(certificate, key) is { } problem)
        {
            errors.Add(new SettingsError("Service:Tls:Certificate", $"cannot be used with its key ({problem})", "name the PEM files of this service's certificate and its key"));
        }

        var authority = tls[nameof(ServiceTlsOptions.Authority)];
        if (string.IsNullOrEmpty(authority) || ServiceTls.CheckAuthority(authority) is not null)
        {
            errors.Add(new SettingsError("Service:Tls:Authority", string.IsNullOrEmpty(authority) ? "is missing" : "cannot be used", "name the PEM file of the authority that "
                + "signed the services' certificates"));
        }
    }

    private void CheckIssuer(ImmutableArray<SettingsError>.Builder errors)
    {
        if (!Uri.TryCreate(configuration["Identity:PublicUrl"], UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            errors.Add(new SettingsError("Identity:PublicUrl", "is missing or no http or https URL", "set it to the gateway's public URL, the same at every service: it is the "
                + "issuer of the assertions"));
        }
    }
}
