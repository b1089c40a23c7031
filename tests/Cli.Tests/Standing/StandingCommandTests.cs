using System.Text.Json.Nodes;
using GatewayStack.Credentials.Logins;

namespace GatewayStack.Cli.Tests.Standing;

/// <summary><c>gatewaystack block | unblock | standing</c>: what is sent, and what is printed.</summary>
public sealed class StandingCommandTests : IAsyncLifetime
{
    private const string List = """
        {"revision":7,"as_of":"2026-11-26T10:00:00Z","measures":[
          {"id":"m-1","effect":"block","subject":{"tenant":"mercy","user":"nora"},"reason":"lost\u001b[2J laptop","author":"oscar","created_at":"2026-11-26T09:00:00Z","until":"2026-11-26T10:30:00Z"},
          {"id":"m-2","effect":"block","subject":{"client_id":"https://chatgpt.com/oauth/x/client.json"},"reason":"incident","author":"oscar","created_at":"2026-11-26T09:00:00Z","until":"2026-12-01T00:00:00Z"},
          {"id":"m-3","effect":"block","subject":{"tenant":"acme","user":"frank"},"reason":"r","author":"oscar","until":"2026-12-01T00:00:00Z"},
          {"id":"m-4","effect":"block","subject":{"tenant":"mercy","user":"frank"},"reason":"r","author":"oscar","until":"2026-12-01T00:00:00Z"},
          {"id":"m-5","effect":"block","subject":{"tenant":"mercy","user":"nora","tool":"calendar/calendar.create"},"reason":"r","author":"oscar","until":"2026-12-01T00:00:00Z","new_member":1}]}
        """;

    private readonly CliUser _user = new();
    private StubManagement _management = null!;

    public async ValueTask InitializeAsync()
    {
        _management = await StubManagement.StartAsync();
        _management.Answer = call => call.Method switch
        {
            "GET" => (200, List),
            "POST" => (201, """{"id":"m-9","effect":"block","subject":{"tenant":"mercy","user":"nora"},"reason":"x","author":"oscar","created_at":"2026-11-26T10:00:00Z","until":"2026-11-26T11:00:00Z"}"""),
            _ => (200, "{}"),
        };
    }

    public async ValueTask DisposeAsync()
    {
        await _management.DisposeAsync();
        _user.Dispose();
    }

    [Fact]
    public async Task Blocks_a_user_for_a_time()
    {
        var run = await RunAsync("block", "nora", "--reason", "lost laptop", "--for", "1h");
        run.ShouldBe(new CliRun(0, "m-9: user nora, tenant mercy blocked until 2026-11-26 11:00Z\n", string.Empty));
        var call = _management.Calls.Single();
        (call.Method, call.Target, call.Authorization).ShouldBe(("POST", "/admin/identity/standings", "Bearer operator"));
        Same(call.Body, """{"effect":"block","subject":{"user":"nora"},"reason":"lost laptop","minutes":60}""");
    }

    [Theory]
    [InlineData("--client", "https://a.example/c.json", "client_id")]
    [InlineData("--session", "s-1", "session_id")]
    [InlineData("--tool", "calendar/calendar.create", "tool")]
    [InlineData("--model", "gpt-4o-mini", "model")]
    [InlineData("--provider", "cloud", "provider")]
    [InlineData("--issuer", "https://idp.example/", "issuer")]
    [InlineData("--tenant", "mercy", "tenant")]
    [InlineData("--person", "abc", "person_id")]
    public async Task Blocks_whatever_a_measure_can_be_on(string option, string value, string member)
    {
        (await RunAsync("block", option, value, "--reason", "r", "--until", "2026-12-01T08:00:00+02:00")).Code.ShouldBe(0);
        Same(_management.Calls.Single().Body, $$$"""{"effect":"block","subject":{"{{{member}}}":"{{{value}}}"},"reason":"r","until":"2026-12-01T06:00:00+00:00"}""");
    }

    [Fact]
    public async Task What_is_said_together_narrows()
    {
        (await RunAsync("block", "nora", "--tenant", "mercy", "--client", "c", "--reason", "r", "--for", "2d")).Code.ShouldBe(0);
        Same(_management.Calls.Single().Body, """{"effect":"block","subject":{"tenant":"mercy","user":"nora","client_id":"c"},"reason":"r","minutes":2880}""");
    }

    [Theory]
    [InlineData("Say whom or what", "block", "--reason", "r", "--for", "1h")]
    [InlineData("Say how long", "block", "nora", "--reason", "r")]
    [InlineData("Say how long", "block", "nora", "--reason", "r", "--for", "1h", "--until", "2026-12-01T08:00:00Z")]
    [InlineData("--reason", "block", "nora", "--for", "1h")]
    [InlineData("such as 90s", "block", "nora", "--reason", "r", "--for", "an hour")]
    [InlineData("such as 90s", "block", "nora", "--reason", "r", "--for", "0h")]
    [InlineData("such as 90s", "block", "nora", "--reason", "r", "--for", "2147483647d")]
    [InlineData("whole minutes", "block", "nora", "--reason", "r", "--for", "90s")]
    [InlineData("--until is a time", "block", "nora", "--reason", "r", "--until", "soon")]
    [InlineData("has the id", "unblock", "nobody")]
    [InlineData("several tenants", "unblock", "frank")]
    public async Task What_is_unclear_changes_nothing(string why, params string[] args)
    {
        var run = await RunAsync(args);
        (run.Code, run.Output).ShouldBe((ExitCodes.BadInput, string.Empty));
        run.Error.ShouldContain(why);
        _management.Calls.ShouldAllBe(c => c.Method == "GET");
    }

    [Theory]
    [InlineData("m-2", "m-2")]
    [InlineData("nora", "m-1", "m-5")]
    public async Task Ends_a_block_by_its_id_or_all_of_a_user(string what, params string[] ended)
    {
        (await RunAsync("unblock", what, "--reason", "found")).Code.ShouldBe(0);
        var calls = _management.Calls.Where(c => c.Method == "DELETE").ToList();
        calls.Select(c => c.Target).ShouldBe(ended.Select(id => "/admin/identity/standings/" + id));
        calls.ForEach(c => Same(c.Body, """{"reason":"found"}"""));
    }

    [Fact]
    public async Task Of_two_tenants_one_is_said()
    {
        (await RunAsync("unblock", "frank", "--tenant", "acme")).Code.ShouldBe(0);
        _management.Calls.Last().Target.ShouldBe("/admin/identity/standings/m-3");
    }

    [Fact]
    public async Task Shows_a_table_that_no_terminal_obeys()
    {
        var run = await RunAsync("standing");
        run.Code.ShouldBe(0, run.Error);
        var lines = run.Output.TrimEnd('\n').Split('\n');
        Cells(lines[0]).ShouldBe(["ID", "EFFECT", "ON", "UNTIL", "BY", "REASON"]);
        Cells(lines[1]).ShouldBe(["m-1", "block", "user nora, tenant mercy", "2026-11-26 10:30Z", "oscar", "lost[2J laptop"]);
        lines.Select(l => l.IndexOf("oscar", StringComparison.Ordinal)).Skip(1).Distinct().Count().ShouldBe(1);
        lines.Length.ShouldBe(6);
    }

    [Fact]
    public async Task Shows_the_gateways_own_answer()
    {
        var run = await RunAsync("standing", "--json", "--all");
        Same(JsonNode.Parse(run.Output), List);
        _management.Calls.Single().Target.ShouldBe("/admin/identity/standings?all=true");
    }

    [Fact]
    public async Task Shows_that_nobody_is_blocked()
    {
        _management.Answer = _ => (200, """{"revision":1,"measures":[]}""");
        (await RunAsync("standing")).Output.ShouldBe("Nobody and nothing is blocked.\n");
    }

    [Fact]
    public async Task A_refusal_is_told_in_the_gateways_words()
    {
        _management.Answer = _ => (422, """
            {"type":"about:blank","title":"Unprocessable","status":422,"detail":"The measure is not one.","code":"invalid_measure",
             "errors":[{"key":"until","problem":"is too far away","remedy":"say at most 90 days"},{"key":"reason","problem":"is too long","remedy":"say it in 500 characters"}]}
            """);
        var run = await RunAsync("block", "nora", "--reason", "r", "--for", "1h");
        run.Code.ShouldBe(ExitCodes.Refused);
        run.Error.ShouldBe(string.Join(Environment.NewLine, "The measure is not one.", "  until: is too far away; say at most 90 days", "  reason: is too long; say it in 500 characters", string.Empty));
    }

    [Fact]
    public async Task A_missing_scope_is_told_with_what_to_do()
    {
        _management.Answer = _ => (403, """{"title":"Forbidden","status":403,"detail":"This needs a further permission.","code":"insufficient_scope"}""");
        var run = await RunAsync("standing");
        run.Code.ShouldBe(ExitCodes.Refused);
        run.Error.ShouldContain("gatewaystack login --scope \"admin:standing\"");
    }

    [Theory]
    [InlineData(401, ExitCodes.SignInNeeded)]
    [InlineData(503, ExitCodes.Unreachable)]
    [InlineData(404, ExitCodes.Refused)]
    public async Task Whatever_else_is_answered_is_said_in_one_line(int status, int code)
    {
        _management.Answer = _ => (status, "<html>");
        var run = await RunAsync("standing");
        (run.Code, run.Error.TrimEnd()).ShouldBe((code, $"{_management.Origin}/ answered {status}."));
    }

    [Fact]
    public async Task What_is_no_gateway_is_said()
    {
        _management.Answer = _ => (200, "<html>");
        (await RunAsync("standing")).Error.ShouldContain("is it the address that you meant");
    }

    [Fact]
    public async Task A_token_is_not_sent_over_a_network_in_the_clear()
    {
        var run = await _user.RunAsync("standing", "--management", "http://gateway.example.com:8081", "--token-command", "echo operator");
        run.Code.ShouldBe(ExitCodes.BadInput);
        run.Error.ShouldContain("neither https nor on this machine");
    }

    [Fact]
    public async Task A_sign_in_elsewhere_has_no_usual_management_address()
    {
        var now = TimeProvider.System.GetUtcNow();
        _user.Store.Write("default", new StoredLogin
        {
            Gateway = "https://gateway.example.com",
            Resource = "https://gateway.example.com",
            Issuer = "https://idp.example/",
            ClientId = "c",
            TokenEndpoint = "https://idp.example/token",
            AccessToken = "operator",
            IssuedAt = now,
            ExpiresAt = now + TimeSpan.FromMinutes(10),
        });
        var run = await _user.RunAsync("standing");
        run.Code.ShouldBe(ExitCodes.BadInput);
        run.Error.ShouldContain("--management");
        (await _user.RunAsync("standing", "--management", _management.Origin)).Code.ShouldBe(0);
        _management.Calls.Single().Authorization.ShouldBe("Bearer operator");
    }

    [Fact]
    public async Task Without_a_sign_in_it_says_so()
    {
        var run = await _user.RunAsync("standing", "--management", _management.Origin);
        run.Code.ShouldBe(ExitCodes.SignInNeeded);
        run.Error.ShouldContain("gatewaystack login");
        _management.Calls.ShouldBeEmpty();
    }

    private Task<CliRun> RunAsync(params string[] args) => _user.RunAsync([.. args, "--management", _management.Origin, "--token-command", "echo operator"]);

    private static string[] Cells(string line) => line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static void Same(JsonNode? actual, string expected) => JsonNode.DeepEquals(actual, JsonNode.Parse(expected)).ShouldBeTrue(actual?.ToJsonString());
}
