using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using GatewayStack.Contracts.Settings;
using GatewayStack.Demo.Server;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace GatewayStack.Demo.Issuer;

/// <summary>The issuer's RSA key, kept in a file where there is a folder for it.</summary>
internal sealed class DemoSigningKey : IDisposable
{
    private const string FileName = "demo-issuer.pem";

    private readonly RSA _rsa;

    public DemoSigningKey(DemoServerOptions options, ILogger<DemoSigningKey> logger)
    {
        _rsa = options.KeyFolder is { } folder ? LoadOrMake(folder, logger) : RSA.Create(2048);
        var parameters = _rsa.ExportParameters(includePrivateParameters: false);
        var n = Base64Url.EncodeToString(parameters.Modulus);
        var e = Base64Url.EncodeToString(parameters.Exponent);
        // RFC 7638: members in lexical order, without white space.
        var thumbprint = SHA256.HashData(Encoding.ASCII.GetBytes($$"""{"e":"{{e}}","kty":"RSA","n":"{{n}}"}"""));
        Public = new PublicKey("RSA", "sig", SecurityAlgorithms.RsaSha256, Base64Url.EncodeToString(thumbprint), n, e);
        Credentials = new SigningCredentials(new RsaSecurityKey(_rsa) { KeyId = Public.Kid }, SecurityAlgorithms.RsaSha256);
    }

    public PublicKey Public { get; }

    public SigningCredentials Credentials { get; }

    public void Dispose() => _rsa.Dispose();

    private static RSA LoadOrMake(string folder, ILogger logger)
    {
        PrivateFolder.Create(folder);
        var path = Path.Combine(folder, FileName);
        var rsa = RSA.Create(2048);
        if (File.Exists(path))
        {
            rsa.ImportFromPem(File.ReadAllText(path));
            return rsa;
        }

        // Written beside and moved over, so that a killed start leaves no half of a key.
        var half = $"{path}.{Guid.NewGuid():N}";
        var open = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            open.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new StreamWriter(half, Encoding.ASCII, open))
        {
            file.Write(rsa.ExportPkcs8PrivateKeyPem());
        }

        try
        {
            File.Move(half, path);
            DemoLog.SigningKeyMade(logger, folder);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another start was quicker: its key counts.
            File.Delete(half);
            rsa.ImportFromPem(File.ReadAllText(path));
        }

        return rsa;
    }
}
