using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace GatewayStack.TestServers;

/// <summary>An authority and a service's certificate for 127.0.0.1, as PEM files in a folder of their own.</summary>
internal sealed class TestCertificates : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gatewaystack-tls-");
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    public TestCertificates(string host = "127.0.0.1")
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test authority", authorityKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        using var authority = request.CreateSelfSigned(_now.AddMinutes(-5), _now.AddDays(1));

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var own = new CertificateRequest("CN=service", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host, out var address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(host);
        }

        own.CertificateExtensions.Add(names.Build());
        own.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        using var certificate = own.Create(authority, _now.AddMinutes(-5), _now.AddHours(1), RandomNumberGenerator.GetBytes(8));
        Certificate = Write("service.pem", certificate.ExportCertificatePem());
        Key = Write("service.key", key.ExportPkcs8PrivateKeyPem());
        Authority = Write("authority.pem", authority.ExportCertificatePem());
    }

    public string Certificate { get; }

    public string Key { get; }

    public string Authority { get; }

    public IEnumerable<KeyValuePair<string, string?>> Settings =>
    [
        new("Service:Tls:Enabled", "true"),
        new("Service:Tls:Certificate", Certificate),
        new("Service:Tls:Key", Key),
        new("Service:Tls:Authority", Authority),
    ];

    public void Dispose() => _folder.Delete(recursive: true);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
