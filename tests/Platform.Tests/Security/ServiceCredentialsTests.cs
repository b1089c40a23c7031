using System.Security.Cryptography;
using System.Text;
using GatewayStack.Wire.Channels;
using GatewayStack.Wire.Security;

namespace GatewayStack.Platform.Tests.Security;

public sealed class ServiceCredentialsTests
{
    private const string Secret = "router-secret-router-secret-router";
    private const string Next = "another-secret-another-secret-another";

    [Fact]
    public void A_caller_is_known_by_the_digest_of_its_secret_or_by_the_secret()
    {
        foreach (var known in (string[])[Digest(Secret), Digest(Secret).ToUpperInvariant().Replace("SHA256", "sha256", StringComparison.Ordinal), Secret])
        {
            var credentials = Of(known);
            (credentials.Prove("router", Secret), credentials.Prove("router", Next), credentials.Prove("policy", Secret)).ShouldBe((true, false, false), known);
        }
    }

    [Fact]
    public void Whoever_knows_the_digest_is_not_the_caller() => Of(Digest(Secret)).Prove("router", Digest(Secret)).ShouldBeFalse();

    [Fact]
    public void While_a_secret_is_changed_both_are_good()
    {
        var credentials = Of($"{Digest(Secret)} {Digest(Next)}");
        (credentials.Prove("router", Secret), credentials.Prove("router", Next), credentials.Prove("router", Digest(Next))).ShouldBe((true, true, false));
    }

    [Fact]
    public void A_process_believes_itself_for_as_long_as_it_says()
    {
        var credentials = Of(Digest(Secret));
        string secret;
        using (var itself = credentials.BelieveItself("router"))
        {
            secret = itself.Secret;
            (credentials.Prove("router", secret), credentials.Prove("policy", secret), credentials.Prove("router", Secret), Of(Digest(Secret)).Prove("router", secret)).ShouldBe((true, false, true, false));
        }

        credentials.Prove("router", secret).ShouldBeFalse();
    }

    private static ServiceCredentials Of(string known) => new(new OwnService("limits"), new ServiceOptions { Callers = new Dictionary<string, string> { ["router"] = known } });

    private static string Digest(string secret) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
