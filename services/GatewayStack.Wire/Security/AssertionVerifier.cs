using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GatewayStack.Contracts.Identity;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace GatewayStack.Wire.Security;

/// <summary>Verifies internal assertions against Identity's key set, and remembers those that were good until they end.</summary>
internal sealed class AssertionVerifier(AssertionKeys keys, string issuer, TimeProvider time) : IDisposable
{
    /// <summary>How long after its end an assertion still says whose request is settled.</summary>
    internal static readonly TimeSpan LateBy = TimeSpan.FromHours(24);

    private const int MaxLength = 32 * 1024;
    private const int Remembered = 10_000;
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(5);

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = MaxLength };
    private readonly MemoryCache _verified = new(new MemoryCacheOptions { SizeLimit = Remembered });

    /// <summary>Verifies an assertion.</summary>
    /// <param name="token">The assertion. A secret: never logged.</param>
    /// <param name="proof">Whether one past its end will do.</param>
    /// <param name="cancellationToken">Ends the wait for keys.</param>
    public async ValueTask<AssertionVerdict> VerifyAsync(string token, PersonProof proof, CancellationToken cancellationToken)
    {
        var name = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        if (_verified.TryGetValue(name, out VerifiedPerson? known))
        {
            return Judge(known!, proof);
        }

        if (token.Length > MaxLength || ReadKeyId(token) is not { } keyId)
        {
            return new AssertionVerdict(null, "assertion_malformed");
        }

        if (await keys.FindAsync(keyId, cancellationToken) is not { } key)
        {
            return new AssertionVerdict(null, keys.Known ? "assertion_unknown_kid" : "keys_unavailable", Unavailable: !keys.Known);
        }

        var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidTypes = [AssertionClaims.TokenType],
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            ValidIssuer = issuer,
            ValidAudience = AssertionClaims.InternalAudience,
            IssuerSigningKey = key,
            TryAllIssuerSigningKeys = false,
            // Judged below, each time it is used.
            ValidateLifetime = false,
        });
        if (!result.IsValid)
        {
            return new AssertionVerdict(null, "assertion_invalid");
        }

        if (Read((JsonWebToken)result.SecurityToken) is not { } person)
        {
            return new AssertionVerdict(null, "assertion_malformed");
        }

        var verdict = Judge(person, proof);
        if (verdict.Person is not null)
        {
            _verified.Set(name, person, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(10) });
        }

        return verdict;
    }

    public void Dispose() => _verified.Dispose();

    private AssertionVerdict Judge(VerifiedPerson person, PersonProof proof)
    {
        var now = time.GetUtcNow();
        if (now < person.IssuedAt - ClockSkew)
        {
            return new AssertionVerdict(null, "assertion_not_yet_valid");
        }

        var end = person.ExpiresAt + (proof == PersonProof.Late ? LateBy : ClockSkew);
        return now < end ? new AssertionVerdict(person, null) : new AssertionVerdict(null, "assertion_expired");
    }

    private string? ReadKeyId(string token)
    {
        try
        {
            return _handler.ReadJsonWebToken(token).Kid is { Length: > 0 } keyId ? keyId : null;
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }

    private static VerifiedPerson? Read(JsonWebToken token)
    {
        using var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(token.EncodedPayload));
        return TryTime(payload.RootElement, "iat") is { } issued && TryTime(payload.RootElement, "exp") is { } expires && AssertionClaims.Read(payload.RootElement) is { } caller
            ? new VerifiedPerson(caller, issued, expires)
            : null;
    }

    private static DateTimeOffset? TryTime(JsonElement payload, string name) =>
        payload.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds) && seconds is >= 0 and < 253_402_300_800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}

/// <summary>The person, or why the assertion is not believed.</summary>
/// <param name="Person">Who it is.</param>
/// <param name="Problem">Short reason, for the log.</param>
/// <param name="Unavailable">True where nothing could be verified because Identity's keys cannot be had.</param>
internal readonly record struct AssertionVerdict(VerifiedPerson? Person, string? Problem, bool Unavailable = false);
