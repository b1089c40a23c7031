using System.Net;
using System.Net.Http.Headers;
using GatewayStack.Credentials;
using GatewayStack.Credentials.ClientModel;
using GatewayStack.Credentials.Http;
using GatewayStack.Credentials.Sources;
using ModelContextProtocol.Client;
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
    public async Task Three_ends_are_crossed_by_OpenAIs_client_without_a_failed_call()
    {
        await gateway.LoginAsync(_user, "alice");
        var tokens = new CountedTokens(new LoginTokens(_user.Store, "default", TimeProvider.System));
        var credential = new RenewingCredential(gateway.Address, tokens);
        var client = new ChatClient("gpt-4o-mini", new CredentialPolicy(credential), new OpenAIClientOptions { Endpoint = new Uri(gateway.Address, "/v1") });
        var calls = 0;
        await Task.WhenAll(Enumerable.Range(0, 3).Select(async _ =>
        {
            while (tokens.Ends.Values.Count(end => end < TimeProvider.System.GetUtcNow()) < 3)
            {
                var answer = await client.CompleteChatAsync([new UserChatMessage("hello")], cancellationToken: Cancel);
                answer.Value.FinishReason.ShouldBe(ChatFinishReason.Stop);
                Interlocked.Increment(ref calls);
                await Task.Delay(200, Cancel);
            }
        }));
        calls.ShouldBeGreaterThan(10);
        TestContext.Current.SendDiagnosticMessage($"{calls} calls, {tokens.Ends.Count} tokens, none failed");
    }

    [Fact]
    public async Task An_MCP_client_lives_longer_than_its_token()
    {
        var route = new Uri(gateway.Address, "/mcp/calendar");
        await gateway.LoginAsync(_user, "alice", "--resource", route.AbsoluteUri);
        var tokens = new CountedTokens(new LoginTokens(_user.Store, "default", TimeProvider.System));
        using var http = new HttpClient(new CredentialHandler(new RenewingCredential(gateway.Address, tokens), new SocketsHttpHandler { UseProxy = false }));
        await using var client = await McpClient.CreateAsync(new HttpClientTransport(new HttpClientTransportOptions { Endpoint = route, TransportMode = HttpTransportMode.StreamableHttp }, http), cancellationToken: Cancel);
        while (tokens.Ends.Values.All(end => end >= TimeProvider.System.GetUtcNow()))
        {
            var called = await client.CallToolAsync("calendar.list", cancellationToken: Cancel);
            called.StructuredContent!.Value.GetProperty("owner").GetString().ShouldBe("alice");
            await Task.Delay(200, Cancel);
        }
    }

    private async Task<HttpStatusCode> StatusAsync(string token)
    {
        using var http = new HttpClient { BaseAddress = gateway.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.GetAsync("/v1/models", Cancel);
        return response.StatusCode;
    }
}
