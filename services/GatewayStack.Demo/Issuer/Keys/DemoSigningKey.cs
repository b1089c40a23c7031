using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using GatewayStack.Demo.Server;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace GatewayStack.Demo.Issuer.Keys;

/// <summary>The issuer's RSA key, kept in a file where there is a folder for it.</summary>
internal sealed class DemoSigningKey : IDisposable
{
    private const string FileName = "demo-issuer.pem";

    private readonly RSA _rsa = RSA.Create(2048);

    public DemoSigningKey(DemoServerOptions options, ILogger<DemoSigningKey> logger)
    {
        if (options.KeyFolder is { } folder)
        {
            var (pem, made) = KeyFile.ReadOrMake(folder, FileName, _rsa.ExportPkcs8PrivateKeyPem);
            _rsa.ImportFromPem(pem);
            if (made)
            {
                DemoLog.SigningKeyMade(logger, folder);
            }
        }

        var parameters = _rsa.ExportParameters(includePrivateParameters: false);
        // RFC 7638: members in lexical order, without white space.
        var canonical = $$"""{"e":"{{Base64Url.EncodeToString(parameters.Exponent)}}","kty":"RSA","n":"{{Base64Url.EncodeToString(parameters.Modulus)}}"}""";
        var thumbprint = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(canonical)));
        // The library remembers providers by key id, beyond the life of the key itself: a second server in this process would get the first one's.
        var uncached = new CryptoProviderFactory { CacheSignatureProviders = false };
        Credentials = new SigningCredentials(new RsaSecurityKey(_rsa) { KeyId = thumbprint, CryptoProviderFactory = uncached }, SecurityAlgorithms.RsaSha256);
    }

    public SigningCredentials Credentials { get; }

    public void Dispose() => _rsa.Dispose();
}
