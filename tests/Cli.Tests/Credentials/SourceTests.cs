using System.Globalization;
using GatewayStack.Cli.Tests.Issuers;
using GatewayStack.Credentials;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Cli.Tests.Credentials;

/// <summary>Tokens of a command, of a program's own client, and of a stored sign-in.</summary>
public sealed class SourceTests : IAsyncLifetime
{
    private static readonly Uri Gateway = new("https://gateway.example.com");

    private StubIssuer _issuer = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _issuer = await StubIssuer.StartAsync();

    public ValueTask DisposeAsync() => _issuer.DisposeAsync();

    [Fact]
    public async Task A_command_prints_a_token_and_its_end_is_read_from_it()
    {
        var (access, _) = _issuer.Issue();
        var token = await RenewingCredential.FromCommand(Gateway, "/bin/sh", "-c", $"echo {access}").GetTokenAsync(Cancel);
        (token.Value, token.ExpiresAt.ToUnixTimeSeconds()).ShouldBe((access, 4_000_000_000));
    }

    [Fact]
    public async Task A_token_that_does_not_say_when_it_ends_is_asked_for_again_after_a_minute()
    {
        var token = await RenewingCredential.FromCommand(Gateway, "/bin/sh", "-c", "echo opaque").GetTokenAsync(Cancel);
        token.Lifetime.ShouldBe(TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData("echo secret-half; exit 3", "code 3")]
    [InlineData("echo two words", "something else")]
    [InlineData("true", "something else")]
    [InlineData("echo one; echo two", "something else")]
    [InlineData("head -c 200000 /dev/zero | tr '\\0' a", "something else")]
    public async Task A_command_that_fails_is_named_and_what_it_printed_is_not(string line, string why)
    {
        var failure = await Should.ThrowAsync<CredentialException>(async () => await RenewingCredential.FromCommand(Gateway, "/bin/sh", "-c", line).GetTokenAsync(Cancel));
        failure.Fault.ShouldBe(CredentialFault.Unreachable);
        failure.Message.ShouldContain("sh " + (why.StartsWith("code", StringComparison.Ordinal) ? "ended with " + why : "printed " + why));
        failure.Message.ShouldNotContain("secret-half");
        failure.Message.ShouldNotContain("two words");
    }

    [Fact]
    public async Task A_command_that_is_not_there_is_named() =>
        (await Should.ThrowAsync<CredentialException>(async () => await RenewingCredential.FromCommand(Gateway, "no-such-command").GetTokenAsync(Cancel))).Message.ShouldContain("no-such-command cannot be started");

    [Fact]
    public async Task A_program_signs_in_by_its_own_client()
    {
        var credential = RenewingCredential.FromClient(Gateway, Client("s:e c%ret"));
        var token = await credential.GetTokenAsync(Cancel);
        _issuer.Secrets.ShouldContain(token.Value);
        var form = _issuer.Forms.Single().Form;
        form["grant_type"].ShouldBe("client_credentials");
        (form["scope"], form["resource"]).ShouldBe(("chat:write", "https://gateway.example.com"));
        form.ShouldNotContainKey("client_secret");
        form.ShouldNotContainKey("audience");
    }

    [Theory]
    [InlineData("invalid_client", 401, CredentialFault.Refused)]
    [InlineData("server_error", 500, CredentialFault.Unreachable)]
    [InlineData("slow_down", 429, CredentialFault.Unreachable)]
    public async Task A_program_that_is_refused_is_told_why_and_not_its_secret(string error, int status, CredentialFault fault)
    {
        _issuer.Token = _ => StubIssuer.Refuse(error, "the secret hush-hush is wrong", status);
        var failure = await Should.ThrowAsync<CredentialException>(async () => await RenewingCredential.FromClient(Gateway, Client("hush-hush")).GetTokenAsync(Cancel));
        failure.Fault.ShouldBe(fault);
        failure.Message.ShouldNotContain("hush");
    }

    [Fact]
    public async Task An_answer_that_is_too_large_is_not_read()
    {
        _issuer.Token = _ => Results.Text(new string('a', 300_000), "application/json");
        (await Should.ThrowAsync<CredentialException>(async () => await RenewingCredential.FromClient(Gateway, Client("s")).GetTokenAsync(Cancel))).Fault.ShouldBe(CredentialFault.Unreachable);
    }

    [Fact]
    public async Task An_issuer_that_redirects_gets_no_secret_sent_on()
    {
        await using var elsewhere = await StubIssuer.StartAsync();
        _issuer.Token = _ => Results.Redirect(elsewhere.Origin + "/token", permanent: false, preserveMethod: true);
        await Should.ThrowAsync<CredentialException>(async () => await RenewingCredential.FromClient(Gateway, Client("s")).GetTokenAsync(Cancel));
        elsewhere.Forms.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("null")]
    [InlineData("1e300")]
    public async Task A_lifetime_that_makes_no_sense_is_bounded(string seconds)
    {
        _issuer.Token = _ => Results.Text($$"""{"access_token":"abc","token_type":"Bearer","expires_in":{{seconds}}}""", "application/json");
        var token = await RenewingCredential.FromClient(Gateway, Client("s")).GetTokenAsync(Cancel);
        token.Lifetime.TotalSeconds.ShouldBe(double.Parse(seconds == "1e300" ? "31536000" : "300", CultureInfo.InvariantCulture));
    }

    private ClientCredentials Client(string secret) =>
        new() { Issuer = _issuer.Issuer, ClientId = "robot", ClientSecret = secret, Scope = "chat:write", Resource = "https://gateway.example.com" };
}
