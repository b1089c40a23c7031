using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.EndToEnd.Tests.Content;

/// <summary>
/// A model provider that repeats what the user said, as text or, where it is given a tool, as the tool's argument; asked for it, it says a number it should not know. A
/// stream comes in pieces of three characters, those of all choices and tool calls mixed.
/// </summary>
public sealed class RepeatingProvider
{
    /// <summary>What it is asked with, and what it says then.</summary>
    public const string AskForCard = "say one";
    public const string Card = "4111 1111 1111 1111";
    public const string AskForIban = "say two";
    public const string Iban = "DE89 3704 0044 0532 0130 00";

    public const string AskForHarm = "say three";
    public const string Harm = "We will shoot everyone who comes out of that school, and then we burn it down with a petrol bomb. Kill them all, they are vermin.";

    private const int PieceLength = 3;
    private const string Mark = "\uE000";
    private const string Half = "E000";

    private readonly ConcurrentQueue<string> _bodies = new();

    /// <summary>The bodies it got that hold a text.</summary>
    public IReadOnlyList<string> With(string text) => [.. _bodies.Where(b => b.Contains(text, StringComparison.Ordinal))];

    public async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        _bodies.Enqueue(body);
        var request = JsonElement.Parse(body);
        var said = request.GetProperty("messages").EnumerateArray().Last().GetProperty("content").GetString()!;
        var text = Answer(said);
        var choices = request.TryGetProperty("n", out var n) ? n.GetInt32() : 1;
        var tool = request.TryGetProperty("tools", out var tools) ? tools[0].GetProperty("function").GetProperty("name").GetString() : null;
        var arguments = tool is null ? null : new JsonObject { ["text"] = said, ["n"] = 12 }.ToJsonString();
        if (request.TryGetProperty("stream", out var stream) && stream.GetBoolean())
        {
            await StreamAsync(context, text, tool, arguments, choices);
        }
        else
        {
            var answer = Frame("chat.completion", Enumerable.Range(0, choices).Select(i => Choice(i, "message", Message(text, tool, arguments), tool is null ? "stop" : "tool_calls")));
            answer["usage"] = Usage();
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(answer.ToJsonString(), context.RequestAborted);
        }
    }

    private static string Answer(string said) =>
        said.Contains(AskForCard, StringComparison.Ordinal) ? $"It is {Card}, I think."
        : said.Contains(AskForIban, StringComparison.Ordinal) ? $"It is {Iban}, I think."
        : said.Contains(AskForHarm, StringComparison.Ordinal) ? $"{Harm} That is, I think."
        : $"You said: {said}";

    private static async Task StreamAsync(HttpContext context, string text, string? tool, string? arguments, int choices)
    {
        context.Response.ContentType = "text/event-stream";
        foreach (var i in Enumerable.Range(0, choices))
        {
            await SendAsync(Choice(i, "delta", Message(string.Empty, tool, string.Empty), null));
        }

        var whole = arguments ?? text;
        for (var at = 0; at < whole.Length; at += PieceLength)
        {
            var piece = Halves(whole.Substring(at, Math.Min(PieceLength, whole.Length - at)));
            foreach (var i in Enumerable.Range(0, choices))
            {
                await SendAsync(Choice(i, "delta", Piece(tool, piece), null));
            }
        }

        foreach (var i in Enumerable.Range(0, choices))
        {
            await SendAsync(Choice(i, "delta", [], tool is null ? "stop" : "tool_calls"));
        }

        var last = Frame("chat.completion.chunk", []);
        last["usage"] = Usage();
        await context.Response.WriteAsync($"data: {last.ToJsonString()}\n\ndata: [DONE]\n\n", context.RequestAborted);

        async Task SendAsync(JsonObject choice)
        {
            var json = Frame("chat.completion.chunk", [choice]).ToJsonString().Replace("\\u" + Half, "\\u", StringComparison.Ordinal);
            await context.Response.WriteAsync($"data: {json}\n\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }

    // No serializer writes half a character, as a provider does that cuts one in two: it is marked, and the mark is turned into its escape.
    private static string Halves(string piece) =>
        string.Concat(piece.Select(c => char.IsSurrogate(c) ? Mark + ((int)c).ToString("X4", CultureInfo.InvariantCulture) : c.ToString()));

    private static JsonObject Frame(string kind, IEnumerable<JsonObject> choices) =>
        new() { ["id"] = "chatcmpl-1", ["object"] = kind, ["created"] = 1, ["model"] = "repeat", ["choices"] = new JsonArray([.. choices]) };

    private static JsonObject Choice(int index, string member, JsonObject content, string? finish) =>
        new() { ["index"] = index, [member] = content, ["logprobs"] = null, ["finish_reason"] = finish };

    private static JsonObject Message(string text, string? tool, string? arguments) => tool is null
        ? new JsonObject { ["role"] = "assistant", ["content"] = text, ["refusal"] = null }
        : new JsonObject
        {
            ["role"] = "assistant",
            ["content"] = null,
            ["tool_calls"] = new JsonArray(new JsonObject { ["index"] = 0, ["id"] = "call_1", ["type"] = "function", ["function"] = new JsonObject { ["name"] = tool, ["arguments"] = arguments } }),
        };

    private static JsonObject Piece(string? tool, string piece) => tool is null
        ? new JsonObject { ["content"] = piece }
        : new JsonObject { ["tool_calls"] = new JsonArray(new JsonObject { ["index"] = 0, ["function"] = new JsonObject { ["arguments"] = piece } }) };

    private static JsonObject Usage() => new() { ["prompt_tokens"] = 11, ["completion_tokens"] = 5, ["total_tokens"] = 16 };
}
