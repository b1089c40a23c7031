using System.ClientModel;
using System.Diagnostics;
using System.Text.Json;
using GatewayStack.EndToEnd.Tests.Gateway;
using GatewayStack.EndToEnd.Tests.Suite;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;
using OpenAI;

namespace GatewayStack.EndToEnd.Tests.Mcp.Clients;

/// <summary>An agent of Microsoft.Agents.AI, whose model and whose tools are both behind the gateway: one person and one trace, from the question to the answer.</summary>
[Collection(McpTests.Name)]
public sealed class AgentTests(McpGateway gateway)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("alice", "Tumour board", false)]
    [InlineData("nora", "Medication training", false)]
    [InlineData("alice", "Tumour board", true)]
    public async Task Asks_the_model_calls_the_tool_and_answers(string user, string title, bool stream)
    {
        using var activity = new Activity("agent").SetIdFormat(ActivityIdFormat.W3C).Start();
        await using var calendar = await gateway.ConnectAsync("calendar", await gateway.TokenAsync(user, "calendar", "calendar:read", "chatgpt"));

        // OpenAI takes no dots in a function's name.
        var tools = (await calendar.ListToolsAsync(cancellationToken: Cancel)).Select(t => t.WithName(t.Name.Replace('.', '_'))).ToArray<AITool>();
        var agent = new ChatClientAgent(Model(await ModelTokenAsync(user)), "You help with the calendar.", "assistant", null, tools);
        var answer = stream ? await StreamAsync(agent) : (await agent.RunAsync("What is in my calendar?", cancellationToken: Cancel)).Text;
        answer.ShouldContain(title);

        var records = await RecordsAsync(activity.TraceId.ToHexString());
        records.Select(r => r.Member("user_id")).Distinct().ShouldBe([user]);
        records.Count(r => r.Member("action") == "model.call").ShouldBe(2);
        var tool = records.Where(r => r.Member("action") == "tool.call").ShouldHaveSingleItem();
        tool.Member("mcp.tool").ShouldBe("calendar.list");
        tool.Member("caller.client_name").ShouldBe("ChatGPT");
        tool.Member("summary")!.ShouldContain(user);
        tool.Member("summary")!.ShouldContain("through ChatGPT");
    }

    private static async Task<string> StreamAsync(ChatClientAgent agent)
    {
        var text = string.Empty;
        await foreach (var update in agent.RunStreamingAsync("What is in my calendar?", cancellationToken: Cancel))
        {
            text += update.Text;
        }

        return text;
    }

    private IChatClient Model(string token) =>
        new OpenAIClient(new ApiKeyCredential(token), new OpenAIClientOptions { Endpoint = new Uri(gateway.Address, "/v1") }).GetChatClient("gpt-4o-mini").AsIChatClient();

    private async Task<string> ModelTokenAsync(string user)
    {
        var answer = await gateway.Front.PostAsync("/demo/token", null, $$"""{"user":"{{user}}","client":"chatgpt"}""");
        return answer.ShouldBeStatus(200).Json.GetProperty("access_token").GetString()!;
    }

    // The outcomes of one trace: two questions to the model, and the tool between them.
    private async Task<IReadOnlyList<JsonElement>> RecordsAsync(string trace)
    {
        var auditor = (await gateway.Front.PostAsync("/demo/token", null, """{"user":"audrey"}""")).Json.GetProperty("access_token").GetString()!;
        var audit = new AuditReader(gateway.Front);
        return await Eventually.GetAsync(
            async () => (IReadOnlyList<JsonElement>)[.. (await audit.QueryAsync(auditor, string.Empty))
                .Where(r => r.Member("type") == "outcome" && r.Member("traceparent")?.Contains(trace, StringComparison.Ordinal) == true && r.Member("action") is "model.call" or "tool.call")],
            found => found.Count >= 3);
    }
}
