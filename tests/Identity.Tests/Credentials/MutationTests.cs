using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Credentials;
using GatewayStack.Identity.Tests.Support;

namespace GatewayStack.Identity.Tests.Credentials;

/// <summary>No change of a good token gives another good token, and nothing makes the module throw.</summary>
public sealed class MutationTests(MutationTests.World world) : IClassFixture<MutationTests.World>
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.= \n\0é";

    [Property(MaxTest = 500)]
    public bool A_changed_token_is_never_accepted(PositiveInt position, PositiveInt letter, byte kind)
    {
        var good = world.Token;
        var at = position.Get % good.Length;
        var character = Alphabet[letter.Get % Alphabet.Length];
        var changed = (kind % 4) switch
        {
            0 => good[..at] + character + good[(at + 1)..],
            1 => good.Insert(at, character.ToString()),
            2 => good.Remove(at, 1),
            _ => good[..at],
        };
        return changed == good || Status(changed) != AuthenticationStatus.Authenticated;
    }

    [Property(MaxTest = 500)]
    public bool Anything_is_judged_without_an_exception(string? text) => Status(text ?? "") != AuthenticationStatus.Authenticated;

    [Property(MaxTest = 300)]
    public Property Any_payload_is_judged_without_an_exception() => Prop.ForAll(
        Gen.Elements("null", "true", "0", "-1", "1e400", "\"\"", "\"x\\r\\n\"", "[]", "{}", "[[[]]]", "{\"sub\":null}", "9223372036854775808", "\"\\ud83d\\ude00\"").ArrayOf(6).ToArbitrary(),
        values =>
        {
            string[] names = ["exp", "iat", "aud", "sub", "roles", "scope"];
            var payload = "{\"iss\":\"" + world.Issuer.Url + "\"," + string.Join(',', names.Zip(values, (name, value) => $"\"{name}\":{value}")) + "}";
            return Status(world.Issuer.Token().RawPayload(_ => payload).Build()) == AuthenticationStatus.Invalid;
        });

    [Property(MaxTest = 1000)]
    public bool Canonical_base64url_is_what_encoding_gives(byte[] bytes)
    {
        var text = System.Buffers.Text.Base64Url.EncodeToString(bytes);
        return StrictBase64Url.TryDecode(text, out var decoded) && decoded.SequenceEqual(bytes) && !StrictBase64Url.TryDecode(text + "=", out _);
    }

    [Property(MaxTest = 1000)]
    public bool What_decodes_is_canonical(string? text) =>
        !StrictBase64Url.TryDecode(text ?? "", out var bytes) || System.Buffers.Text.Base64Url.EncodeToString(bytes) == (text ?? "");

    private AuthenticationStatus Status(string token)
    {
        var verdict = world.Identity.AuthenticateAsync(token);
        // The issuer's keys were fetched before: nothing is left to wait for but a refresh, which the frozen clock allows once.
        return verdict.GetAwaiter().GetResult().Status;
    }

    public sealed class World : IAsyncLifetime
    {
        public TestIssuer Issuer { get; private set; } = null!;

        public IdentityUnderTest Identity { get; private set; } = null!;

        public string Token { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            Issuer = await TestIssuer.StartAsync();
            Identity = IdentityUnderTest.For(Issuer.Options());
            Token = Issuer.Token().Build();
            (await Identity.AuthenticateAsync(Token)).Status.ShouldBe(AuthenticationStatus.Authenticated);
        }

        public async ValueTask DisposeAsync()
        {
            await Identity.DisposeAsync();
            await Issuer.DisposeAsync();
        }
    }
}
