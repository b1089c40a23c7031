using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace GatewayStack.Cli.Tests.Gateway;

/// <summary>Cutting off from the command line, at a real gateway: nora is streaming, one command, her stream stops.</summary>
[Collection(RealGateways.Name)]
public sealed class RealStandingTests(RealGateway gateway) : IDisposable
{
    private readonly CliUser _nora = new();
    private readonly CliUser _oscar = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _nora.Dispose();
        _oscar.Dispose();
    }

    [Fact]
    public async Task One_command_ends_a_running_stream_and_another_lets_the_person_in_again()
    {
        await gateway.LoginAsync(_nora, "nora");
        await gateway.LoginAsync(_oscar, "oscar", "--scope", "admin:standing");
        using var http = new HttpClient { BaseAddress = gateway.Address, Timeout = TimeSpan.FromMinutes(2) };
        using var stream = await ChatAsync(http, stream: true);
        stream.StatusCode.ShouldBe(HttpStatusCode.OK, stream.IsSuccessStatusCode ? null : await stream.Content.ReadAsStringAsync(Cancel));
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync(Cancel));
        (await reader.ReadLineAsync(Cancel)).ShouldNotBeNull();

        var blocked = await ManageAsync("block", "nora", "--reason", "lost her laptop", "--for", "5m");
        blocked.Output.ShouldContain("user nora, tenant mercy blocked until");
        var rest = await reader.ReadToEndAsync(Cancel);
        rest.ShouldContain("lost her laptop");
        rest.ShouldNotContain("\"finish_reason\":\"stop\"");
        using (var refused = await ChatAsync(http, stream: false))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            (await refused.Content.ReadAsStringAsync(Cancel)).ShouldContain("lost her laptop");
        }

        (await ManageAsync("standing")).Output.ShouldContain("lost her laptop");
        (await ManageAsync("unblock", "nora", "--reason", "found it")).Output.ShouldContain("no longer blocked");
        (await ManageAsync("standing")).Output.ShouldNotContain("lost her laptop");
        (await ManageAsync("standing", "--all", "--json")).Output.ShouldContain("found it");
        while (true)
        {
            using var answer = await ChatAsync(http, stream: false);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                break;
            }

            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            await Task.Delay(100, Cancel);
        }
    }

    [Fact]
    public async Task Without_the_scope_nobody_is_blocked()
    {
        await gateway.LoginAsync(_nora, "nora");
        var run = await _nora.RunAsync("block", "alice", "--reason", "r", "--for", "5m", "--management", Management);
        run.Code.ShouldBe(ExitCodes.Refused);
        run.Error.ShouldContain("gatewaystack login --scope \"admin:standing\"");
    }

    [Fact]
    public async Task Refusals_are_the_gateways_own_words()
    {
        await gateway.LoginAsync(_oscar, "oscar", "--scope", "admin:standing");
        (await _oscar.RunAsync("block", "oscar", "--reason", "r", "--for", "5m", "--management", Management)).Error.ShouldContain("This would cut you off, too");
        var run = await _oscar.RunAsync("block", "nora", "--reason", "r", "--for", "3000d", "--management", Management);
        run.Code.ShouldBe(ExitCodes.Refused);
        run.Error.ShouldContain("minutes");
    }

    [Fact]
    public async Task A_persons_apps_are_shown_and_one_is_cut_off()
    {
        await gateway.LoginAsync(_nora, "nora", "--scope", "chat:write clients:manage");
        using var http = new HttpClient { BaseAddress = gateway.Address };
        using (var answer = await ChatAsync(http, stream: false))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        var clients = await _nora.RunAsync("clients");
        clients.Code.ShouldBe(0, clients.Error);
        clients.Output.ShouldContain("demo-cli");
        (await _nora.RunAsync("clients", "cut-off", "chatgpt")).Output.ShouldContain("chatgpt is cut off by you until");
        (await _nora.RunAsync("clients", "restore", "chatgpt")).Output.ShouldBe("chatgpt may act for you\n");
    }

    private string Management => gateway.Management.GetLeftPart(UriPartial.Authority);

    private async Task<CliRun> ManageAsync(params string[] args)
    {
        var run = await _oscar.RunAsync([.. args, "--management", Management]);
        run.Code.ShouldBe(0, run.Error);
        return run;
    }

    // A stream that stops halfway and stays open: nothing but a block ends it.
    private async Task<HttpResponseMessage> ChatAsync(HttpClient http, bool stream)
    {
        var body = new JsonObject
        {
            ["model"] = "gpt-4o-mini",
            ["stream"] = stream,
            ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = "hello" }),
        };
        if (stream)
        {
            body["x_demo"] = new JsonObject { ["stall_after"] = 2 };
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (await _nora.RunAsync("token")).Output.TrimEnd());
        return await http.SendAsync(request, stream ? HttpCompletionOption.ResponseHeadersRead : HttpCompletionOption.ResponseContentRead, Cancel);
    }
}
