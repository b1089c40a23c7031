using System.Buffers;
using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GatewayStack.Contracts.Settings;

namespace GatewayStack.Identity.Issuers;

/// <summary>Proves to an issuer that a question is the gateway's: by a secret (RFC 6749 2.3.1) or by a JWT of its own (RFC 7523).</summary>
internal sealed class ClientProof(IssuerClientOptions client, string issuer, TimeProvider time)
{
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    /// <summary>The methods.</summary>
    public static readonly string[] Methods = ["basic", "post", "private_key_jwt"];

    /// <summary>What is wrong with a private key, or null; never says what is in it.</summary>
    public static string? KeyProblem(string pem)
    {
        try
        {
            using var key = Import(pem);
            return key is RSA { KeySize: < 2048 } ? "is an RSA key of fewer than 2048 bits" : null;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            return "is no private key in PEM, RSA or P-256";
        }
    }

    /// <summary>Adds what the method adds to the form.</summary>
    /// <returns>The header, where the method uses one.</returns>
    public AuthenticationHeaderValue? Add(ICollection<KeyValuePair<string, string>> form)
    {
        switch (client.Method)
        {
            case "post":
                form.Add(new("client_id", client.Id));
                form.Add(new("client_secret", Read(client.Secret)));
                return null;
            case "private_key_jwt":
                form.Add(new("client_id", client.Id));
                form.Add(new("client_assertion_type", AssertionType));
                form.Add(new("client_assertion", Sign()));
                return null;
            default:
                var pair = Uri.EscapeDataString(client.Id) + ":" + Uri.EscapeDataString(Read(client.Secret));
                return new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(pair)));
        }
    }

    // Read each time: a file that was replaced counts at once.
    private static string Read(string? reference) =>
        reference is not null && SecretReference.TryResolve(reference, out var secret) is null ? secret : throw new IssuerCallException("own_credential_missing", isOutage: false);

    private string Sign()
    {
        using var key = Import(Read(client.PrivateKey));
        var now = time.GetUtcNow();
        var algorithm = key is RSA ? "RS256" : "ES256";
        var signed = Part(json =>
        {
            json.WriteString("alg", algorithm);
            json.WriteString("typ", "JWT");
            if (client.KeyId is { } keyId)
            {
                json.WriteString("kid", keyId);
            }
        }) + "." + Part(json =>
        {
            json.WriteString("iss", client.Id);
            json.WriteString("sub", client.Id);
            json.WriteString("aud", client.AssertionAudience ?? issuer);
            json.WriteString("jti", Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)));
            json.WriteNumber("iat", now.ToUnixTimeSeconds());
            json.WriteNumber("exp", (now + Lifetime).ToUnixTimeSeconds());
        });
        var bytes = Encoding.ASCII.GetBytes(signed);
        var signature = key is RSA rsa ? rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) : ((ECDsa)key).SignData(bytes, HashAlgorithmName.SHA256);
        return signed + "." + Base64Url.EncodeToString(signature);
    }

    private static string Part(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Base64Url.EncodeToString(buffer.WrittenSpan);
    }

    private static AsymmetricAlgorithm Import(string pem)
    {
        var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(pem);
            // A public key imports as well; it signs nothing.
            _ = rsa.ExportParameters(includePrivateParameters: true);
            return rsa;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            rsa.Dispose();
        }

        var curve = ECDsa.Create();
        try
        {
            curve.ImportFromPem(pem);
            _ = curve.ExportParameters(includePrivateParameters: true);
            return curve.KeySize == 256 ? curve : throw new CryptographicException("The curve is another.");
        }
        catch
        {
            curve.Dispose();
            throw;
        }
    }
}
