using GatewayStack.Contracts.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace GatewayStack.Identity.Tests.Support;

/// <summary>The module with everything it is made of, under a clock that the test moves.</summary>
public sealed class IdentityUnderTest : IAsyncDisposable
{
    public const string PublicUrl = "https://gateway.example";

    private readonly ServiceProvider _services;
    private readonly TestFolder? _ownFolder;

    public IdentityUnderTest(IdentityOptions options, TestFolder? folder = null, FakeTimeProvider? clock = null, string? master = null, Action<IServiceCollection>? more = null)
    {
        Clock = clock ?? TestClock.Create();
        _ownFolder = folder is null ? new TestFolder() : null;
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        more?.Invoke(services);
        services.AddGatewayIdentity(options.PublicUrl is null ? options with { PublicUrl = PublicUrl } : options, (folder ?? _ownFolder!).Path, master);
        _services = services.BuildServiceProvider();
    }

    public FakeTimeProvider Clock { get; }

    public IServiceProvider Services => _services;

    public IIdentityModule Module => _services.GetRequiredService<IIdentityModule>();

    public static IdentityUnderTest For(params IssuerOptions[] issuers) => new(new IdentityOptions { Issuers = issuers });

    public Task<AuthenticationResult> AuthenticateAsync(
        string token, CallingBackend? backend = null, CredentialCarrier carrier = CredentialCarrier.AuthorizationBearer, string? source = null) => Module.AuthenticateAsync(
            new AuthenticationRequest { RequestId = "r1", Credentials = [new PresentedCredential { Carrier = carrier, Value = token }], Backend = backend, Source = source },
            TestContext.Current.CancellationToken);

    /// <summary>Presents a token for a resource.</summary>
    public Task<AuthenticationResult> AuthenticateForAsync(string token, params string[] audiences) => Module.AuthenticateAsync(
        new AuthenticationRequest
        {
            RequestId = "r1",
            Credentials = [new PresentedCredential { Carrier = CredentialCarrier.AuthorizationBearer, Value = token }],
            Audiences = [.. audiences],
        },
        TestContext.Current.CancellationToken);

    public Task<AssertionResult> MintAsync(string assertion, string audience, string? requestId = null) =>
        Module.MintAssertionAsync(new AssertionRequest { InternalAssertion = assertion, Audience = audience, RequestId = requestId }, TestContext.Current.CancellationToken);

    internal T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _ownFolder?.Dispose();
    }
}
