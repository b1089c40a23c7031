using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using GatewayStack.Cli.Tests.Issuers;

namespace GatewayStack.Cli.Tests.SignIn;

/// <summary><c>gatewaystack login --device</c>.</summary>
public sealed class DeviceTests : IAsyncLifetime
{
    private readonly ImpatientTime _time = new();
    private readonly CliUser _user;
    private readonly ConcurrentQueue<TimeSpan> _asked = new();
    private readonly DateTimeOffset _start;
    private StubIssuer _issuer = null!;

    public DeviceTests()
    {
        _user = new CliUser { Time = _time };
        _start = _time.GetUtcNow();
    }

    public async ValueTask InitializeAsync()
    {
        _issuer = await StubIssuer.StartAsync();
        _issuer.Device = new JsonObject
        {
            ["device_code"] = "device-secret",
            ["user_code"] = "WDJB-MJHT",
            ["verification_uri"] = _issuer.Origin + "/device",
            ["verification_uri_complete"] = _issuer.Origin + "/device?user_code=WDJB-MJHT",
            ["expires_in"] = 120,
            ["interval"] = 2,
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _issuer.DisposeAsync();
        _user.Dispose();
    }

    [Fact]
    public async Task Waits_as_long_as_the_issuer_says_and_longer_when_told_to_slow_down()
    {
        string?[] answers = ["authorization_pending", "slow_down", "authorization_pending", null];
        Answer(answers);
        var run = await LoginAsync();
        run.Code.ShouldBe(0, run.Error);
        run.Error.ShouldContain("WDJB-MJHT");
        run.Error.ShouldNotContain("device-secret");
        _asked.Select(a => a.TotalSeconds).ShouldBe([2, 4, 11, 18]);
        var device = _issuer.Forms.First();
        (device.Path, device.Form["scope"], device.Form["resource"]).ShouldBe(("/device", "chat:write calendar:read offline_access", _issuer.Origin));
        var poll = _issuer.Forms.Last().Form;
        (poll["grant_type"], poll["device_code"], poll["client_id"]).ShouldBe(("urn:ietf:params:oauth:grant-type:device_code", "device-secret", "registered-1"));
        _issuer.Registrations.Single()["grant_types"]!.AsArray().Select(g => g!.ToString()).ShouldContain("urn:ietf:params:oauth:grant-type:device_code");
    }

    [Fact]
    public async Task Five_seconds_where_the_issuer_says_no_interval()
    {
        _issuer.Device!.Remove("interval");
        Answer("authorization_pending", null);
        (await LoginAsync()).Code.ShouldBe(0);
        _asked.Select(a => a.TotalSeconds).ShouldBe([5, 10]);
    }

    [Fact]
    public async Task An_issuer_that_is_away_for_a_moment_is_asked_again()
    {
        Answer("away", null);
        (await LoginAsync()).Code.ShouldBe(0);
        _asked.Select(a => a.TotalSeconds).ShouldBe([2, 9]);
    }

    [Fact]
    public async Task A_code_that_nobody_enters_expires()
    {
        Answer([.. Enumerable.Repeat("authorization_pending", 100)]);
        var run = await LoginAsync();
        run.Code.ShouldBe(ExitCodes.SignInNeeded);
        _asked.Max().TotalSeconds.ShouldBeLessThan(120);
    }

    [Theory]
    [InlineData("expired_token", ExitCodes.SignInNeeded)]
    [InlineData("access_denied", ExitCodes.Refused)]
    [InlineData("invalid_client", ExitCodes.Refused)]
    public async Task A_refusal_ends_the_wait(string error, int code)
    {
        Answer("authorization_pending", error);
        (await LoginAsync()).Code.ShouldBe(code);
        _asked.Count.ShouldBe(2);
        File.Exists(_user.LoginFile).ShouldBeFalse();
    }

    [Fact]
    public async Task An_issuer_without_device_codes_is_said()
    {
        _issuer.Device = null;
        var run = await LoginAsync();
        run.Code.ShouldBe(ExitCodes.Refused);
        run.Error.ShouldContain("without --device");
    }

    [Fact]
    public async Task A_page_that_could_be_anybodys_is_not_shown()
    {
        _issuer.Device!["verification_uri"] = "http://issuer.example.com/device";
        var run = await LoginAsync();
        run.Code.ShouldBe(ExitCodes.Refused);
        run.Error.ShouldNotContain("WDJB");
    }

    private void Answer(params string?[] answers)
    {
        var next = new Queue<string?>(answers);
        _issuer.Token = _ =>
        {
            _asked.Enqueue(_time.GetUtcNow() - _start);
            return next.Dequeue() switch
            {
                null => _issuer.Answer(),
                "away" => StubIssuer.Refuse("server_error", status: 503),
                var error => StubIssuer.Refuse(error),
            };
        };
    }

    private Task<CliRun> LoginAsync() => _user.RunAsync("login", "--gateway", _issuer.Origin, "--device");

    /// <summary>A clock that moves only while somebody waits for it, and then at once.</summary>
    private sealed class ImpatientTime : TimeProvider
    {
        private DateTimeOffset _now = DateTimeOffset.UnixEpoch + TimeSpan.FromDays(20_000);

        public override DateTimeOffset GetUtcNow() => _now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _now += dueTime;
            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
