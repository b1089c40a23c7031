using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using GatewayStack.Cli.Tests.Issuers;
using GatewayStack.Credentials;
using GatewayStack.Credentials.Http;
using GatewayStack.Credentials.Sources;

namespace GatewayStack.Cli.Tests.Credentials;

/// <summary>Calls go on while tokens end.</summary>
public sealed class ExpiryTests : IAsyncLifetime
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(2);

    private readonly CliUser _user = new() { Browser = StubIssuer.BrowseAsync };
    private readonly ConcurrentDictionary<string, DateTimeOffset> _ends = new();
    private StubIssuer _issuer = null!;
    private StrictResource _resource = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _issuer = await StubIssuer.StartAsync();
        _resource = await StrictResource.StartAsync();
        _issuer.Lifetime = Lifetime;
        _issuer.Issued = token => _ends[token] = TimeProvider.System.GetUtcNow() + Lifetime;
        _resource.Accepts = token => _ends.TryGetValue(token, out var end) && TimeProvider.System.GetUtcNow() < end;
    }

    public async ValueTask DisposeAsync()
    {
        await _issuer.DisposeAsync();
        await _resource.DisposeAsync();
        _user.Dispose();
    }

    [Fact]
    public async Task Three_ends_of_a_sign_in_are_crossed_by_two_programs_without_a_refused_call()
    {
        (await _user.RunAsync("login", "--gateway", _issuer.Origin)).Code.ShouldBe(0);
        var programs = Enumerable.Range(0, 2).Select(_ => new RenewingCredential(_resource.Address, new LoginTokens(_user.Store, "default", TimeProvider.System)));
        await CrossAsync([.. programs]);
        _issuer.WasReused.ShouldBeFalse();
    }

    [Fact]
    public async Task Three_ends_of_a_programs_own_tokens_are_crossed_without_a_refused_call()
    {
        var client = new ClientCredentials { Issuer = _issuer.Issuer, ClientId = "robot", ClientSecret = "s" };
        await CrossAsync(RenewingCredential.FromClient(_resource.Address, client));
    }

    [Fact]
    public async Task Clocks_that_differ_cost_a_renewal_and_no_call()
    {
        // The issuer's tokens end earlier than it says: every one of them is refused at some time, and replaced within the call.
        _issuer.Exaggeration = TimeSpan.FromMinutes(10);
        var client = new ClientCredentials { Issuer = _issuer.Issuer, ClientId = "robot", ClientSecret = "s" };
        await CrossAsync(RenewingCredential.FromClient(_resource.Address, client));
        _resource.Requests.ShouldContain(r => r.Status == 401);
    }

    // Eight callers each, without a pause, until each of three tokens has ended.
    private async Task CrossAsync(params RenewingCredential[] credentials)
    {
        var statuses = new ConcurrentBag<HttpStatusCode>();
        var end = TimeProvider.System.GetUtcNow() + (3 * Lifetime) + TimeSpan.FromSeconds(1);
        await Task.WhenAll(credentials.SelectMany(credential => Enumerable.Repeat(credential, 8)).Select(async credential =>
        {
            using var http = new HttpClient(new CredentialHandler(credential, new SocketsHttpHandler { UseProxy = false })) { BaseAddress = _resource.Address };
            while (TimeProvider.System.GetUtcNow() < end)
            {
                using var response = await http.GetAsync("/x", Cancel);
                statuses.Add(response.StatusCode);
                await Task.Delay(5, Cancel);
            }
        }));
        statuses.ShouldAllBe(s => s == HttpStatusCode.OK);
        _ends.Values.Count(e => e < TimeProvider.System.GetUtcNow()).ShouldBeGreaterThanOrEqualTo(3);
        TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture, $"{statuses.Count} calls, {_ends.Count} tokens"));
    }
}
