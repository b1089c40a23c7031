using System.ClientModel;
using System.Text;
using System.Text.Json;
using GatewayStack.EndToEnd.Tests.Callers;
using GatewayStack.EndToEnd.Tests.Suite;
using OpenAI;
using OpenAI.Chat;

namespace GatewayStack.EndToEnd.Tests.Content;

/// <summary>What a model may not see leaves as pseudonyms and comes back as it was; the official OpenAI .NET SDK notices nothing.</summary>
public abstract class ContentSuite(SuiteGateway gateway) : GatewaySuite(gateway)
{
    private static readonly ChatTool Send = ChatTool.CreateFunctionTool("send", "Sends a text", BinaryData.FromString("""{"type":"object","properties":{"text":{"type":"string"}}}"""));

    private RepeatingProvider Provider => Gateway.Echo.Repeater;

    [Fact]
    public async Task An_address_leaves_as_a_pseudonym_and_comes_back()
    {
        var (email, mark) = (Email(), Mark());
        var completion = (await Chat(Token(Caller.New())).CompleteChatAsync([new UserChatMessage($"{mark}: write to {email}, \"now\"")], cancellationToken: Cancel)).Value;
        Provider.With(mark).ShouldHaveSingleItem().ShouldNotContain(email);
        completion.Content[0].Text.ShouldBe($"You said: {mark}: write to {email}, \"now\"");
        completion.Usage.OutputTokenCount.ShouldBe(5);
    }

    [Fact]
    public async Task It_comes_back_in_a_stream_too()
    {
        var (email, mark, text) = (Email(), Mark(), new StringBuilder());
        ChatFinishReason? finish = null;
        await foreach (var update in Chat(Token(Caller.New())).CompleteChatStreamingAsync([new UserChatMessage($"{mark}: write to {email} 😀")], cancellationToken: Cancel))
        {
            update.ContentUpdate.ToList().ForEach(part => text.Append(part.Text));
            finish = update.FinishReason ?? finish;
        }

        Provider.With(mark).ShouldHaveSingleItem().ShouldNotContain(email);
        text.ToString().ShouldBe($"You said: {mark}: write to {email} 😀");
        finish.ShouldBe(ChatFinishReason.Stop);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_comes_back_in_the_arguments_of_a_tool_call(bool streams)
    {
        var (email, mark, arguments, name) = (Email(), Mark(), new StringBuilder(), new StringBuilder());
        ChatMessage[] messages = [new UserChatMessage($"{mark}: \"{email}\"\nis it")];
        var (client, options) = (Chat(Token(Caller.New())), new ChatCompletionOptions { Tools = { Send } });
        if (streams)
        {
            await foreach (var call in client.CompleteChatStreamingAsync(messages, options, Cancel).SelectMany(u => u.ToolCallUpdates.ToAsyncEnumerable()))
            {
                name.Append(call.FunctionName);
                arguments.Append(call.FunctionArgumentsUpdate is { } update ? update.ToString() : string.Empty);
            }
        }
        else
        {
            var call = (await client.CompleteChatAsync(messages, options, Cancel)).Value.ToolCalls.ShouldHaveSingleItem();
            name.Append(call.FunctionName);
            arguments.Append(call.FunctionArguments);
        }

        name.ToString().ShouldBe("send");
        var parsed = JsonElement.Parse(arguments.ToString());
        parsed.GetProperty("text").GetString().ShouldBe($"{mark}: \"{email}\"\nis it");
        parsed.GetProperty("n").GetInt32().ShouldBe(12);
        Provider.With(mark).ShouldHaveSingleItem().ShouldNotContain(email);
    }

    [Fact]
    public async Task A_conversation_goes_on_with_the_same_pseudonym_and_another_person_has_another()
    {
        var (email, mark, me) = (Email(), Mark(), Token(Caller.New()));
        var first = (await Chat(me).CompleteChatAsync([new UserChatMessage($"{mark} {email}")], cancellationToken: Cancel)).Value.Content[0].Text;
        await Chat(me).CompleteChatAsync([new UserChatMessage($"{mark} {email}"), new AssistantChatMessage(first), new UserChatMessage($"{mark} again {email}")], cancellationToken: Cancel);
        await Chat(Token(Caller.New())).CompleteChatAsync([new UserChatMessage($"{mark} {email}")], cancellationToken: Cancel);
        var seen = Provider.With(mark).Select(b => JsonElement.Parse(b).GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("content").GetString()!.Split(' ')[^1]).ToList()).ToList();
        seen[1].ShouldBe([seen[0][0], seen[0][0], seen[0][0]]);
        seen[2][0].ShouldNotBe(seen[0][0]);
        seen.SelectMany(s => s).ShouldAllBe(token => !token.Contains('@'));
    }

    [Fact]
    public async Task Several_choices_stay_apart()
    {
        var (email, mark) = (Email(), Mark());
        var answer = (await Front.ChatAsync(Token(Caller.New()), ContentSettings.Model, $"{mark} {email}", body =>
        {
            body["stream"] = true;
            body["n"] = 3;
        })).ShouldBeStatus(200);
        var texts = new SortedDictionary<int, string>();
        foreach (var choice in Events(answer.Body).SelectMany(e => e.GetProperty("choices").EnumerateArray()).Where(c => c.GetProperty("delta").TryGetProperty("content", out _)))
        {
            var index = choice.GetProperty("index").GetInt32();
            texts[index] = texts.GetValueOrDefault(index) + choice.GetProperty("delta").GetProperty("content").GetString();
        }

        texts.Values.ShouldBe(Enumerable.Repeat($"You said: {mark} {email}", 3));
        answer.Body.ShouldEndWith("data: [DONE]\n\n");
    }

    [Fact]
    public async Task What_is_blocked_is_refused_by_its_type()
    {
        var mark = Mark();
        var refused = await Should.ThrowAsync<ClientResultException>(
            Chat(Token(Caller.New())).CompleteChatAsync([new UserChatMessage($"{mark} my card is {RepeatingProvider.Card}")], cancellationToken: Cancel));
        refused.Status.ShouldBe(403);
        var body = refused.GetRawResponse()!.Content.ToString();
        body.ShouldContain("content_blocked");
        body.ShouldContain("CREDIT_CARD");
        body.ShouldNotContain("1111");
        Provider.With(mark).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_an_answer_may_not_say_is_taken_out(bool streams)
    {
        var answer = (await Front.ChatAsync(Token(Caller.New()), ContentSettings.Model, RepeatingProvider.AskForCard, body => body["stream"] = streams)).ShouldBeStatus(200);
        answer.Body.ShouldNotContain("1111");
        var text = streams
            ? string.Concat(Events(answer.Body).SelectMany(e => e.GetProperty("choices").EnumerateArray()).Select(c => c.GetProperty("delta").TryGetProperty("content", out var t) ? t.GetString() : null))
            : answer.Json.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;
        text.ShouldStartWith("It is [CREDIT_CARD");
        text.ShouldEndWith("], I think.");
    }

    [Theory]
    [InlineData(RepeatingProvider.AskForIban, false)]
    [InlineData(RepeatingProvider.AskForIban, true)]
    [InlineData(RepeatingProvider.AskForHarm, false)]
    [InlineData(RepeatingProvider.AskForHarm, true)]
    public async Task What_blocks_an_answer_ends_it(string question, bool streams)
    {
        var answer = await Front.ChatAsync(Token(Caller.New()), ContentSettings.Model, question, body => body["stream"] = streams);
        answer.Status.ShouldBe(streams ? 200 : 403);
        answer.Body.ShouldContain("content_blocked");
        answer.Body.ShouldNotContain("3704");
        answer.Body.ShouldNotContain("shoot");
        answer.Body.ShouldNotContain("I think");
        answer.Body.ShouldNotContain("[DONE]");
        var records = await Audit.OfRequestAsync(AuditorToken(), answer.RequestId, 2);
        records.Single(r => r.Member("type") == "outcome").ShouldSatisfyAllConditions(o => o.Member("outcome").ShouldBe("refused"), o => o.Member("reason").ShouldBe("content_blocked"));
    }

    [Fact]
    public async Task The_audit_counts_what_was_changed_and_has_no_word_of_it()
    {
        var email = Email();
        var answer = (await Front.ChatAsync(Token(Caller.New()), ContentSettings.Model, $"{email} and {email}")).ShouldBeStatus(200);
        answer.Body.ShouldContain(email);
        var records = await Audit.OfRequestAsync(AuditorToken(), answer.RequestId, 2);
        var outcome = records.Single(r => r.Member("type") == "outcome");
        outcome.Number("content.redactions").ShouldBe(2);
        outcome.Number("content.answer_restored").ShouldBe(2);
        records.ShouldAllBe(r => !r.GetRawText().Contains(email, StringComparison.Ordinal));
    }

    private static IEnumerable<JsonElement> Events(string body) =>
        body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Where(e => e.StartsWith("data: {", StringComparison.Ordinal)).Select(e => JsonElement.Parse(e[6..])).Where(e => e.TryGetProperty("choices", out _));

    private static string Mark() => "m" + string.Concat(Guid.NewGuid().ToString("N").Where(char.IsAsciiLetter));

    /// <summary>An address that nobody else uses, and that the gateway must not keep or print.</summary>
    private string Email() => Gateway.Canaries.Plant($"anna.{Mark()}@kunde.example.org");

    private ChatClient Chat(string token) => new OpenAIClient(new ApiKeyCredential(token), new OpenAIClientOptions { Endpoint = new Uri(Gateway.Address, "/v1") }).GetChatClient(ContentSettings.Model);
}
