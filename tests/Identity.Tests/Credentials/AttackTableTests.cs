using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Tests.Support;

namespace GatewayStack.Identity.Tests.Credentials;

/// <summary>
/// Every way to forge or misuse a token that we know of. Each must be refused, for the reason that is written here, without one request to anywhere but the issuer.
/// </summary>
public sealed class AttackTableTests(AttackTableTests.World world) : IClassFixture<AttackTableTests.World>
{
    private static readonly long Now = TestClock.Start.ToUnixTimeSeconds();

    private static readonly byte[] Order = Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");

    private static readonly Dictionary<string, (Func<World, string> Token, string Reason)> Attacks = new(StringComparer.Ordinal)
    {
        // No algorithm.
        ["alg none without signature"] = (w => w.Unsigned("none"), "unsigned_token"),
        ["alg None without signature"] = (w => w.Unsigned("None"), "unsigned_token"),
        ["alg none with signature"] = (w => w.Good().Header("alg", "none").SignedBy(w.Issuer.Key).Build(), "algorithm_refused"),
        ["alg nOnE with signature"] = (w => w.Good().Header("alg", "nOnE").SignedBy(w.Issuer.Key).Build(), "algorithm_refused"),
        ["alg rs256 in lower case"] = (w => w.Good().Header("alg", "rs256").SignedBy(w.Issuer.Key).Build(), "algorithm_refused"),
        ["alg missing"] = (w => w.Good().RawHeader(header => header.Replace("\"alg\":\"RS256\",", "", StringComparison.Ordinal)).Build(), "algorithm_missing"),
        ["alg a number"] = (w => w.Good().RawHeader(header => header.Replace("\"RS256\"", "256", StringComparison.Ordinal)).Build(), "algorithm_missing"),
        ["alg null"] = (w => w.Good().RawHeader(header => header.Replace("\"RS256\"", "null", StringComparison.Ordinal)).Build(), "algorithm_missing"),
        ["alg an array"] = (w => w.Good().RawHeader(header => header.Replace("\"RS256\"", "[\"RS256\"]", StringComparison.Ordinal)).Build(), "algorithm_missing"),
        ["alg empty"] = (w => w.Good().Header("alg", "").SignedBy(w.Issuer.Key).Build(), "algorithm_refused"),

        // Shared keys made of public ones.
        ["HS256 with the public key in PEM"] = (w => w.Hmac("HS256", Encoding.ASCII.GetBytes(w.Issuer.Key.Pair.ExportSubjectPublicKeyInfoPem())), "algorithm_refused"),
        ["HS256 with the public key in DER"] = (w => w.Hmac("HS256", w.Issuer.Key.Pair.ExportSubjectPublicKeyInfo()), "algorithm_refused"),
        ["HS256 with the JWK"] = (w => w.Hmac("HS256", Encoding.UTF8.GetBytes(w.Issuer.Key.PublicJwk().ToJsonString())), "algorithm_refused"),
        ["HS384 with the modulus"] = (w => w.Hmac("HS384", ((RSA)w.Issuer.Key.Pair).ExportParameters(false).Modulus!), "algorithm_refused"),
        ["HS512 with an empty key"] = (w => w.Hmac("HS512", []), "algorithm_refused"),
        ["HS256 with the symmetric key of the set"] = (w => w.Hmac("HS256", new byte[32], "oct-1"), "algorithm_refused"),

        // Algorithm and key disagree.
        ["ES256 by a key of type RSA"] = (w => w.Good().Header("alg", "ES256").SignedBy(input => w.Issuer.Curve.Sign("ES256", input)).Build(), "key_mismatch"),
        ["RS256 by a key of type EC"] = (w => w.Good().Header("kid", "ec-1").Build(), "key_mismatch"),
        ["ES384 by a P-256 key"] = (w => w.Curve().Header("alg", "ES384").SignedBy(input => w.Issuer.Curve.Sign("ES384", input)).Build(), "key_mismatch"),
        ["RS512 by a key for RS256"] = (w => w.By(w.OnlyRs256).Header("alg", "RS512").Build(), "key_mismatch"),
        ["a key for encryption"] = (w => w.By(w.Encryption).Build(), "unknown_kid"),
        ["a key for wrapping"] = (w => w.By(w.Wrapping).Build(), "unknown_kid"),
        ["a weak RSA key"] = (w => w.By(w.Weak).Build(), "unknown_kid"),
        ["a key whose private half is published"] = (w => w.By(w.Leaked).Build(), "unknown_kid"),
        ["a point that is not on the curve"] = (w => w.Curve().Header("kid", "ec-off").Build(), "unknown_kid"),
        ["a key type nobody knows"] = (w => w.Good().Header("kid", "akp-1").Build(), "unknown_kid"),
        ["an algorithm the issuer does not have"] = (w => w.OfStrict().Header("alg", "PS256").Build(), "algorithm_refused"),
        ["EdDSA"] = (w => w.Good().Header("alg", "EdDSA").SignedBy(w.Issuer.Key).Build(), "algorithm_refused"),
        ["ES256K"] = (w => w.Good().Header("alg", "ES256K").SignedBy(w.Issuer.Curve).Build(), "algorithm_refused"),

        // Keys that the attacker brings along.
        ["an embedded jwk"] = (w => w.Good().Header("jwk", w.Attacker.PublicJwk()).SignedBy(w.Attacker).Build(), "signature_invalid"),
        ["an embedded jwk with its own kid"] = (w => w.Good().Header("kid", w.Attacker.KeyId).Header("jwk", w.Attacker.PublicJwk()).SignedBy(w.Attacker).Build(), "unknown_kid"),
        ["jku to the attacker"] = (w => w.Good().Header("jku", w.Trap.Origin + "/jwks").SignedBy(w.Trap.Key).Build(), "signature_invalid"),
        ["x5u to the attacker"] = (w => w.Good().Header("x5u", w.Trap.Origin + "/cert").SignedBy(w.Trap.Key).Build(), "signature_invalid"),
        ["x5c of the attacker"] = (w => w.Good().Header("x5c", new JsonArray("MIIB")).SignedBy(w.Attacker).Build(), "signature_invalid"),
        ["kid that is the attacker's URL"] = (w => w.Good().Header("kid", w.Trap.Origin + "/jwks").SignedBy(w.Trap.Key).Build(), "unknown_kid"),

        // kid.
        ["the right kid and another key"] = (w => w.Good().SignedBy(w.Attacker).Build(), "signature_invalid"),
        ["an unknown kid"] = (w => w.Good().Header("kid", "nobody").Build(), "unknown_kid"),
        ["kid as a path"] = (w => w.Good().Header("kid", "../../../../dev/null").SignedBy(input => HMACSHA256.HashData(Array.Empty<byte>(), Encoding.UTF8.GetBytes(input))).Build(), "unknown_kid"),
        ["kid as SQL"] = (w => w.Good().Header("kid", "x' UNION SELECT 'k'--").Build(), "unknown_kid"),
        ["kid as a command"] = (w => w.Good().Header("kid", "k|/bin/id").Build(), "unknown_kid"),
        ["kid with line ends"] = (w => w.Good().Header("kid", "rsa-1\r\nX-User-Id: root").Build(), "unknown_kid"),
        ["kid too long"] = (w => w.Good().Header("kid", new string('k', 5000)).Build(), "malformed_token"),
        ["kid empty"] = (w => w.Good().Header("kid", "").Build(), "malformed_token"),
        ["kid a number"] = (w => w.Good().Header("kid", 1).Build(), "malformed_token"),
        ["kid an object"] = (w => w.Good().Header("kid", new JsonObject()).Build(), "malformed_token"),
        ["kid null"] = (w => w.Good().Header("kid", null).Build(), "malformed_token"),
        ["kid missing and several keys"] = (w => w.Good().WithoutHeader("kid").Build(), "ambiguous_kid"),
        ["kid of two keys, the first"] = (w => w.By(w.Twin1).Build(), "ambiguous_kid"),
        ["kid of two keys, the second"] = (w => w.By(w.Twin2).Build(), "ambiguous_kid"),

        // crit and its friends.
        ["crit unknown"] = (w => w.Good().Header("crit", new JsonArray("exp2")).Header("exp2", 1).Build(), "unsupported_header"),
        ["crit empty"] = (w => w.Good().Header("crit", new JsonArray()).Build(), "unsupported_header"),
        ["crit null"] = (w => w.Good().Header("crit", null).Build(), "unsupported_header"),
        ["crit with alg"] = (w => w.Good().Header("crit", new JsonArray("alg")).Build(), "unsupported_header"),
        ["payload not encoded"] = (w => w.Good().Header("b64", false).Header("crit", new JsonArray("b64")).Build(), "unsupported_header"),
        ["b64 without crit"] = (w => w.Good().Header("b64", false).Build(), "unsupported_header"),
        ["compressed"] = (w => w.Good().Header("zip", "DEF").Build(), "unsupported_header"),

        // Signatures.
        ["signature empty"] = (w => Parts(w.Good().Build(), 2) + ".", "unsigned_token"),
        ["signature cut"] = (w => w.Good().SignedBy(input => w.Issuer.Key.Sign("RS256", input)[..^4]).Build(), "signature_invalid"),
        ["signature of zeros"] = (w => w.Curve().SignedBy(_ => new byte[64]).Build(), "signature_invalid"),
        ["signature of one byte"] = (w => w.Curve().SignedBy(_ => [0]).Build(), "signature_invalid"),
        ["ECDSA r is the order"] = (w => w.Curve().SignedBy(_ => [.. Order, .. Order]).Build(), "signature_invalid"),
        ["ECDSA in DER"] = (w => w.Curve().SignedBy(input => ((ECDsa)w.Issuer.Curve.Pair).SignData(Encoding.UTF8.GetBytes(input), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)).Build(), "signature_invalid"),
        ["another payload"] = (w => Swap(w.Good().Build(), w.Good().Claim("sub", "root").Build()), "signature_invalid"),
        ["another header"] = (w => w.Good().Header("typ", "JWT").Build().Split('.')[0] + w.Good().Build()[w.Good().Build().IndexOf('.', StringComparison.Ordinal)..], "signature_invalid"),
        ["PS256 signature called RS256"] = (w => w.Good().SignedBy(input => w.Issuer.Key.Sign("PS256", input)).Build(), "signature_invalid"),
        ["RS512 signature called RS256"] = (w => w.Good().SignedBy(input => w.Issuer.Key.Sign("RS512", input)).Build(), "signature_invalid"),
        ["signature in base64 with padding"] = (w => w.Good().Build() + "=", "malformed_token"),
        ["signature not canonical"] = (w => NotCanonical(w.Good().Build()), "malformed_token"),

        // Structure.
        ["opaque"] = (_ => "2YotnFZFEjr1zCsicMWpAA", "opaque_token"),
        ["two parts"] = (w => Parts(w.Good().Build(), 2), "malformed_token"),
        ["four parts"] = (w => w.Good().Build() + ".AAAA", "malformed_token"),
        ["encrypted"] = (w => w.Good().Build() + ".AAAA.AAAA", "encrypted_token"),
        ["a blank inside"] = (w => w.Good().Build().Replace(".", ". ", StringComparison.Ordinal), "malformed_token"),
        ["a line end behind"] = (w => w.Good().Build() + "\n", "malformed_token"),
        ["dots only"] = (_ => "..", "unsigned_token"),
        ["standard base64"] = (w => w.Good().Claim("name", "ÿÿÿ").Build().Replace('_', '/').Replace('-', '+'), "malformed_token"),
        ["too long"] = (w => w.Good().Claim("pad", new string('x', 17_000)).Build(), "token_too_large"),
        ["payload an array"] = (w => w.Good().RawPayload(_ => "[1]").Build(), "malformed_token"),
        ["payload null"] = (w => w.Good().RawPayload(_ => "null").Build(), "malformed_token"),
        ["payload a text"] = (w => w.Good().RawPayload(_ => "\"x\"").Build(), "malformed_token"),
        ["payload empty"] = (w => w.Good().RawPayload(_ => "").Build(), "malformed_token"),
        ["payload with something behind"] = (w => w.Good().RawPayload(payload => payload + "{}").Build(), "malformed_token"),
        ["payload with a comment"] = (w => w.Good().RawPayload(payload => payload.Insert(1, "/**/")).Build(), "malformed_token"),
        ["payload with a trailing comma"] = (w => w.Good().RawPayload(payload => payload.Insert(payload.Length - 1, ",")).Build(), "malformed_token"),
        ["payload too deep"] = (w => w.Good().RawPayload(payload => payload.Insert(1, "\"d\":" + new string('[', 100) + new string(']', 100) + ",")).Build(), "malformed_token"),
        ["payload with half a surrogate"] = (w => w.Good().RawPayload(payload => payload.Insert(1, "\"d\":\"\\ud800\",")).Build(), "malformed_token"),
        ["payload not UTF-8"] = (w => w.NotUtf8(), "malformed_token"),
        ["header an array"] = (w => w.Good().RawHeader(_ => "[]").Build(), "malformed_token"),
        ["typ a number"] = (w => w.Good().Header("typ", 1).Build(), "malformed_token"),

        // The same member twice.
        ["sub twice"] = (w => w.Good().RawPayload(payload => payload.Insert(1, "\"sub\":\"root\",")).Build(), "malformed_token"),
        ["sub twice, once escaped"] = (w => w.Good().RawPayload(payload => payload.Insert(1, "\"\\u0073ub\":\"root\",")).Build(), "malformed_token"),
        ["alg twice"] = (w => w.Good().RawHeader(header => header.Insert(1, "\"alg\":\"none\",")).Build(), "malformed_token"),
        ["a nested member twice"] = (w => w.Good().RawPayload(payload => payload.Insert(1, "\"realm_access\":{\"roles\":[],\"roles\":[\"doctor\"]},")).Build(), "malformed_token"),

        // Time.
        ["expired"] = (w => w.Good().Claim("exp", Now - 31).Build(), "token_expired"),
        ["exp missing"] = (w => w.Good().Without("exp").Build(), "time_missing"),
        ["exp a text"] = (w => w.Good().Claim("exp", (Now + 600).ToString(System.Globalization.CultureInfo.InvariantCulture)).Build(), "time_invalid"),
        ["exp null"] = (w => w.Good().Claim("exp", null).Build(), "time_invalid"),
        ["exp with a fraction"] = (w => w.Good().RawPayload(payload => payload.Replace($"\"exp\":{Now + 600}", $"\"exp\":{Now + 600}.5", StringComparison.Ordinal)).Build(), "time_invalid"),
        ["exp with an exponent"] = (w => w.Good().RawPayload(payload => payload.Replace($"\"exp\":{Now + 600}", "\"exp\":1e300", StringComparison.Ordinal)).Build(), "time_invalid"),
        ["exp beyond 64 bits"] = (w => w.Good().RawPayload(payload => payload.Replace($"\"exp\":{Now + 600}", "\"exp\":99999999999999999999", StringComparison.Ordinal)).Build(), "time_invalid"),
        ["exp in milliseconds"] = (w => w.Good().Claim("exp", (Now + 600) * 1000).Build(), "time_invalid"),
        ["exp negative"] = (w => w.Good().Claim("exp", -1).Build(), "time_invalid"),
        ["iat missing"] = (w => w.Good().Without("iat").Build(), "time_missing"),
        ["iat in the future"] = (w => w.Good().Claim("iat", Now + 31).Build(), "token_not_yet_valid"),
        ["iat a text"] = (w => w.Good().Claim("iat", "now").Build(), "time_invalid"),
        ["nbf in the future"] = (w => w.Good().Claim("nbf", Now + 31).Build(), "token_not_yet_valid"),
        ["nbf a boolean"] = (w => w.Good().Claim("nbf", true).Build(), "time_invalid"),

        // Issuer.
        ["iss missing"] = (w => w.Good().Without("iss").Build(), "issuer_missing"),
        ["iss an array"] = (w => w.Good().Claim("iss", new JsonArray(w.Issuer.Url)).Build(), "issuer_missing"),
        ["iss with a slash"] = (w => w.Good().Claim("iss", w.Issuer.Url + "/").Build(), "unknown_issuer"),
        ["iss in upper case"] = (w => w.Good().Claim("iss", w.Issuer.Url.ToUpperInvariant()).Build(), "unknown_issuer"),
        ["iss with a blank"] = (w => w.Good().Claim("iss", w.Issuer.Url + " ").Build(), "unknown_issuer"),
        ["iss of the attacker"] = (w => w.Trap.Token().Build(), "unknown_issuer"),
        ["iss of another issuer with an equal kid"] = (w => w.Good().Claim("iss", w.Second.Url).Build(), "signature_invalid"),
        ["signed by another issuer with an equal kid"] = (w => w.Good().SignedBy(w.Second.Key).Build(), "signature_invalid"),

        // Audience.
        ["aud wrong"] = (w => w.Good().Claim("aud", "other").Build(), "audience_wrong"),
        ["aud a prefix"] = (w => w.Good().Claim("aud", "gatewa").Build(), "audience_wrong"),
        ["aud longer"] = (w => w.Good().Claim("aud", "gateway2").Build(), "audience_wrong"),
        ["aud in upper case"] = (w => w.Good().Claim("aud", "Gateway").Build(), "audience_wrong"),
        ["aud with a list in a text"] = (w => w.Good().Claim("aud", "gateway other").Build(), "audience_wrong"),
        ["aud missing"] = (w => w.Good().Without("aud").Build(), "audience_missing"),
        ["aud an empty list"] = (w => w.Good().Claim("aud", new JsonArray()).Build(), "audience_wrong"),
        ["aud a list with a number"] = (w => w.Good().Claim("aud", new JsonArray("gateway", 1)).Build(), "audience_invalid"),
        ["aud an object"] = (w => w.Good().Claim("aud", new JsonObject { ["gateway"] = true }).Build(), "audience_invalid"),
        ["aud null"] = (w => w.Good().Claim("aud", null).Build(), "audience_invalid"),

        // Other tokens of the same issuer.
        ["ID token by nonce"] = (w => w.Good().Header("typ", "JWT").Claim("nonce", "n").Build(), "not_an_access_token"),
        ["ID token that calls itself Bearer"] = (w => w.Good().Header("typ", "JWT").Claim("typ", "Bearer").Claim("nonce", "n").Claim("at_hash", "h").Build(), "not_an_access_token"),
        ["ID token by at_hash"] = (w => w.Good().Header("typ", "JWT").Claim("at_hash", "h").Build(), "not_an_access_token"),
        ["ID token of Keycloak"] = (w => w.Good().Header("typ", "JWT").Claim("typ", "ID").Build(), "not_an_access_token"),
        ["refresh token of Keycloak"] = (w => w.Good().Header("typ", "JWT").Claim("typ", "Refresh").Build(), "not_an_access_token"),
        ["ID token without any mark"] = (w => w.Good().Header("typ", "JWT").Without("scope").Build(), "not_an_access_token"),
        ["ID token without a type"] = (w => w.Good().WithoutHeader("typ").Without("scope").Build(), "not_an_access_token"),
        ["ID token of Cognito"] = (w => w.Good().WithoutHeader("typ").Claim("token_use", "id").Build(), "not_an_access_token"),
        ["logout token"] = (w => w.Good().Header("typ", "JWT").Claim("events", new JsonObject { ["http://schemas.openid.net/event/backchannel-logout"] = new JsonObject() }).Build(), "not_an_access_token"),
        ["logout token by type"] = (w => w.Good().Header("typ", "logout+jwt").Build(), "token_type_refused"),
        ["DPoP proof by type"] = (w => w.Good().Header("typ", "dpop+jwt").Build(), "token_type_refused"),
        ["DPoP proof by claims"] = (w => w.Good().Header("typ", "JWT").Claim("htm", "GET").Claim("htu", "https://gateway.example/").Build(), "not_an_access_token"),
        ["security event"] = (w => w.Good().Header("typ", "secevent+jwt").Build(), "token_type_refused"),
        ["gateway assertion by another issuer"] = (w => w.Good().Header("typ", "gateway-identity+jwt").Build(), "assertion_without_backend"),
        ["JWT where the issuer promised at+jwt"] = (w => w.OfStrict().Header("typ", "JWT").Build(), "token_type_refused"),
        ["no type where the issuer promised at+jwt"] = (w => w.OfStrict().WithoutHeader("typ").Build(), "token_type_refused"),

        // Bound to a key that nobody showed.
        ["DPoP-bound"] = (w => w.Good().Claim("cnf", new JsonObject { ["jkt"] = "x" }).Build(), "sender_constrained"),
        ["certificate-bound"] = (w => w.Good().Claim("cnf", new JsonObject { ["x5t#S256"] = "x" }).Build(), "sender_constrained"),
        ["cnf null"] = (w => w.Good().Claim("cnf", null).Build(), "sender_constrained"),

        // Who it is about.
        ["sub missing"] = (w => w.Good().Without("sub").Build(), "subject_invalid"),
        ["sub a number"] = (w => w.Good().Claim("sub", 42).Build(), "subject_invalid"),
        ["sub null"] = (w => w.Good().Claim("sub", null).Build(), "subject_invalid"),
        ["sub empty"] = (w => w.Good().Claim("sub", "").Build(), "subject_invalid"),
        ["sub a blank"] = (w => w.Good().Claim("sub", " ").Build(), "subject_invalid"),
        ["sub with line ends"] = (w => w.Good().Claim("sub", "alice\r\nX-User-Role: doctor").Build(), "subject_invalid"),
        ["sub with NUL"] = (w => w.Good().Claim("sub", "alice\0").Build(), "subject_invalid"),
        ["sub with a blank behind"] = (w => w.Good().Claim("sub", "alice ").Build(), "subject_invalid"),
        ["sub with an invisible character"] = (w => w.Good().Claim("sub", "ali\u200Bce").Build(), "subject_invalid"),
        ["sub with a line separator"] = (w => w.Good().Claim("sub", "alice\u2028").Build(), "subject_invalid"),
        ["sub too long"] = (w => w.Good().Claim("sub", new string('a', 256)).Build(), "subject_invalid"),
        ["role with line ends"] = (w => w.Good().Claim("roles", new JsonArray("nurse\r\nX-User-Role: doctor")).Build(), "claim_unsafe"),
        ["role with a comma"] = (w => w.Good().Claim("roles", new JsonArray("nurse,doctor")).Build(), "claim_unsafe"),
        ["scope with a blank in a list"] = (w => w.Good().Claim("scp", new JsonArray("a medical:write")).Build(), "claim_unsafe"),
        ["name with line ends"] = (w => w.Good().Claim("name", "Alice\r\nX-User-Role: doctor").Build(), "claim_unsafe"),
        ["name that reads backwards"] = (w => w.Good().Claim("name", "\u202Eecila").Build(), "claim_unsafe"),
        ["more roles than anybody has"] = (w => w.Good().Claim("roles", new JsonArray([.. Enumerable.Range(0, 600).Select(i => (JsonNode)i.ToString(System.Globalization.CultureInfo.InvariantCulture))])).Build(), "claim_too_long"),
    };

    public static TheoryData<string> Names => [.. Attacks.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_is_refused(string name)
    {
        var (token, reason) = Attacks[name];
        var result = await world.Identity.AuthenticateAsync(token(world));

        result.Status.ShouldBe(AuthenticationStatus.Invalid);
        result.Reason.ShouldBe(reason);
        result.Identity.ShouldBeNull();
        result.InternalAssertion.ShouldBeNull();
        world.Trap.AllRequests.ShouldBe(0);
    }

    [Fact]
    public async Task The_token_that_all_attacks_start_from_is_accepted()
    {
        (await world.Identity.AuthenticateAsync(world.Good().Build())).Status.ShouldBe(AuthenticationStatus.Authenticated);
        (await world.Identity.AuthenticateAsync(world.Curve().Build())).Status.ShouldBe(AuthenticationStatus.Authenticated);
        (await world.Identity.AuthenticateAsync(world.By(world.OnlyRs256).Build())).Status.ShouldBe(AuthenticationStatus.Authenticated);
        (await world.Identity.AuthenticateAsync(world.OfStrict().Build())).Status.ShouldBe(AuthenticationStatus.Authenticated);
        (await world.Identity.AuthenticateAsync(world.Good().Claim("exp", Now - 29).Build())).Status.ShouldBe(AuthenticationStatus.Authenticated);
    }

    private static string Parts(string token, int count) => string.Join('.', token.Split('.').Take(count));

    private static string Swap(string token, string other) => $"{token.Split('.')[0]}.{other.Split('.')[1]}.{token.Split('.')[2]}";

    // 256 bytes leave four spare bits in the last character.
    private static string NotCanonical(string token)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return token[..^1] + Alphabet[Alphabet.IndexOf(token[^1], StringComparison.Ordinal) + 1];
    }

    public sealed class World : IAsyncLifetime
    {
        public TestIssuer Issuer { get; private set; } = null!;

        public TestIssuer Second { get; private set; } = null!;

        /// <summary>An issuer that nobody configured; it must never be asked anything.</summary>
        public TestIssuer Trap { get; private set; } = null!;

        public IdentityUnderTest Identity { get; private set; } = null!;

        public TestKey Attacker { get; } = TestKey.Rsa("attacker");

        public TestKey OnlyRs256 { get; } = TestKey.Rsa("only-rs256");

        public TestKey Encryption { get; } = TestKey.Rsa("enc");

        public TestKey Wrapping { get; } = TestKey.Rsa("wrap");

        public TestKey Weak { get; } = TestKey.Rsa("weak", 1024);

        public TestKey Leaked { get; } = TestKey.Rsa("leaked");

        public TestKey Twin1 { get; } = TestKey.Rsa("twin");

        public TestKey Twin2 { get; } = TestKey.Rsa("twin");

        public async ValueTask InitializeAsync()
        {
            Issuer = await TestIssuer.StartAsync();
            Second = await TestIssuer.StartAsync();
            Trap = await TestIssuer.StartAsync();
            var rs256 = OnlyRs256.PublicJwk();
            rs256["alg"] = "RS256";
            var encryption = Encryption.PublicJwk();
            encryption["use"] = "enc";
            var wrapping = Wrapping.PublicJwk();
            wrapping.Remove("use");
            wrapping["key_ops"] = new JsonArray("wrapKey");
            var leaked = Leaked.PublicJwk();
            leaked["d"] = "AQAB";
            var off = Issuer.Curve.PublicJwk();
            off["kid"] = "ec-off";
            off["y"] = off["x"]!.DeepClone();
            Issuer.Keys =
            [
                .. Issuer.Keys, rs256, encryption, wrapping, Weak.PublicJwk(), leaked, off, Twin1.PublicJwk(), Twin2.PublicJwk(),
                new JsonObject { ["kty"] = "AKP", ["kid"] = "akp-1", ["alg"] = "ML-DSA-44", ["pub"] = "AAAA" },
                new JsonObject { ["kty"] = "oct", ["kid"] = "oct-1", ["k"] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" },
            ];
            Identity = IdentityUnderTest.For(Issuer.Options(), Second.Options("second") with { Algorithms = ["RS256"], TokenTypes = ["application/at+jwt"] });
        }

        public async ValueTask DisposeAsync()
        {
            await Identity.DisposeAsync();
            await Issuer.DisposeAsync();
            await Second.DisposeAsync();
            await Trap.DisposeAsync();
        }

        public TokenBuilder Good() => Issuer.Token();

        public TokenBuilder Curve() => By(Issuer.Curve);

        public TokenBuilder OfStrict() => Second.Token();

        public TokenBuilder By(TestKey key) => new TokenBuilder(key)
            .Claim("iss", Issuer.Url).Claim("aud", "gateway").Claim("sub", "alice").Claim("exp", Now + 600).Claim("iat", Now);

        public string Unsigned(string algorithm) => Good().Header("alg", algorithm).SignedBy(_ => []).Build();

        public string Hmac(string algorithm, byte[] key, string keyId = "rsa-1") => Good().Header("alg", algorithm).Header("kid", keyId).SignedBy(input => algorithm switch
        {
            "HS256" => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(input)),
            "HS384" => HMACSHA384.HashData(key, Encoding.UTF8.GetBytes(input)),
            _ => HMACSHA512.HashData(key, Encoding.UTF8.GetBytes(input)),
        }).Build();

        public string NotUtf8()
        {
            var header = Good().Build().Split('.')[0];
            var payload = System.Buffers.Text.Base64Url.EncodeToString([.. "{\"sub\":\""u8, 0xff, 0xfe, .. "\"}"u8]);
            return $"{header}.{payload}." + System.Buffers.Text.Base64Url.EncodeToString(Issuer.Key.Sign("RS256", $"{header}.{payload}"));
        }
    }
}
