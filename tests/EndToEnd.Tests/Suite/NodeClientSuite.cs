using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayStack.EndToEnd.Tests.Callers;

namespace GatewayStack.EndToEnd.Tests.Suite;

/// <summary>The npm <c>openai</c> client, unchanged.</summary>
public abstract class NodeClientSuite(SuiteGateway gateway) : GatewaySuite(gateway)
{
    [Fact]
    public async Task Chats()
    {
        var seen = await CallAsync("chat", await TokenAsync("alice"), "gpt-4-medical", "Is aspirin safe?");
        seen.Member("text")!.ShouldContain("Is aspirin safe?");
        seen.Member("model").ShouldBe("gpt-4-medical");
        seen.Number("tokens").ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Streams_with_usage()
    {
        var token = Token(Caller.New());
        var seen = await CallAsync("stream", token, "gpt-4o-mini", "Where is my file?");
        seen.Member("text")!.ShouldContain("Where is my file?");
        seen.Number("pieces").ShouldBeGreaterThan(5);
        (await Front.SettledAsync(token, "tokens_per_day")).Used.ShouldBe(seen.Number("tokens"));
    }

    [Fact]
    public async Task Lists_the_models_of_the_caller()
    {
        var seen = await CallAsync("models", await TokenAsync("nora"), "", "");
        var ids = seen.GetProperty("ids").EnumerateArray().Select(id => id.GetString()).ToList();
        ids.ShouldContain("gpt-4o-mini");
        ids.ShouldNotContain("gpt-4-medical");
    }

    [Theory]
    [InlineData("chat")]
    [InlineData("stream")]
    public async Task A_refusal_is_the_clients_own_error_and_is_not_tried_again(string call)
    {
        var seen = await CallAsync(call, await TokenAsync("nora"), "gpt-4-medical", "hello");
        seen.Member("error").ShouldBe("PermissionDeniedError");
        seen.Number("status").ShouldBe(403);
        seen.Member("type").ShouldBe("permission_error");
        seen.Number("attempts").ShouldBe(1);
    }

    [Fact]
    public async Task A_provider_key_is_an_authentication_error()
    {
        var seen = await CallAsync("chat", "sk-proj-abcdefghijklmnopqrstuvwxyz", "gpt-4o-mini", "hello");
        seen.Member("error").ShouldBe("AuthenticationError");
        seen.Member("message")!.ShouldContain("access token");
    }

    private async Task<JsonElement> CallAsync(string call, string token, string model, string text)
    {
        NodeTool.Require();
        using var node = Process.Start(NodeTool.Script("openai-client.mjs"))!;
        try
        {
            // By standard input: arguments of a process can be read by others.
            var baseUrl = new Uri(Gateway.Address, "/v1").ToString();
            var input = new JsonObject { ["baseURL"] = baseUrl, ["token"] = token, ["call"] = call, ["model"] = model, ["text"] = text };
            await node.StandardInput.WriteAsync(input.ToJsonString());
            node.StandardInput.Close();
            var errors = node.StandardError.ReadToEndAsync(Cancel);
            var output = await node.StandardOutput.ReadToEndAsync(Cancel);
            await node.WaitForExitAsync(Cancel);
            node.ExitCode.ShouldBe(0, await errors);
            return JsonElement.Parse(output);
        }
        finally
        {
            node.Kill();
        }
    }
}
