using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using GatewayStack.Cli.Tests.Issuers;
using GatewayStack.Credentials;
using GatewayStack.Credentials.Http;
using GatewayStack.Credentials.Sources;

namespace GatewayStack.Cli.Tests.Credentials;

/// <summary>Calls go on while tokens end. Time passes by the call, so that they end in the midst of calls on every machine.</summary>
public sealed class ExpiryTests : IAsyncLifetime
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(2);

    private readonly CallTime _time = new();
    private readonly CliUser _user;
    private readonly ConcurrentDictionary<string, DateTimeOffset> _ends = new();
    private StubIssuer _issuer = null!;
    private StrictResource _resource = null!;

    public ExpiryTests() => _user = new CliUser { Browser = StubIssuer.BrowseAsync, Time = _time };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private int Ended => _ends.Values.Count(e => e < _time.GetUtcNow());

    public async ValueTask InitializeAsync()
    {
        _issuer = await StubIssuer.StartAsync();
        _resource = await StrictResource.StartAsync();
        _issuer.Lifetime = Lifetime;
        _issuer.Issued = token => _ends[token] = _time.GetUtcNow() + Lifetime;
        _resource.Accepts = token => _ends.TryGetValue(token, out var end) && _time.Pass() < end;
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
        var programs = Enumerable.Range(0, 2).Select(_ => new RenewingCredential(_resource.Address, new LoginTokens(_user.Store, "default", _time), _time));
        await CrossAsync([.. programs]);
        _issuer.WasReused.ShouldBeFalse();
    }

    [Fact]
    public Task Three_ends_of_a_programs_own_tokens_are_crossed_without_a_refused_call() => CrossAsync(OfClient());

    [Fact]
    public async Task Clocks_that_differ_cost_a_renewal_and_no_call()
    {
        // The issuer's tokens end earlier than it says: every one of them is refused at some time, and replaced within the call.
        _issuer.Exaggeration = TimeSpan.FromMinutes(10);
        await CrossAsync(OfClient());
        _resource.Requests.ShouldContain(r => r.Status == 401);
    }

    private RenewingCredential OfClient()
    {
        var client = new ClientCredentials { Issuer = _issuer.Issuer, ClientId = "robot", ClientSecret = "s" };
        return new RenewingCredential(_resource.Address, new ClientTokens(client, _time), _time);
    }

    // Eight callers each, without a pause, until each of three tokens has ended.
    private async Task CrossAsync(params RenewingCredential[] credentials)
    {
        var statuses = new ConcurrentBag<HttpStatusCode>();
        await Task.WhenAll(credentials.SelectMany(credential => Enumerable.Repeat(credential, 8)).Select(async credential =>
        {
            using var http = new HttpClient(new CredentialHandler(credential, new SocketsHttpHandler { UseProxy = false })) { BaseAddress = _resource.Address };
            while (Ended < 3)
            {
                using var response = await http.GetAsync("/x", Cancel);
                statuses.Add(response.StatusCode);
            }
        }));
        statuses.ShouldAllBe(s => s == HttpStatusCode.OK);
        statuses.Count.ShouldBeGreaterThan(100);
        TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture, $"{statuses.Count} calls, {_ends.Count} tokens"));
    }

    /// <summary>A clock that goes on at each call, and stands still while nobody gets through.</summary>
    private sealed class CallTime : TimeProvider
    {
        private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

        private readonly DateTimeOffset _start = System.GetUtcNow();
        private long _calls;

        public override DateTimeOffset GetUtcNow() => _start + (Step * Interlocked.Read(ref _calls));

        public DateTimeOffset Pass() => _start + (Step * Interlocked.Increment(ref _calls));
    }
}
