using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using GatewayStack.EndToEnd.Tests.Callers;
using OpenAI;
using OpenAI.Chat;

namespace GatewayStack.EndToEnd.Tests.Suite;

/// <summary>The official OpenAI .NET SDK, unchanged: the base URL and the token are all that differs.</summary>
public abstract class OpenAISdkSuite(SuiteGateway gateway) : GatewaySuite(gateway)
{
    [Fact]
    public async Task Chats()
    {
        var client = Chat(await TokenAsync("alice"), "gpt-4-medical");
        var completion = (await client.CompleteChatAsync([new UserChatMessage("Is aspirin safe?")], cancellationToken: Cancel)).Value;
        completion.Model.ShouldBe("gpt-4-medical");
        completion.FinishReason.ShouldBe(ChatFinishReason.Stop);
        completion.Content[0].Text.ShouldContain("Is aspirin safe?");
        completion.Usage.TotalTokenCount.ShouldBe(completion.Usage.InputTokenCount + completion.Usage.OutputTokenCount);
    }

    [Fact]
    public async Task Streams_with_usage()
    {
        var text = new StringBuilder();
        ChatTokenUsage? usage = null;
        ChatFinishReason? finish = null;
        var token = Token(Caller.New());
        var stream = Chat(token, "gpt-4o-mini").CompleteChatStreamingAsync([new UserChatMessage("Where is my file?")], cancellationToken: Cancel);
        await foreach (var update in stream)
        {
            update.ContentUpdate.ToList().ForEach(part => text.Append(part.Text));
            finish = update.FinishReason ?? finish;
            usage = update.Usage ?? usage;
        }

        text.ToString().ShouldContain("Where is my file?");
        finish.ShouldBe(ChatFinishReason.Stop);
        (await Front.SettledAsync(token, "tokens_per_day")).Used.ShouldBe(usage.ShouldNotBeNull().TotalTokenCount);
    }

    [Fact]
    public async Task Honours_the_output_limit()
    {
        var options = new ChatCompletionOptions { MaxOutputTokenCount = 5 };
        var completion = (await Chat(Token(Caller.New()), "gpt-4o-mini").CompleteChatAsync([new UserChatMessage("Go on.")], options, Cancel)).Value;
        completion.FinishReason.ShouldBe(ChatFinishReason.Length);
        completion.Usage.OutputTokenCount.ShouldBe(5);
    }

    [Fact]
    public async Task Lists_the_models_of_the_caller()
    {
        var models = (await Client(await TokenAsync("nora")).GetOpenAIModelClient().GetModelsAsync(Cancel)).Value;
        models.Select(m => m.Id).ShouldContain("gpt-4o-mini");
        models.Select(m => m.Id).ShouldNotContain("gpt-4-medical");
    }

    [Fact]
    public async Task A_refusal_is_the_clients_own_exception_and_is_not_tried_again()
    {
        var attempts = new CountingPolicy();
        var refused = await Should.ThrowAsync<ClientResultException>(
            Chat(await TokenAsync("nora"), "gpt-4-medical", attempts).CompleteChatAsync([new UserChatMessage("hello")], cancellationToken: Cancel));
        refused.Status.ShouldBe(403);
        refused.Message.ShouldContain("permission_error");
        attempts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_stream_is_refused_as_well()
    {
        var stream = Chat(await TokenAsync("nora"), "gpt-4-medical").CompleteChatStreamingAsync([new UserChatMessage("hello")], cancellationToken: Cancel);
        var refused = await Should.ThrowAsync<ClientResultException>(async () =>
        {
            await foreach (var _ in stream)
            {
            }
        });
        refused.Status.ShouldBe(403);
    }

    [Fact]
    public async Task An_unknown_model_is_not_found()
    {
        var refused = await Should.ThrowAsync<ClientResultException>(
            Chat(await TokenAsync("alice"), "no-such-model").CompleteChatAsync([new UserChatMessage("hello")], cancellationToken: Cancel));
        refused.Status.ShouldBe(404);
    }

    private ChatClient Chat(string token, string model, PipelinePolicy? policy = null) => Client(token, policy).GetChatClient(model);

    private OpenAIClient Client(string token, PipelinePolicy? policy = null)
    {
        var options = new OpenAIClientOptions { Endpoint = new Uri(Gateway.Address, "/v1") };
        if (policy is not null)
        {
            options.AddPolicy(policy, PipelinePosition.PerTry);
        }

        return new OpenAIClient(new ApiKeyCredential(token), options);
    }

    /// <summary>Counts how often the client really sends.</summary>
    private sealed class CountingPolicy : PipelinePolicy
    {
        public int Count { get; private set; }

        public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
        {
            Count++;
            ProcessNext(message, pipeline, currentIndex);
        }

        public override ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
        {
            Count++;
            return ProcessNextAsync(message, pipeline, currentIndex);
        }
    }
}
