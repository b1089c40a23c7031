using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using OpenAI;
using OpenAI.Chat;

namespace GatewayStack.Demo.Tests.Providers;

/// <summary>The simulation is on OpenAI's wire when OpenAI's own client says so.</summary>
public sealed class OpenAIClientTests(DemoFixture demo) : IClassFixture<DemoFixture>, IDisposable
{
    // The SDK's own HttpClient is one for the whole process, and its cookie jar knows hosts, not ports: another test's cookie would ride along.
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_a_chat()
    {
        var completion = (await Chat().CompleteChatAsync([new UserChatMessage("What is 2 + 2?")], cancellationToken: Cancel)).Value;
        completion.Model.ShouldBe("gpt-4o-mini");
        completion.FinishReason.ShouldBe(ChatFinishReason.Stop);
        completion.Content[0].Text.ShouldContain("gpt-4o-mini at cloud");
        completion.Content[0].Text.ShouldContain("What is 2 + 2?");
        completion.Usage.TotalTokenCount.ShouldBe(completion.Usage.InputTokenCount + completion.Usage.OutputTokenCount);
        completion.Usage.InputTokenCount.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Streams_the_same_answer_with_the_same_usage()
    {
        ChatMessage[] messages = [new SystemChatMessage("Be brief."), new UserChatMessage("Where is my file?")];
        var whole = (await Chat().CompleteChatAsync(messages, cancellationToken: Cancel)).Value;
        var text = new StringBuilder();
        var pieces = 0;
        ChatTokenUsage? usage = null;
        ChatFinishReason? finish = null;
        ChatMessageRole? role = null;
        await foreach (var update in Chat().CompleteChatStreamingAsync(messages, cancellationToken: Cancel))
        {
            role ??= update.Role;
            foreach (var part in update.ContentUpdate)
            {
                text.Append(part.Text);
                pieces++;
            }

            finish = update.FinishReason ?? finish;
            usage = update.Usage ?? usage;
        }

        text.ToString().ShouldBe(whole.Content[0].Text);
        pieces.ShouldBeGreaterThan(5);
        role.ShouldBe(ChatMessageRole.Assistant);
        finish.ShouldBe(ChatFinishReason.Stop);
        usage.ShouldNotBeNull().InputTokenCount.ShouldBe(whole.Usage.InputTokenCount);
        usage.OutputTokenCount.ShouldBe(whole.Usage.OutputTokenCount);
    }

    [Fact]
    public async Task Honours_the_limit_on_output()
    {
        var completion = (await Chat().CompleteChatAsync([new UserChatMessage("Go on.")], new ChatCompletionOptions { MaxOutputTokenCount = 7 }, Cancel)).Value;
        completion.FinishReason.ShouldBe(ChatFinishReason.Length);
        completion.Usage.OutputTokenCount.ShouldBe(7);
    }

    [Fact]
    public async Task Lists_its_models()
    {
        var models = (await Client("cloud", "demo-cloud-key").GetOpenAIModelClient().GetModelsAsync(Cancel)).Value;
        models.Select(m => m.Id).ShouldBe(["gpt-4-medical", "gpt-4o-mini"]);
    }

    [Theory]
    [InlineData("cloud", "sk-wrong", "gpt-4o-mini", 401)]
    [InlineData("cloud", "demo-onprem-key", "gpt-4o-mini", 401)]
    [InlineData("cloud", "demo-cloud-key", "finance-internal", 404)]
    [InlineData("onprem", "demo-onprem-key", "gpt-4o-mini", 404)]
    [InlineData("nowhere", "demo-cloud-key", "gpt-4o-mini", 404)]
    public async Task Refuses_as_OpenAI_does(string provider, string key, string model, int status)
    {
        var refused = await Should.ThrowAsync<ClientResultException>(
            Client(provider, key).GetChatClient(model).CompleteChatAsync([new UserChatMessage("Hello")], cancellationToken: Cancel));
        refused.Status.ShouldBe(status);
    }

    private ChatClient Chat() => Client("cloud", "demo-cloud-key").GetChatClient("gpt-4o-mini");

    private OpenAIClient Client(string provider, string key) => new(
        new ApiKeyCredential(key),
        new OpenAIClientOptions { Endpoint = new Uri(demo.Server.Address, $"/demo/providers/{provider}/v1"), RetryPolicy = new ClientRetryPolicy(0), Transport = new HttpClientPipelineTransport(_http) });

    public void Dispose() => _http.Dispose();
}
