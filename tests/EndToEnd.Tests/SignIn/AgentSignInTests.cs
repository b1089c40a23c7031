using System.ClientModel;
using GatewayStack.EndToEnd.Tests.Mcp.Clients;
using GatewayStack.EndToEnd.Tests.SignIn.Browsing;
using GatewayStack.EndToEnd.Tests.SignIn.Clients;
using GatewayStack.EndToEnd.Tests.SignIn.Issuers;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;
using OpenAI;

namespace GatewayStack.EndToEnd.Tests.SignIn;

/// <summary>An agent of Microsoft.Agents.AI whose person signs in for its model and for its tools, in one browser.</summary>
[Collection(DemoSignIn.Name)]
public sealed class AgentSignInTests(DemoGateway gateway, Browser browser)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("alice", "Tumour board")]
    [InlineData("nora", "Medication training")]
    public async Task Answers_from_the_calendar_of_who_signed_in(string user, string title)
    {
        await using var session = await OpenAsync();
        await using var calendar = await CSharpClient.ConnectAsync(gateway.Route, url => session.VisitAsync(url, new Visitor(user)));
        var answer = await (await AgentAsync(session, user, calendar)).RunAsync("What is in my calendar?", cancellationToken: Cancel);
        answer.Text.ShouldContain(title);
        calendar.Opened.ShouldBe(1);
    }

    [Fact]
    public async Task Steps_alice_up_in_the_midst_of_a_run()
    {
        await using var session = await OpenAsync();
        await using var calendar = await CSharpClient.ConnectAsync(gateway.Route, url => session.VisitAsync(url, new Visitor("alice")));
        var agent = await AgentAsync(session, "alice", calendar);
        const string Question = """Create an event in my calendar: {"title":"Coffee","start":"2026-11-25T09:00:00Z","end":"2026-11-25T09:15:00Z"}""";
        var answer = await agent.RunAsync(Question, cancellationToken: Cancel);
        answer.Text.ShouldContain("Coffee");
        calendar.Opened.ShouldBe(2);
    }

    private async Task<BrowserSession> OpenAsync()
    {
        McpNode.Require();
        Browser.Require();
        return await browser.OpenAsync(new DemoPages());
    }

    // OpenAI takes no dots in a function's name.
    private async Task<ChatClientAgent> AgentAsync(BrowserSession session, string user, CSharpClient calendar)
    {
        var tools = (await calendar.Mcp.ListToolsAsync(cancellationToken: Cancel)).Select(t => t.WithName(t.Name.Replace('.', '_'))).ToArray<AITool>();
        await using var loopback = await Loopback.StartAsync();
        var app = new RegisteredClient("demo-cli", loopback.RedirectUri.AbsoluteUri);
        var token = await app.SignInAsync(gateway.Issuer, session, new Visitor(user), "chat:write", resource: null);
        var openAI = new OpenAIClient(new ApiKeyCredential(token), new OpenAIClientOptions { Endpoint = new Uri(gateway.Address, "/v1") });
        return new ChatClientAgent(openAI.GetChatClient("gpt-4o-mini").AsIChatClient(), "You help with the calendar.", "assistant", null, tools);
    }
}
