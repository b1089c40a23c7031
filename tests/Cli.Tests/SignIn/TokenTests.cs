using GatewayStack.Cli.Tests.Issuers;
using GatewayStack.Credentials.Logins;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Cli.Tests.SignIn;

/// <summary><c>gatewaystack token</c> and <c>logout</c>.</summary>
public sealed class TokenTests : IAsyncLifetime
{
    private readonly CliUser _user = new() { Browser = StubIssuer.BrowseAsync };
    private StubIssuer _issuer = null!;

    public async ValueTask InitializeAsync()
    {
        _issuer = await StubIssuer.StartAsync();
        (await _user.RunAsync("login", "--gateway", _issuer.Origin)).Code.ShouldBe(0);
    }

    public async ValueTask DisposeAsync()
    {
        await _issuer.DisposeAsync();
        _user.Dispose();
    }

    [Fact]
    public async Task Prints_the_token_and_nothing_else()
    {
        var run = await _user.RunAsync("token");
        run.ShouldBe(new CliRun(0, Login.AccessToken + "\n", string.Empty));
        _issuer.Refreshes.ShouldBe(0);
    }

    [Fact]
    public async Task Renews_what_has_little_time_left_and_keeps_what_has_enough()
    {
        var old = Login.AccessToken;
        Age(TimeSpan.FromMinutes(8));
        (await _user.RunAsync("token")).Output.ShouldBe(old + "\n");
        var renewed = await _user.RunAsync("token", "--valid-for", "4m");
        renewed.Output.ShouldNotBe(old + "\n");
        renewed.Output.ShouldBe(Login.AccessToken + "\n");
        _issuer.Refreshes.ShouldBe(1);
    }

    [Fact]
    public async Task Half_a_life_is_enough_for_any_bound()
    {
        await _user.RunAsync("token", "--valid-for", "10d");
        _issuer.Refreshes.ShouldBe(0);
    }

    [Fact]
    public async Task Processes_at_once_renew_once()
    {
        Age(TimeSpan.FromHours(1));
        var runs = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => _user.RunProcessAsync("token")));
        runs.ShouldAllBe(r => r.Code == 0 && r.Error.Length == 0);
        runs.Select(r => r.Output).Distinct().ShouldBe([Login.AccessToken + "\n"]);
        (_issuer.Refreshes, _issuer.WasReused).ShouldBe((1, false));
    }

    [Fact]
    public async Task Threads_of_one_process_renew_once_each_time()
    {
        for (var round = 1; round <= 3; round++)
        {
            Age(TimeSpan.FromHours(1));
            var runs = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => _user.RunAsync("token"))));
            runs.ShouldAllBe(r => r.Code == 0);
            (_issuer.Refreshes, _issuer.WasReused).ShouldBe((round, false));
        }
    }

    [Fact]
    public async Task Whoever_is_stopped_while_it_renews_loses_no_refresh_token()
    {
        using var stop = new CancellationTokenSource();
        _issuer.Token = _ =>
        {
            stop.Cancel();
            return null;
        };
        Age(TimeSpan.FromHours(1));
        await _user.RunAsync(stop.Token, "token");
        _issuer.Token = _ => null;
        Age(TimeSpan.FromHours(1));
        (await _user.RunAsync("token")).Code.ShouldBe(0);
        _issuer.WasReused.ShouldBeFalse();
    }

    [Fact]
    public async Task A_sign_in_that_the_issuer_ended_is_not_sent_again()
    {
        _issuer.Token = form => StubIssuer.Refuse("invalid_grant", "revoked: " + form["refresh_token"]);
        Age(TimeSpan.FromHours(1));
        for (var i = 0; i < 2; i++)
        {
            var run = await _user.RunAsync("token");
            (run.Code, run.Output).ShouldBe((ExitCodes.SignInNeeded, string.Empty));
            run.Error.TrimEnd().ShouldNotContain('\n');
            run.Error.ShouldContain("gatewaystack login");
            _issuer.Secrets.ShouldAllBe(secret => !run.Error.Contains(secret));
        }

        _issuer.Refreshes.ShouldBe(1);
    }

    [Fact]
    public async Task An_issuer_that_is_away_is_not_noticed_before_the_token_ends()
    {
        _issuer.Token = _ => StubIssuer.Refuse("temporarily_unavailable", status: 503);
        var old = Login.AccessToken;
        Age(TimeSpan.FromMinutes(9.5));
        (await _user.RunAsync("token")).ShouldBe(new CliRun(0, old + "\n", string.Empty));
        Age(TimeSpan.FromHours(1));
        var run = await _user.RunAsync("token");
        (run.Code, run.Output).ShouldBe((ExitCodes.Unreachable, string.Empty));
        _issuer.Token = _ => null;
        (await _user.RunAsync("token")).Code.ShouldBe(0);
    }

    [Fact]
    public async Task An_issuer_that_does_not_rotate_is_asked_with_the_same_token()
    {
        var refresh = Login.RefreshToken;
        _issuer.Token = _ => Results.Text("""{"access_token":"abc","token_type":"bearer","expires_in":"60"}""", "application/json");
        Age(TimeSpan.FromHours(1));
        (await _user.RunAsync("token")).Output.ShouldBe("abc\n");
        (Login.RefreshToken, Login.ExpiresAt - Login.IssuedAt).ShouldBe((refresh, TimeSpan.FromMinutes(1)));
    }

    [Theory]
    [InlineData("""{"access_token":"abc","token_type":"DPoP","expires_in":60}""")]
    [InlineData("""{"access_token":"a b","token_type":"Bearer","expires_in":60}""")]
    [InlineData("""{"token_type":"Bearer"}""")]
    [InlineData("""<html>""")]
    public async Task What_is_no_bearer_token_is_not_kept(string answer)
    {
        var before = File.ReadAllText(_user.LoginFile);
        _issuer.Token = _ => Results.Text(answer, "application/json");
        Age(TimeSpan.FromHours(1));
        var aged = File.ReadAllText(_user.LoginFile);
        var run = await _user.RunAsync("token");
        (run.Code, run.Output).ShouldBe((ExitCodes.Refused, string.Empty));
        File.ReadAllText(_user.LoginFile).ShouldBe(aged);
        aged.ShouldNotBe(before);
    }

    [Fact]
    public async Task Nobody_is_signed_in_before_login()
    {
        using var stranger = new CliUser();
        var run = await stranger.RunAsync("token");
        run.ShouldBe(new CliRun(ExitCodes.SignInNeeded, string.Empty, "nobody is signed in: run gatewaystack login" + Environment.NewLine));
        Directory.Exists(stranger.Folder).ShouldBeFalse();
        (await stranger.RunAsync("token", "--profile", "work")).Error.ShouldContain("login --profile work");
    }

    [Theory]
    [InlineData("file", UnixFileMode.GroupRead)]
    [InlineData("file", UnixFileMode.OtherRead)]
    [InlineData("folder", UnixFileMode.OtherExecute)]
    [InlineData("folder", UnixFileMode.GroupWrite)]
    public async Task What_others_may_read_is_not_used(string what, UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var path = what == "file" ? _user.LoginFile : _user.Folder;
        Modes.Set(path, Modes.Of(path) | mode);
        foreach (var command in (string[])["token", "whoami", "logout"])
        {
            var run = await _user.RunAsync(command);
            (run.Code, run.Output).ShouldBe((ExitCodes.Unusable, string.Empty));
            run.Error.ShouldContain("chmod");
            run.Error.ShouldContain(path);
        }

        Modes.Set(path, what == "file" ? Modes.OwnFile : Modes.OwnFolder);
        (await _user.RunAsync("token")).Code.ShouldBe(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("null")]
    public async Task A_damaged_file_is_said_and_signing_in_again_replaces_it(string content)
    {
        File.WriteAllText(_user.LoginFile, content);
        var run = await _user.RunAsync("token");
        run.Code.ShouldBeOneOf(ExitCodes.Unusable, ExitCodes.SignInNeeded);
        (await _user.RunAsync("login", "--gateway", _issuer.Origin)).Code.ShouldBe(0);
        (await _user.RunAsync("token")).Code.ShouldBe(0);
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData("A")]
    [InlineData(".")]
    public async Task A_profile_is_a_name_and_no_path(string profile) => (await _user.RunAsync("token", "--profile", profile)).Code.ShouldBe(ExitCodes.Unusable);

    [Fact]
    public async Task Profiles_are_kept_apart()
    {
        (await _user.RunAsync("login", "--gateway", _issuer.Origin, "--profile", "other")).Code.ShouldBe(0);
        (await _user.RunAsync("token", "--profile", "other")).Output.ShouldNotBe((await _user.RunAsync("token")).Output);
        (await _user.RunAsync("logout", "--profile", "other")).Code.ShouldBe(0);
        (await _user.RunAsync("token")).Code.ShouldBe(0);
        (await _user.RunAsync("token", "--profile", "other")).Code.ShouldBe(ExitCodes.SignInNeeded);
    }

    [Fact]
    public async Task Logout_revokes_and_deletes()
    {
        var refresh = Login.RefreshToken;
        (await _user.RunAsync("logout")).Code.ShouldBe(0);
        var revoked = _issuer.Forms.Last();
        (revoked.Path, revoked.Form["token"], revoked.Form["client_id"]).ShouldBe(("/revoke", refresh, "registered-1"));
        File.Exists(_user.LoginFile).ShouldBeFalse();
        (await _user.RunAsync("token")).Code.ShouldBe(ExitCodes.SignInNeeded);
        (await _user.RunAsync("logout")).Code.ShouldBe(0);
    }

    [Fact]
    public async Task Logout_deletes_also_where_the_issuer_is_away_and_says_so()
    {
        await _issuer.DisposeAsync();
        var run = await _user.RunAsync("logout");
        run.Code.ShouldBe(ExitCodes.Unreachable);
        run.Error.ShouldContain("not revoked");
        File.Exists(_user.LoginFile).ShouldBeFalse();
    }

    private StoredLogin Login => _user.Store.Read("default").ShouldNotBeNull();

    // As if it had been issued earlier.
    private void Age(TimeSpan by)
    {
        var login = Login;
        var now = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());
        var lifetime = login.ExpiresAt - login.IssuedAt;
        _user.Store.Write("default", login with { IssuedAt = now - by, ExpiresAt = now - by + lifetime });
    }
}
