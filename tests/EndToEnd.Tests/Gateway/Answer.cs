using System.Collections.Immutable;
using System.Text.Json;

namespace GatewayStack.EndToEnd.Tests.Gateway;

/// <summary>An HTTP answer, read whole.</summary>
public sealed record Answer(int Status, string Body, ImmutableDictionary<string, string> Headers)
{
    private readonly Lazy<JsonElement> _json = new(() => JsonElement.Parse(Body));

    public JsonElement Json => _json.Value;

    /// <summary>The gateway's own id of the request.</summary>
    public string RequestId => Headers["x-request-id"];

    /// <summary>The text of a chat completion.</summary>
    public string Text => Json.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;

    /// <summary>Total tokens of a chat completion.</summary>
    public long TotalTokens => Json.GetProperty("usage").GetProperty("total_tokens").GetInt64();

    /// <summary>The code of an error in OpenAI's shape.</summary>
    public string? ErrorCode => Json.GetProperty("error").GetProperty("code").GetString();

    public string? ContentType => Headers.GetValueOrDefault("content-type");

    public static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToImmutableDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
        return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), headers);
    }

    public Answer ShouldBeStatus(int status)
    {
        Status.ShouldBe(status, Body);
        return this;
    }
}
