using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Wire.Security;

/// <summary>A service's certificate with those between it and its authority, read again when its files change: a renewal needs no restart.</summary>
/// <remarks>
/// Safe for concurrent use. Files that cannot be used, such as a certificate whose key is not written yet or one that nobody would believe, leave the one before in use.
/// </remarks>
internal sealed class ServerCertificate(string certificate, string key, ServiceTls tls, TimeProvider time, ILogger<ServerCertificate> logger)
{
    /// <summary>How old the look at the files may be when somebody connects.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private Loaded? _loaded;

    /// <summary>What is shown to who connects now.</summary>
    /// <exception cref="CryptographicException">There was never one that could be used.</exception>
    /// <exception cref="IOException">As above.</exception>
    public SslStreamCertificateContext Current
    {
        get
        {
            if (Volatile.Read(ref _loaded) is { } loaded && time.GetUtcNow() < loaded.LookAgainAt)
            {
                return loaded.Context;
            }

            lock (_lock)
            {
                return Look();
            }
        }
    }

    /// <summary>What is wrong with a certificate and its key, or null.</summary>
    public static string? Check(string certificate, string key)
    {
        try
        {
            Load(File.ReadAllText(certificate), File.ReadAllText(key));
            return null;
        }
        catch (Exception e) when (IsUnusable(e))
        {
            return e.Message.TrimEnd('.');
        }
    }

    private SslStreamCertificateContext Look()
    {
        var now = time.GetUtcNow();
        if (_loaded is not { } before)
        {
            // As clients do, it goes by the authorities of the start.
            _ = tls.Authorities;
            var (first, firstKey) = (File.ReadAllText(certificate), File.ReadAllText(key));
            return Keep(new Loaded(Load(first, firstKey), first, firstKey, now + Interval));
        }

        if (now < before.LookAgainAt)
        {
            return before.Context;
        }

        try
        {
            var (text, keyText) = (File.ReadAllText(certificate), File.ReadAllText(key));
            if (text == before.Certificate && keyText == before.Key)
            {
                return Keep(before with { LookAgainAt = now + Interval });
            }

            var renewed = new Loaded(Load(text, keyText), text, keyText, now + Interval);
            ThrowIfNotBelieved(renewed.Context, now);
            SecurityLog.CertificateRenewed(logger, new DateTimeOffset(renewed.Context.TargetCertificate.NotAfter).ToUniversalTime());
            return Keep(renewed);
        }
        catch (Exception e) when (IsUnusable(e))
        {
            SecurityLog.CertificateNotRenewed(logger, e.Message);
            return Keep(before with { LookAgainAt = now + Interval });
        }
    }

    /// <summary>What nobody would believe does not take the place of one that works: expired, not yet good, or of another authority.</summary>
    private void ThrowIfNotBelieved(SslStreamCertificateContext renewed, DateTimeOffset now)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = now.UtcDateTime;
        chain.ChainPolicy.CustomTrustStore.AddRange(tls.Authorities);
        foreach (var between in renewed.IntermediateCertificates)
        {
            chain.ChainPolicy.ExtraStore.Add(between);
        }

        if (!chain.Build(renewed.TargetCertificate))
        {
            throw new CryptographicException(string.Join(", ", chain.ChainStatus.Select(s => s.Status)));
        }
    }

    private SslStreamCertificateContext Keep(Loaded loaded)
    {
        Volatile.Write(ref _loaded, loaded);
        return loaded.Context;
    }

    private static SslStreamCertificateContext Load(string certificate, string key)
    {
        using var read = X509Certificate2.CreateFromPem(certificate, key);
        var between = new X509Certificate2Collection();
        between.ImportFromPem(certificate);
        between.RemoveAt(0);

        // Some platforms serve only with a key that was imported. Nothing is fetched: what is needed is in the file.
        return SslStreamCertificateContext.Create(X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null), between, offline: true);
    }

    private static bool IsUnusable(Exception exception) => exception is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException;

    private sealed record Loaded(SslStreamCertificateContext Context, string Certificate, string Key, DateTimeOffset LookAgainAt);
}
