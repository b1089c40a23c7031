using GatewayStack.Cli.Tests.Standing;
using GatewayStack.Credentials.Logins;

namespace GatewayStack.Cli.Tests.Clients;

/// <summary><c>gatewaystack clients</c>.</summary>
public sealed class ClientsCommandTests : IAsyncLifetime
{
    private readonly CliUser _user = new();
    private StubManagement _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await StubManagement.StartAsync();
        var now = TimeProvider.System.GetUtcNow();
        _user.Store.Write("default", new StoredLogin
        {
            Gateway = _gateway.Origin,
            Resource = _gateway.Origin,
            Issuer = "https://idp.example/",
            ClientId = "c",
            TokenEndpoint = "https://idp.example/token",
            AccessToken = "nora",
            IssuedAt = now,
            ExpiresAt = now + TimeSpan.FromMinutes(10),
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _user.Dispose();
    }

    [Fact]
    public async Task Shows_who_acts_for_the_caller_at_the_gateway_that_was_signed_in_at()
    {
        _gateway.Answer = _ => (200, """
            {"clients":[{"client_id":"chatgpt","client_name":"ChatGPT","last_used":"2026-11-26T10:00:00Z","calls":12,"refusals":1},
                        {"client_id":"demo-cli","calls":3,"cut_off":{"until":"2026-12-01T00:00:00Z"}}]}
            """);
        var run = await _user.RunAsync("clients");
        run.Code.ShouldBe(0, run.Error);
        run.Output.Split('\n').ShouldBe(
        [
            "CLIENT    NAME     LAST USED          CALLS  REFUSED  CUT OFF",
            "chatgpt   ChatGPT  2026-11-26 10:00Z  12     1        no",
            "demo-cli  -        -                  3      -        until 2026-12-01 00:00Z",
            string.Empty,
        ]);
        var call = _gateway.Calls.Single();
        (call.Method, call.Target, call.Authorization).ShouldBe(("GET", "/me/clients", "Bearer nora"));
    }

    [Theory]
    [InlineData("cut-off", "DELETE", """{"client_id":"x","cut_off":true,"by":"you","until":"2026-12-01T00:00:00.000Z"}""", "is cut off by you until 2026-12-01 00:00Z")]
    [InlineData("restore", "PUT", """{"client_id":"x","cut_off":false}""", "may act for you")]
    [InlineData("restore", "PUT", """{"client_id":"x","cut_off":true,"by":"administrator"}""", "is cut off by administrator")]
    public async Task Cuts_one_off_and_restores_it(string verb, string method, string answer, string said)
    {
        _gateway.Answer = _ => (200, answer);
        var run = await _user.RunAsync("clients", verb, "https://a.example/c.json?x=1&y");
        run.ShouldBe(new CliRun(0, $"https://a.example/c.json?x=1&y {said}\n", string.Empty));
        var call = _gateway.Calls.Single();
        (call.Method, call.Target).ShouldBe((method, "/me/clients?client_id=https%3A%2F%2Fa.example%2Fc.json%3Fx%3D1%26y"));
    }

    [Fact]
    public async Task A_missing_scope_is_told()
    {
        _gateway.Answer = _ => (403, """{"detail":"This needs a further permission.","code":"insufficient_scope"}""");
        var run = await _user.RunAsync("clients", "cut-off", "x");
        run.Code.ShouldBe(ExitCodes.Refused);
        run.Error.ShouldContain("clients:manage");
    }
}
