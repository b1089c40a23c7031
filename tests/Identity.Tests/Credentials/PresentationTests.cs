using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Tests.Support;

namespace GatewayStack.Identity.Tests.Credentials;

/// <summary>What was presented, before it is looked into.</summary>
public sealed class PresentationTests : IAsyncLifetime
{
    private TestIssuer _issuer = null!;
    private IdentityUnderTest _identity = null!;

    public async ValueTask InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync();
        _identity = IdentityUnderTest.For(_issuer.Options());
    }

    public async ValueTask DisposeAsync()
    {
        await _identity.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task Nothing_is_missing()
    {
        (await Present()).Status.ShouldBe(AuthenticationStatus.Missing);
        (await Present((CredentialCarrier.AuthorizationBearer, " "))).Status.ShouldBe(AuthenticationStatus.Missing);
    }

    [Theory]
    [InlineData(CredentialCarrier.AuthorizationBearer)]
    [InlineData(CredentialCarrier.XApiKey)]
    [InlineData(CredentialCarrier.ApiKey)]
    public async Task Every_carrier_is_good(CredentialCarrier carrier) => (await Present((carrier, _issuer.Token().Build()))).Status.ShouldBe(AuthenticationStatus.Authenticated);

    [Fact]
    public async Task An_unnamed_carrier_is_refused() => (await Present((CredentialCarrier.Unspecified, _issuer.Token().Build()))).Status.ShouldBe(AuthenticationStatus.Invalid);

    [Fact]
    public async Task The_same_token_twice_is_one_and_two_tokens_are_a_conflict()
    {
        var token = _issuer.Token().Build();
        (await Present((CredentialCarrier.AuthorizationBearer, token), (CredentialCarrier.XApiKey, token))).Status.ShouldBe(AuthenticationStatus.Authenticated);
        (await Present((CredentialCarrier.AuthorizationBearer, token), (CredentialCarrier.XApiKey, _issuer.Token("bob").Build()))).Status.ShouldBe(AuthenticationStatus.Conflicting);
        (await Present((CredentialCarrier.AuthorizationBearer, token), (CredentialCarrier.ApiKey, "sk-proj-x"))).Status.ShouldBe(AuthenticationStatus.Conflicting);
    }

    [Theory]
    [InlineData("sk-proj-abcdef0123456789")]
    [InlineData("sk-ant-api03-abcdef")]
    [InlineData("AIzaSyA-1234567890")]
    [InlineData("gsk_abcdef")]
    [InlineData("xai-abcdef")]
    public async Task A_providers_key_is_recognised(string key) => (await Present((CredentialCarrier.XApiKey, key))).Status.ShouldBe(AuthenticationStatus.ProviderKey);

    private Task<AuthenticationResult> Present(params (CredentialCarrier Carrier, string Value)[] credentials) => _identity.Module.AuthenticateAsync(
        new AuthenticationRequest { RequestId = "r", Credentials = [.. credentials.Select(credential => new PresentedCredential { Carrier = credential.Carrier, Value = credential.Value })] },
        TestContext.Current.CancellationToken);
}
