using System.Text.Json;
using System.Text.Json.Nodes;

namespace GatewayStack.Demo.Tests.Providers;

/// <summary>The simulated model calls a tool that was offered, and answers with what the tool said.</summary>
public sealed class ToolCallTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("What is in my calendar?", "calendar.list", "{}")]
    [InlineData("Create an event in my calendar: {\"title\":\"Coffee\"}", "calendar.create", "{\"title\":\"Coffee\"}")]
    [InlineData("Cancel it in the calendar, {\"id\":\"evt-1\"}", "calendar.cancel", "{\"id\":\"evt-1\"}")]
    [InlineData("Is my calendar {full}?", "calendar.list", "{}")]
    public async Task Calls_the_tool_that_was_meant(string text, string tool, string arguments)
    {
        var choice = (await AskAsync(Chat(text))).GetProperty("choices")[0];
        choice.GetProperty("finish_reason").GetString().ShouldBe("tool_calls");
        var message = choice.GetProperty("message");
        message.GetProperty("content").ValueKind.ShouldBe(JsonValueKind.Null);
        var call = message.GetProperty("tool_calls").EnumerateArray().ShouldHaveSingleItem();
        call.GetProperty("id").GetString().ShouldNotBeNullOrEmpty();
        call.GetProperty("type").GetString().ShouldBe("function");
        call.GetProperty("function").GetProperty("name").GetString().ShouldBe(tool);
        call.GetProperty("function").GetProperty("arguments").GetString().ShouldBe(arguments);
    }

    [Fact]
    public async Task Streams_the_call_piece_by_piece()
    {
        var body = Chat("Create an event in my calendar: {\"title\":\"Coffee\",\"start\":\"2026-11-25T09:00:00Z\"}");
        body["stream"] = true;
        using var response = await demo.CompleteAsync("cloud", body);
        var chunks = (await response.Content.ReadAsStringAsync(Cancel)).Split("\n\n").Where(c => c.StartsWith("data: {", StringComparison.Ordinal)).Select(c => JsonElement.Parse(c["data: ".Length..])).ToArray();
        var calls = chunks.Select(c => c.GetProperty("choices")[0].GetProperty("delta")).Where(d => d.TryGetProperty("tool_calls", out _)).Select(d => d.GetProperty("tool_calls")[0]).ToArray();
        calls.Length.ShouldBeGreaterThan(2);
        calls.ShouldAllBe(c => c.GetProperty("index").GetInt32() == 0);
        calls[0].GetProperty("function").GetProperty("name").GetString().ShouldBe("calendar.create");
        calls.Count(c => c.TryGetProperty("id", out _)).ShouldBe(1);
        string.Concat(calls.Select(c => c.GetProperty("function").GetProperty("arguments").GetString())).ShouldBe("{\"title\":\"Coffee\",\"start\":\"2026-11-25T09:00:00Z\"}");
        chunks[^1].GetProperty("choices")[0].GetProperty("finish_reason").GetString().ShouldBe("tool_calls");
    }

    [Fact]
    public async Task Answers_with_what_the_tool_said()
    {
        var body = Chat("What is in my calendar?");
        var messages = body["messages"]!.AsArray();
        var call = new JsonObject { ["id"] = "call_1", ["type"] = "function", ["function"] = new JsonObject { ["name"] = "calendar.list", ["arguments"] = "{}" } };
        messages.Add(new JsonObject { ["role"] = "assistant", ["content"] = null, ["tool_calls"] = new JsonArray(call) });
        messages.Add(new JsonObject { ["role"] = "tool", ["tool_call_id"] = "call_1", ["content"] = "Tumour board at three" });
        var choice = (await AskAsync(body)).GetProperty("choices")[0];
        choice.GetProperty("finish_reason").GetString().ShouldBe("stop");
        choice.GetProperty("message").GetProperty("content").GetString()!.ShouldContain("Tumour board at three");
    }

    [Theory]
    [InlineData("Is aspirin safe?", null)]
    [InlineData("What is in my calendar?", "\"none\"")]
    [InlineData("What is in my calendar?", "{\"type\":\"function\",\"function\":{\"name\":\"not.offered\"}}")]
    public async Task Answers_itself_where_no_tool_is_meant_or_none_may_be_called(string text, string? toolChoice)
    {
        var body = Chat(text);
        body["tool_choice"] = toolChoice is null ? "auto" : JsonNode.Parse(toolChoice);
        var choice = (await AskAsync(body)).GetProperty("choices")[0];
        choice.GetProperty("finish_reason").GetString().ShouldBe("stop");
        choice.GetProperty("message").TryGetProperty("tool_calls", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("\"required\"", "calendar.list")]
    [InlineData("{\"type\":\"function\",\"function\":{\"name\":\"calendar.get\"}}", "calendar.get")]
    public async Task Calls_where_it_must(string toolChoice, string tool)
    {
        var body = Chat("Is aspirin safe?");
        body["tool_choice"] = JsonNode.Parse(toolChoice);
        var call = (await AskAsync(body)).GetProperty("choices")[0].GetProperty("message").GetProperty("tool_calls")[0];
        call.GetProperty("function").GetProperty("name").GetString().ShouldBe(tool);
    }

    private static JsonObject Chat(string text)
    {
        var body = DemoFixture.Chat(text);
        body["tools"] = new JsonArray([.. new[] { "calendar.cancel", "calendar.create", "calendar.get", "calendar.list" }.Select(name =>
            new JsonObject { ["type"] = "function", ["function"] = new JsonObject { ["name"] = name, ["parameters"] = new JsonObject { ["type"] = "object" } } })]);
        return body;
    }

    private async Task<JsonElement> AskAsync(JsonObject body)
    {
        using var response = await demo.CompleteAsync("cloud", body);
        response.EnsureSuccessStatusCode();
        return JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancel));
    }
}
