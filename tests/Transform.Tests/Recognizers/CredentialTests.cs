namespace GatewayStack.Transform.Tests.Recognizers;

// The samples are put together here, so that no scanner of repositories takes them for leaked keys.
public sealed class CredentialTests
{
    private const string A36 = "aB3dE5gH7jK9mN1pQ3sT5vW7yZ9bC1dE3fG5";

    public static TheoryData<string> Keys() =>
    [
        "sk-" + "proj-abcDEF123456_ghiJKL7890-mnoPQR",
        "sk-" + "1234567890abcdef1234567890abcdef",
        "sk-" + "ant-api03-abcDEF123456ghiJKL7890mnoPQR",
        "AKIA" + "IOSFODNN7EXAMPLE",
        "ASIA" + "IOSFODNN7EXAMPLE",
        "gh" + "p_" + A36,
        "gh" + "o_" + A36,
        "github" + "_pat_11ABCDEFG0abcdefghijkl_mnop",
        "gl" + "pat-abcdefghij0123456789",
        "AI" + "zaSyA1bC2dE3fG4hI5jK6lM7nO8pQ9rS0tU1v",
        "GOCSPX" + "-abcdefghijklmnopqrstuvwxyz12",
        "xox" + "b-123456789012-abcdefghijkl",
        "xox" + "p-123456789012-abcdefghijkl",
        "xapp" + "-1-A123-456-abcdef",
        "sk_" + "live_4eC39HqLyjWDarjtT1zdp7dc",
        "rk_" + "test_4eC39HqLyjWDarjtT1zdp7dc",
        "whsec" + "_abcdefghijklmnopqrstuvwx",
        "npm" + "_" + A36,
        "hf" + "_" + A36,
        "dop" + "_v1_" + new string('a', 64),
        "SG" + "." + new string('a', 22) + "." + new string('b', 43),
        "hooks.slack.com" + "/services/T00000000/B00000000/abcdefghijklmnop12345678",
        "AccountKey" + "=" + new string('a', 86) + "==",
        "aws_secret" + "_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "-----BEGIN RSA " + "PRIVATE KEY-----\nMIIEpAIBAAKCAQEA1234\nabcd+/==\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN " + "PRIVATE KEY-----\\nMIIEpAIBAAKCAQEA1234\\n-----END PRIVATE KEY-----",
        "-----BEGIN OPENSSH " + "PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA",
    ];

    [Theory]
    [MemberData(nameof(Keys))]
    public void Keys_are_found_whole(string key)
    {
        Modules.Default.Find(key).ShouldBe([$"API_KEY={key}"]);
        Modules.Default.Find($"my key is \"{key}\", keep it").ShouldBe([$"API_KEY={key}"]);
    }

    [Fact]
    public void A_token_is_found_whole()
    {
        const string Jwt = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9" + ".eyJzdWIiOiIxMjM0NTY3ODkwIn0" + ".dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";
        Modules.Default.Find($"Authorization: Bearer {Jwt}").ShouldBe([$"JWT={Jwt}"]);
        Modules.Default.Find($"{Jwt}.").ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("risk-based authentication with scikit sk-learn-and-other-long-words-here")]
    [InlineData("task-1234567890abcdef1234567890abcdef")]
    [InlineData("AKIA is how they begin")]
    [InlineData("AKIAIOSFODNN7EXAMPLEX")]
    [InlineData("xAKIAIOSFODNN7EXAMPLE")]
    [InlineData("ghp_short")]
    [InlineData("eyJ is base64 of an opening brace")]
    [InlineData("eyJub3RhbGciOiJ4In0.abc.def")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMIIEpAIBAAKCAQEA\n-----END CERTIFICATE-----")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nMIIEpAIBAAKCAQEA\n-----END PUBLIC KEY-----")]
    [InlineData("the npm_config variable and hf_hub_download")]
    [InlineData("SG.1")]
    [InlineData("whsec_ and AIza and glpat-")]
    public void Not_found(string text) => Modules.Default.Find(text).ShouldBeEmpty();
}
