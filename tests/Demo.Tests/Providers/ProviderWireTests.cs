using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace GatewayStack.Demo.Tests.Providers;

public sealed class ProviderWireTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_has_a_usage_chunk_only_when_asked(bool asked)
    {
        var body = DemoFixture.Chat("Hello");
        body["stream"] = true;
        if (asked)
        {
            body["stream_options"] = new JsonObject { ["include_usage"] = true };
        }

        using var response = await demo.CompleteAsync("cloud", body);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        var events = (await response.Content.ReadAsStringAsync(Cancel)).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        events.ShouldAllBe(e => e.StartsWith("data: "));
        events[^1].ShouldBe("data: [DONE]");
        var chunks = events[..^1].Select(e => JsonNode.Parse(e["data: ".Length..])!.AsObject()).ToArray();
        chunks.Count(c => c["choices"]!.AsArray().Count == 0 && c["usage"] is JsonObject).ShouldBe(asked ? 1 : 0);
        chunks.Count(c => c.ContainsKey("usage")).ShouldBe(asked ? chunks.Length : 0);
        chunks[0]["choices"]![0]!["delta"]!["role"]!.GetValue<string>().ShouldBe("assistant");
    }

    [Fact]
    public async Task Several_choices_are_each_a_whole_answer_and_each_counted()
    {
        var body = DemoFixture.Chat("Hello");
        body["n"] = 3;
        var whole = JsonNode.Parse(await (await demo.CompleteAsync("cloud", body)).Content.ReadAsStringAsync(Cancel))!;
        whole["choices"]!.AsArray().Select(c => c!["message"]!["content"]!.GetValue<string>()).Distinct().Count().ShouldBe(1);
        var one = JsonNode.Parse(await (await demo.CompleteAsync("cloud", DemoFixture.Chat("Hello"))).Content.ReadAsStringAsync(Cancel))!;
        whole["usage"]!["completion_tokens"]!.GetValue<int>().ShouldBe(3 * one["usage"]!["completion_tokens"]!.GetValue<int>());
        whole["usage"]!["prompt_tokens"]!.GetValue<int>().ShouldBe(one["usage"]!["prompt_tokens"]!.GetValue<int>());
    }

    [Fact]
    public async Task Content_in_parts_is_read_and_the_last_person_is_quoted()
    {
        var body = DemoFixture.Chat("first");
        body["messages"]!.AsArray().Add(JsonNode.Parse("""{"role":"user","content":[{"type":"text","text":"second "},{"type":"image_url","image_url":{"url":"data:"}},{"type":"text","text":"thing"}]}"""));
        body["messages"]!.AsArray().Add(JsonNode.Parse("""{"role":"assistant","content":null,"tool_calls":[]}"""));
        (await TextAsync(body)).ShouldContain("\"second thing\"");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"model":"gpt-4o-mini"}""")]
    [InlineData("""{"model":7,"messages":[{"role":"user","content":"x"}]}""")]
    [InlineData("""{"model":"gpt-4o-mini","model":"gpt-4-medical","messages":[{"role":"user","content":"x"}]}""")]
    [InlineData("""{"model":"gpt-4o-mini","messages":[]}""")]
    [InlineData("""{"model":"gpt-4o-mini","messages":["x"]}""")]
    [InlineData("""{"model":"gpt-4o-mini","messages":[{"role":"user","content":"\ud800"}]}""")]
    [InlineData("""{"model":"gpt-4o-mini","messages":[{"role":"user","content":"x"}],"n":0}""")]
    [InlineData("""{"model":"gpt-4o-mini","messages":[{"role":"user","content":"x"}],"max_tokens":1.5}""")]
    [InlineData("""{"model":"gpt-4o-mini","messages":[{"role":"user","content":"x"}],"x_demo":{"delay_ms":-1}}""")]
    [InlineData("""{"model":"gpt-4o-mini","messages":[{"role":"user","content":"x"}],"x_demo":{"unknown":1}}""")]
    public async Task A_bad_request_is_OpenAIs_400(string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/demo/providers/cloud/v1/chat/completions") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("Authorization", "Bearer demo-cloud-key");
        using var response = await demo.Http.SendAsync(request, Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!["error"]!["type"]!.GetValue<string>().ShouldBe("invalid_request_error");
    }

    [Theory]
    [InlineData("""{"unknown":1}""", "x_demo.unknown", "delay_ms")]
    [InlineData("""{"answer":"x","Delay_ms":1}""", "x_demo.Delay_ms", "delay_ms")]
    [InlineData("""{"delay_ms":-1}""", "x_demo.delay_ms", "600000")]
    [InlineData("""{"chunk_delay_ms":600001}""", "x_demo.chunk_delay_ms", "600000")]
    [InlineData("""{"status":200}""", "x_demo.status", "599")]
    [InlineData("""{"answer":"x","stall_after":"3"}""", "x_demo.stall_after", "number")]
    [InlineData("""{"break_after":-1}""", "x_demo.break_after", "number")]
    [InlineData("""{"garbage":"yes"}""", "x_demo.garbage", "true")]
    [InlineData("""{"retry_after":7}""", "x_demo.retry_after", "text")]
    [InlineData("[]", "x_demo", "object")]
    public async Task What_is_wrong_with_a_wish_is_named(string wish, string member, string remedy)
    {
        var body = DemoFixture.Chat("Hello");
        body["x_demo"] = JsonNode.Parse(wish);
        using var response = await demo.CompleteAsync("cloud", body);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var message = JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!["error"]!["message"]!.GetValue<string>();
        message.ShouldStartWith($"'{member}' ");
        message.ShouldContain(remedy);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"delay_ms":0,"chunk_delay_ms":0,"garbage":false,"no_usage":true,"status":null,"retry_after":null,"stall_after":null,"break_after":null,"answer":null}""")]
    public async Task A_wish_may_be_for_nothing(string wish)
    {
        var body = DemoFixture.Chat("Hello");
        body["x_demo"] = JsonNode.Parse(wish);
        using var response = await demo.CompleteAsync("cloud", body);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Fails_with_the_status_it_was_asked_for()
    {
        using var response = await demo.CompleteAsync("cloud", DemoFixture.Chat("Hello", new JsonObject { ["status"] = 429, ["retry_after"] = "2" }));
        response.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(2));
        JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!["error"]!["code"]!.GetValue<string>().ShouldBe("rate_limit_exceeded");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Answers_garbage(bool stream)
    {
        var body = DemoFixture.Chat("Hello", new JsonObject { ["garbage"] = true });
        body["stream"] = stream;
        using var response = await demo.CompleteAsync("cloud", body);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Should.Throw<System.Text.Json.JsonException>(() => JsonNode.Parse(text.Replace("data: ", string.Empty, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Breaks_off(bool stream)
    {
        var body = DemoFixture.Chat("Hello", new JsonObject { ["break_after"] = 3 });
        body["stream"] = stream;
        await Should.ThrowAsync<HttpRequestException>(async () =>
        {
            using var response = await demo.CompleteAsync("cloud", body);
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stalls_until_the_client_leaves(bool stream)
    {
        var body = DemoFixture.Chat("Hello", new JsonObject { ["stall_after"] = 3 });
        body["stream"] = stream;
        using var response = await demo.CompleteAsync("cloud", body, completion: HttpCompletionOption.ResponseHeadersRead);
        using var content = await response.Content.ReadAsStreamAsync(Cancel);
        var buffer = new byte[1];
        (await content.ReadAsync(buffer, Cancel)).ShouldBe(1);
    }

    [Fact]
    public async Task Answers_what_it_was_told_and_without_usage()
    {
        var behaviour = new JsonObject { ["answer"] = "Write to bob@example.com", ["no_usage"] = true };
        var answer = JsonNode.Parse(await (await demo.CompleteAsync("cloud", DemoFixture.Chat("Hello", behaviour))).Content.ReadAsStringAsync(Cancel))!.AsObject();
        answer["choices"]![0]!["message"]!["content"]!.GetValue<string>().ShouldBe("Write to bob@example.com");
        answer.ContainsKey("usage").ShouldBeFalse();
    }

    [Fact]
    public async Task Shows_what_was_sent_but_no_credential()
    {
        await demo.Http.DeleteAsync("/demo/providers/onprem/requests", Cancel);
        var body = DemoFixture.Chat("Grüße");
        body["model"] = "finance-internal";
        using (await demo.CompleteAsync("onprem", body, "demo-onprem-key"))
        using (await demo.CompleteAsync("onprem", body, "someones-token"))
        using (await demo.CompleteAsync("onprem", body, null))
        {
        }

        var text = await demo.Http.GetStringAsync("/demo/providers/onprem/requests", Cancel);
        text.ShouldNotContain("demo-onprem-key");
        text.ShouldNotContain("someones-token");
        var requests = JsonNode.Parse(text)!["requests"]!.AsArray();
        requests.Select(r => r!["credential"]!.GetValue<string>()).ShouldBe(["provider_key", "other", "none"]);
        JsonNode.DeepEquals(JsonNode.Parse(requests[0]!["body"]!.GetValue<string>()), body).ShouldBeTrue();
        requests[0]!["headers"]!["content-type"]!.GetValue<string>().ShouldStartWith("application/json");
    }

    private async Task<string> TextAsync(JsonObject body)
    {
        using var response = await demo.CompleteAsync("cloud", body);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!["choices"]![0]!["message"]!["content"]!.GetValue<string>();
    }
}
