using System.Net;
using System.Net.Http.Headers;
using GatewayStack.Credentials;
using GatewayStack.Credentials.ClientModel;
using GatewayStack.Credentials.Http;
using GatewayStack.Credentials.Sources;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using OpenAI;
using OpenAI.Chat;

namespace GatewayStack.Cli.Tests.Gateway;

/// <summary>Sign-ins at the demo issuer's own page, and what they are good for at a real gateway.</summary>
[Collection(RealGateways.Name)]
public sealed class RealSignInTests(RealGateway gateway) : IDisposable
{
    private readonly CliUser _user = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _user.Dispose();

    [Fact]
    public async Task Login_token_whoami_and_logout()
    {
        (await gateway.LoginAsync(_user, "alice")).Error.ShouldContain("Dr. Alice Smith");
        (await _user.RunAsync("whoami")).Output.ShouldContain(gateway.Address.GetLeftPart(UriPartial.Authority) + "/demo/");
        var token = (await _user.RunAsync("token")).Output.TrimEnd();
        (await StatusAsync(token)).ShouldBe(HttpStatusCode.OK);
        var refresh = _user.Store.Read("default")!.RefreshToken.ShouldNotBeNull();
        (await _user.RunAsync("logout")).ShouldBe(new CliRun(0, string.Empty, $"Signed out at {gateway.Address}demo/.{Environment.NewLine}"));
        (await _user.RunAsync("token")).Code.ShouldBe(ExitCodes.SignInNeeded);
        gateway.Output.ShouldNotContain(token);
        gateway.Output.ShouldNotContain(refresh);
    }

    [Theory]
    [InlineData("frank")]
    [InlineData("carol")]
    [InlineData("audrey")]
    public async Task Everybody_signs_in_with_their_own_scopes_again_and_again(string person)
    {
        for (var i = 0; i < 2; i++)
        {
            await gateway.LoginAsync(_user, person);
            (await _user.RunAsync("whoami")).Output.ShouldContain(person == "audrey" ? "audit:read" : "chat:write");
            await _user.RunAsync("logout");
        }
    }

    [Fact]
    public async Task A_sign_in_that_was_revoked_cannot_be_renewed()
    {
        await gateway.LoginAsync(_user, "alice");
        var login = _user.Store.Read("default")!;
        await _user.RunAsync("logout");
        _user.Store.Write("default", login with { ExpiresAt = login.IssuedAt });
        (await _user.RunAsync("token")).Code.ShouldBe(ExitCodes.SignInNeeded);
    }

    [Fact]
    public async Task A_device_is_signed_in_elsewhere()
    {
        var running = _user.RunAsync("login", "--gateway", gateway.Address.GetLeftPart(UriPartial.Authority), "--device", "--timeout", "2m");
        // The page is read from what the command prints, as a person would.
        while (!_user.Printed.Contains("user_code=", StringComparison.Ordinal) && !running.IsCompleted)
        {
            await Task.Delay(50, Cancel);
        }

        running.IsCompleted.ShouldBeFalse(_user.Printed);
        await gateway.Browser("nora")(new Uri(_user.Printed.Split("or open ")[1].Split('\n')[0].Trim()));
        var run = await running;
        run.Code.ShouldBe(0, run.Error);
        run.Error.ShouldContain("Nora");
        (await StatusAsync((await _user.RunAsync("token")).Output.TrimEnd())).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Three_ends_are_crossed_by_OpenAIs_client_and_by_an_MCP_client_without_a_failed_call()
    {
        await gateway.LoginAsync(_user, "alice");
        var route = new Uri(gateway.Address, "/mcp/calendar");
        await gateway.LoginAsync(_user, "alice", "--profile", "calendar", "--resource", route.AbsoluteUri);
        var (api, tools) = (Tokens("default"), Tokens("calendar"));
        var chat = new ChatClient("gpt-4o-mini", new CredentialPolicy(new RenewingCredential(gateway.Address, api)), new OpenAIClientOptions { Endpoint = new Uri(gateway.Address, "/v1") });
        using var http = new HttpClient(new CredentialHandler(new RenewingCredential(gateway.Address, tools), new SocketsHttpHandler { UseProxy = false }));
        await using var calendar = await McpClient.CreateAsync(new HttpClientTransport(new HttpClientTransportOptions { Endpoint = route, TransportMode = HttpTransportMode.StreamableHttp }, http), cancellationToken: Cancel);
        var chats = Enumerable.Range(0, 3).Select(_ => CrossAsync(api, async () =>
        {
            var answer = await chat.CompleteChatAsync([new UserChatMessage("hello")], cancellationToken: Cancel);
            answer.Value.FinishReason.ShouldBe(ChatFinishReason.Stop);
        }));
        var lists = CrossAsync(tools, async () =>
        {
            var called = await calendar.CallToolAsync("calendar.list", cancellationToken: Cancel);
            called.IsError.ShouldNotBe(true, string.Join(' ', called.Content.OfType<TextContentBlock>().Select(c => c.Text)));
            called.StructuredContent!.Value.GetProperty("owner").GetString().ShouldBe("alice");
        });
        var calls = await Task.WhenAll([.. chats, lists]);
        calls.Sum().ShouldBeGreaterThan(10);
        TestContext.Current.SendDiagnosticMessage($"{calls.Sum()} calls, {api.Ends.Count} and {tools.Ends.Count} tokens, none failed");
    }

    private CountedTokens Tokens(string profile) => new(new LoginTokens(_user.Store, profile, TimeProvider.System));

    /// <summary>Calls until three tokens have ended.</summary>
    private static async Task<int> CrossAsync(CountedTokens tokens, Func<Task> call)
    {
        var calls = 0;
        while (tokens.Ends.Values.Count(end => end < TimeProvider.System.GetUtcNow()) < 3)
        {
            await call();
            calls++;
            await Task.Delay(200, Cancel);
        }

        return calls;
    }

    private async Task<HttpStatusCode> StatusAsync(string token)
    {
        using var http = new HttpClient { BaseAddress = gateway.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.GetAsync("/v1/models", Cancel);
        return response.StatusCode;
    }
}
