namespace GatewayStack.Transform.Tests.Recognizers.Credentials;

// The samples are put together here, so that no scanner of repositories takes them for leaked keys.
public sealed class TokenTests
{
    private const string Header = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";
    private const string Jwt = Header + ".eyJzdWIiOiIxMjM0NTY3ODkwIn0" + ".dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";
    private const string Begin = "-----BEGIN ";
    private const string End = "-----END ";

    [Theory]
    [InlineData(Begin + "RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA1234\nabcd+/==\n" + End + "RSA PRIVATE KEY-----")]
    [InlineData(Begin + "PRIVATE KEY-----\\nMIIEpAIBAAKCAQEA1234\\n" + End + "PRIVATE KEY-----")]
    [InlineData(Begin + "OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA")]
    [InlineData(Begin + "EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0123\n\nMHcCAQEEIIrYSSNQFaA2Hwf1\n" + End + "EC PRIVATE KEY-----")]
    [InlineData(Begin + "PGP PRIVATE KEY BLOCK-----\nVersion: GnuPG v2\n\nlQPGBFx1y2sBCAC7\n=AbCd\n" + End + "PGP PRIVATE KEY BLOCK-----")]
    public void A_private_key_is_found_whole(string key)
    {
        Modules.Default.Find(key).ShouldBe([$"PRIVATE_KEY={key}"]);
        Modules.Default.Find($"my key is \"{key}\", keep it").ShouldBe([$"PRIVATE_KEY={key}"]);
    }

    // Of random keys some have any four characters in a row: x's, and words, make stand-ins of short values only.
    [Theory]
    [InlineData("xXxX")]
    [InlineData("XXXX")]
    [InlineData("example")]
    [InlineData("changeme")]
    public void A_private_key_is_found_whatever_stands_in_it_by_chance(string chance)
    {
        foreach (var length in (int[])[64, 256, 3100])
        {
            var body = Convert.ToBase64String(RandomBytes(length, seed: length))[..length].Remove(40, chance.Length).Insert(40, chance);
            var key = $"{Begin}PRIVATE KEY-----\n{string.Join('\n', body.Chunk(64).Select(l => new string(l)))}\n{End}PRIVATE KEY-----";
            Modules.Default.Find(key).ShouldBe([$"PRIVATE_KEY={key}"]);
        }
    }

    [Theory]
    [InlineData(12_300)]
    [InlineData(30_000)]
    public void A_long_private_key_is_found_whole(int length)
    {
        var key = $"{Begin}RSA PRIVATE KEY-----\n{Lines(length, "\n")}\n{End}RSA PRIVATE KEY-----";
        Modules.Default.Find($"Here it is:\n{key}\nKeep it.").ShouldBe([$"PRIVATE_KEY={key}"]);
    }

    [Theory]
    [InlineData("> ")]
    [InlineData(">> ")]
    [InlineData("# ")]
    [InlineData(" * ")]
    [InlineData("| ")]
    public void A_quoted_private_key_is_found_whole(string mark)
    {
        var key = $"{Begin}PRIVATE KEY-----\n{mark}{Lines(1600, "\n" + mark)}";
        Modules.Default.Find($"{mark}{key}\n{mark}{End}PRIVATE KEY-----\nThanks!").ShouldBe([$"PRIVATE_KEY={key}\n{mark}{End}PRIVATE KEY-----"]);
        Modules.Default.Find($"{mark}{key}\n\n-- \nAnna").ShouldBe([$"PRIVATE_KEY={key}"]);
    }

    [Fact]
    public void One_key_that_was_cut_off_does_not_hide_the_next()
    {
        var cut = $"{Begin}PRIVATE KEY-----\n{Lines(300, "\n")}";
        var key = $"{Begin}EC PRIVATE KEY-----\n{Lines(120, "\n")}\n{End}EC PRIVATE KEY-----";
        Modules.Default.Find($"{cut}\n\n{key}").ShouldBe([$"PRIVATE_KEY={cut}", $"PRIVATE_KEY={key}"]);
    }

    [Theory]
    [InlineData(43, "EC")]
    [InlineData(342, "RSA")]
    [InlineData(683, "RSA")]
    public void What_is_private_in_a_key_in_json_is_found(int length, string kind)
    {
        string[] values = [.. Enumerable.Range(length, 4).Select(seed => Convert.ToBase64String(RandomBytes(length, seed)).Replace('+', '-').Replace('/', '_')[..length])];
        var json = kind == "EC"
            ? $$"""{"kty":"EC","crv":"P-256","x":"{{values[0]}}","y":"{{values[1]}}","d":"{{values[2]}}","use":"sig"}"""
            : $$"""{"kty":"RSA","n":"{{values[0]}}","e":"AQAB","d":"{{values[1]}}","p":"{{values[2]}}", "q": "{{values[3]}}"}""";
        Modules.Default.Inspect(json).Findings.Select(f => json[f.Start..f.End]).ShouldBe(kind == "EC" ? [values[2]] : values[1..]);
        Modules.Default.Find($$"""{"d":"{{values[0]}}","name":"x"}""").ShouldNotContain(f => f.StartsWith("PRIVATE_KEY"));
    }

    private static string Lines(int length, string between) =>
        string.Join(between, Convert.ToBase64String(RandomBytes(length, seed: length))[..length].Chunk(64).Select(l => new string(l)));

    [Theory]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    [InlineData("YOUR PRIVATE KEY GOES HERE. PASTE ALL OF ITS LINES, THE FIRST AND THE LAST ONE TOO, IN PLACE OF THIS TEXT: YOUR PRIVATE KEY")]
    [InlineData("MIIEpAIBAAKCAQEA04up8hoqzS1xVz9bQmT7kLw2Rf5Yc8NdJg3Hs6Pe1XtUa...")]
    public void A_private_key_that_is_to_be_filled_in_is_none(string body) =>
        Modules.Default.Find($"{Begin}PRIVATE KEY-----\n{body}\n{End}PRIVATE KEY-----").ShouldNotContain(f => f.StartsWith("PRIVATE_KEY"));

    private static byte[] RandomBytes(int count, int seed)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    [Theory]
    [InlineData(Begin + "CERTIFICATE-----\nMIIEpAIBAAKCAQEA\n-----END CERTIFICATE-----")]
    [InlineData(Begin + "PUBLIC KEY-----\nMIIEpAIBAAKCAQEA\n-----END PUBLIC KEY-----")]
    [InlineData(Begin + "PRIVATE KEY-----\n...\n" + End + "PRIVATE KEY-----")]
    [InlineData("A PEM file begins with " + Begin + "PRIVATE KEY-----")]
    [InlineData("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIG9mX3J1bGVzX2FuZF9yZWFzb25zX2hlcmU5 anna@laptop")]
    public void What_is_public_is_none(string text) => Modules.Default.Find(text).ShouldNotContain(f => f.StartsWith("PRIVATE_KEY"));

    [Fact]
    public void A_token_is_found_whole()
    {
        Modules.Default.Find($"Authorization: Bearer {Jwt}").ShouldBe([$"JWT={Jwt}"]);
        Modules.Default.Find($"{Jwt}.").ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("Authorization: Bearer ", "a8f5f167f44f4964e6c998dee827110c")]
    [InlineData("authorization: token ", "9d1c7e5b3a8f2460c4e6")]
    [InlineData("Authorization: Basic ", "YWRtaW46UzNjcjN0IQ==")]
    [InlineData("Set-Cookie: JSESSIONID=", "A1B2C3D4E5F60718293A4B5C6D7E8F90")]
    [InlineData("https://x.blob.core.windows.net/c?sv=2024&sig=", "q8Zt2mVx7LkR4nYw1pCb9sJd5fGu3aEi6oXq0KhT8kQ%3D")]
    [InlineData("AccountName=x;AccountKey=", "hT8kQ2mZv7LxR4nYw1pCb9sJd5fGu3aEi6oXq0KhT8kQ2mZv7LxR4nYw1pCb9sJd5fGu3aEi6oXq0KhT8kQ2mA==")]
    [InlineData("WIFI:T:WPA;S:Guests;P:", "sunny-Day42")]
    [InlineData("otpauth://totp/Acme:anna?secret=", "JBSWY3DPEHPK3PXP")]
    public void A_value_with_a_form_is_found(string before, string secret)
    {
        var text = before + secret;
        var finding = Modules.Default.Inspect(text).Findings.Where(f => f.Start <= before.Length && f.End == text.Length);
        finding.ShouldHaveSingleItem(text).Type.ShouldBeOneOf("SECRET", "API_KEY", "PASSWORD", "CONNECTION_STRING");
    }

    [Theory]
    [InlineData("risk-based authentication with scikit sk-learn-and-other-long-words-here")]
    [InlineData("AKIA is how they begin")]
    [InlineData("AKIAQ3EGV5TZ7HXMPLK2X")]
    [InlineData("xAKIAQ3EGV5TZ7HXMPLK2")]
    [InlineData("ghp_short")]
    [InlineData("eyJ is base64 of an opening brace")]
    [InlineData("eyJub3RhbGciOiJ4In0.abc.def")]
    [InlineData("the npm_config variable and hf_hub_download")]
    [InlineData("SG.1")]
    [InlineData("whsec_ and AIza and glpat-")]
    [InlineData("Authorization: Basic realm=\"intranet\"")]
    [InlineData("Bearer authentication is described in RFC 6750")]
    public void Not_found(string text) => Modules.Default.Find(text).ShouldBeEmpty();

    // The issuers print these in their documentation.
    [Theory]
    [InlineData("AKIA" + "IOSFODNN7EXAMPLE")]
    [InlineData("sk_" + "test_4eC39HqLyjWDarjtT1zdp7dc")]
    [InlineData(Header + ".eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ." + "SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c")]
    public void Published_samples_are_none(string sample) =>
        Modules.Default.Inspect(sample).Metadata.Labels.ShouldNotContain(l => l.Name == "credentials");
}
