using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;

namespace GatewayStack.McpUpstream;

/// <summary>One request as it arrived.</summary>
internal sealed record ReceivedRequest
{
    public required string HttpMethod { get; init; }

    public required string Path { get; init; }

    /// <summary>The JSON-RPC method; null for a request without a message, and for a response.</summary>
    public string? Method { get; init; }

    /// <summary>Tool, prompt or URI.</summary>
    public string? Name { get; init; }

    /// <summary>Subject of the assertion that was verified.</summary>
    public string? Subject { get; init; }

    /// <summary>The message, byte for byte, as text.</summary>
    public required string Body { get; init; }

    public required ImmutableDictionary<string, string> Headers { get; init; }
}

/// <summary>Everything that arrived, in order.</summary>
internal sealed class RequestLog
{
    private readonly ConcurrentQueue<ReceivedRequest> _requests = new();

    public ImmutableArray<ReceivedRequest> Requests => [.. _requests];

    public void Clear() => _requests.Clear();

    public async Task<ReceivedRequest> AddAsync(HttpRequest request, string? subject)
    {
        request.EnableBuffering();
        using var reader = new StreamReader(request.Body, leaveOpen: true);
        var body = await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
        request.Body.Position = 0;
        var (method, name) = Parse(body);
        var received = new ReceivedRequest
        {
            HttpMethod = request.Method,
            Path = request.Path + request.QueryString,
            Method = method,
            Name = name,
            Subject = subject,
            Body = body,
            Headers = request.Headers.ToImmutableDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
        };
        _requests.Enqueue(received);
        return received;
    }

    private static (string? Method, string? Name) Parse(string body)
    {
        try
        {
            using var message = JsonDocument.Parse(body);
            var root = message.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("method", out var method))
            {
                return default;
            }

            var named = root.TryGetProperty("params", out var parameters) && parameters.ValueKind == JsonValueKind.Object
                && (parameters.TryGetProperty("name", out var name) || parameters.TryGetProperty("uri", out name))
                ? name.ToString()
                : null;
            return (method.ToString(), named);
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
