using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.Wire.Security;

/// <summary>TLS between services: one switch, <c>Service:Tls:Enabled</c>.</summary>
/// <remarks>Safe for concurrent use. Files are read when they are first needed: a bad one is the settings check's to tell.</remarks>
internal sealed class ServiceTls
{
    private readonly ServiceTlsOptions _options;
    private readonly X509Certificate2? _only;
    private readonly Lazy<X509Certificate2Collection> _authorities;

    public ServiceTls(ServiceTlsOptions options)
        : this(options, null)
    {
    }

    private ServiceTls(ServiceTlsOptions options, X509Certificate2? only)
    {
        _options = options;
        _only = only;
        _authorities = new(() => ReadAuthorities(options.Authority!));
    }

    /// <summary>True when services speak TLS to each other, and nothing else.</summary>
    public bool Enabled => _options.Enabled;

    /// <summary>The authorities that are believed, as they were when they were first needed.</summary>
    public X509Certificate2Collection Authorities => _authorities.Value;

    /// <summary>What a client asks of a service's certificate: signed by one of our authorities, and made for the host that was called.</summary>
    public SslClientAuthenticationOptions ClientOptions()
    {
        if (_only is { } only)
        {
            return new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null
                && shown.GetRawCertData().AsSpan().SequenceEqual(only.RawDataMemory.Span)
            };
        }

        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(Authorities);
        return new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
    }

    /// <summary>For calls of this process to itself, by whatever address: believes this service's own certificate alone.</summary>
    public ServiceTls OfItself(X509Certificate2 own) => new(_options, own);

    /// <summary>The settings that change with the switch: every <c>http</c> address of a service, this one's included, becomes <c>https</c>.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Rewrite(IConfiguration configuration) =>
        from section in (string[])["Kestrel:Endpoints", "services"]
        from pair in configuration.GetSection(section).AsEnumerable()
        where pair.Value is not null && pair.Value.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        select KeyValuePair.Create(pair.Key, (string?)("https://" + pair.Value["http://".Length..]));

    /// <summary>What is wrong with a file of authorities, or null.</summary>
    public static string? CheckAuthority(string file)
    {
        try
        {
            return ReadAuthorities(file).Count == 0 ? "it holds no certificate" : null;
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return e.Message.TrimEnd('.');
        }
    }

    private static X509Certificate2Collection ReadAuthorities(string file)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(file);
        return authorities;
    }
}
