using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace GatewayStack.TestServers;

/// <summary>An authority and a service's certificate for 127.0.0.1, as PEM files in a folder of their own.</summary>
internal sealed class TestCertificates : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gatewaystack-tls-");
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();
    private readonly X509Certificate2 _authority;

    public TestCertificates(string host = "127.0.0.1")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _authority = AuthorityRequest("test authority", key).CreateSelfSigned(_now.AddMinutes(-5), _now.AddDays(1));
        Authority = Write("authority.pem", _authority.ExportCertificatePem());
        (Certificate, Key) = Issue(host);
    }

    public string Certificate { get; private set; }

    public string Key { get; private set; }

    public string Authority { get; }

    public IEnumerable<KeyValuePair<string, string?>> Settings =>
    [
        new("Service:Tls:Enabled", "true"),
        new("Service:Tls:Certificate", Certificate),
        new("Service:Tls:Key", Key),
        new("Service:Tls:Authority", Authority),
    ];

    /// <summary>Writes a new certificate and its key over those that are there.</summary>
    /// <param name="host">Whom it names.</param>
    /// <param name="between">Signed by an authority between, which stands behind it in the file.</param>
    /// <returns>The files.</returns>
    public (string Certificate, string Key) Issue(string host = "127.0.0.1", bool between = false)
    {
        if (!between)
        {
            return Issue(host, _authority, string.Empty);
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var signed = AuthorityRequest("between", key).Create(_authority, _now.AddMinutes(-4), _now.AddHours(2), RandomNumberGenerator.GetBytes(8));
        using var issuer = signed.CopyWithPrivateKey(key);
        return Issue(host, issuer, "\n" + signed.ExportCertificatePem());
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Delete(recursive: true);
    }

    private (string Certificate, string Key) Issue(string host, X509Certificate2 issuer, string behind)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=service", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host, out var address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(host);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        using var certificate = request.Create(issuer, _now.AddMinutes(-3), _now.AddHours(1), RandomNumberGenerator.GetBytes(8));
        return (Write("service.pem", certificate.ExportCertificatePem() + behind), Write("service.key", key.ExportPkcs8PrivateKeyPem()));
    }

    private static CertificateRequest AuthorityRequest(string name, ECDsa key)
    {
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        return request;
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
