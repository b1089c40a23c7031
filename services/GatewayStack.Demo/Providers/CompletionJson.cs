using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GatewayStack.Demo.Providers;

/// <summary>Writes OpenAI's chat completion objects.</summary>
internal sealed class CompletionJson(string id, DateTimeOffset created, string model)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public byte[] Completion(SimulatedAnswer answer, int choices, bool usage) => Write(json =>
    {
        Head(json, "chat.completion");
        json.WriteStartArray("choices");
        for (var index = 0; index < choices; index++)
        {
            json.WriteStartObject();
            json.WriteNumber("index", index);
            json.WriteStartObject("message");
            json.WriteString("role", "assistant");
            if (answer.ToolCall is { } call)
            {
                json.WriteNull("content");
                ToolCall(json, call, string.Concat(answer.Tokens), index: null);
            }
            else
            {
                json.WriteString("content", string.Concat(answer.Tokens));
            }

            json.WriteNull("refusal");
            json.WriteEndObject();
            json.WriteNull("logprobs");
            json.WriteString("finish_reason", answer.FinishReason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (usage)
        {
            Usage(json, answer);
        }
    });

    /// <summary>One chunk of one choice; <paramref name="nullUsage"/> as OpenAI does in streams that end with a usage chunk.</summary>
    public byte[] Chunk(int index, string? role, string? content, string? finishReason, bool nullUsage) => Chunk(
        index,
        delta =>
        {
            if (role is not null)
            {
                delta.WriteString("role", role);
            }

            if (content is not null)
            {
                delta.WriteString("content", content);
            }
        },
        finishReason,
        nullUsage);

    /// <summary>The chunk of a call's beginning, and of each piece of its arguments.</summary>
    public byte[] ToolChunk(int index, SimulatedToolCall? beginning, string arguments, bool nullUsage) =>
        Chunk(index, delta => ToolCall(delta, beginning, arguments, 0), null, nullUsage);

    private byte[] Chunk(int index, Action<Utf8JsonWriter> members, string? finishReason, bool nullUsage) => Write(json =>
    {
        Head(json, "chat.completion.chunk");
        json.WriteStartArray("choices");
        json.WriteStartObject();
        json.WriteNumber("index", index);
        json.WriteStartObject("delta");
        members(json);
        json.WriteEndObject();
        json.WriteNull("logprobs");
        json.WriteString("finish_reason", finishReason);
        json.WriteEndObject();
        json.WriteEndArray();
        if (nullUsage)
        {
            json.WriteNull("usage");
        }
    });

    /// <summary>The chunk that ends a stream with usage: it has no choices.</summary>
    public byte[] UsageChunk(SimulatedAnswer answer) => Write(json =>
    {
        Head(json, "chat.completion.chunk");
        json.WriteStartArray("choices");
        json.WriteEndArray();
        Usage(json, answer);
    });

    public static byte[] Error(string message, string type, string? code) => Write(json =>
    {
        json.WriteStartObject("error");
        json.WriteString("message", message);
        json.WriteString("type", type);
        json.WriteNull("param");
        json.WriteString("code", code);
        json.WriteEndObject();
    });

    public static byte[] Models(SimulatedProvider provider, DateTimeOffset created) => Write(json =>
    {
        json.WriteString("object", "list");
        json.WriteStartArray("data");
        foreach (var model in provider.Models)
        {
            json.WriteStartObject();
            json.WriteString("id", model);
            json.WriteString("object", "model");
            json.WriteNumber("created", created.ToUnixTimeSeconds());
            json.WriteString("owned_by", provider.Name);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private void Head(Utf8JsonWriter json, string kind)
    {
        json.WriteString("id", id);
        json.WriteString("object", kind);
        json.WriteNumber("created", created.ToUnixTimeSeconds());
        json.WriteString("model", model);
        json.WriteString("system_fingerprint", "fp_demo");
    }

    private static void ToolCall(Utf8JsonWriter json, SimulatedToolCall? call, string arguments, int? index)
    {
        json.WriteStartArray("tool_calls");
        json.WriteStartObject();
        if (index is { } number)
        {
            json.WriteNumber("index", number);
        }

        if (call is not null)
        {
            json.WriteString("id", call.Id);
            json.WriteString("type", "function");
        }

        json.WriteStartObject("function");
        if (call is not null)
        {
            json.WriteString("name", call.Name);
        }

        json.WriteString("arguments", arguments);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void Usage(Utf8JsonWriter json, SimulatedAnswer answer)
    {
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", answer.PromptTokens);
        json.WriteNumber("completion_tokens", answer.CompletionTokens);
        json.WriteNumber("total_tokens", answer.PromptTokens + answer.CompletionTokens);
        json.WriteStartObject("prompt_tokens_details");
        json.WriteNumber("cached_tokens", 0);
        json.WriteEndObject();
        json.WriteStartObject("completion_tokens_details");
        json.WriteNumber("reasoning_tokens", 0);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static byte[] Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
