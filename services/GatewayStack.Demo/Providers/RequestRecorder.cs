using System.Collections.Immutable;
using System.Text;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Demo.Providers;

/// <summary>One request as it reached a provider.</summary>
/// <param name="At">When.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path and query.</param>
/// <param name="Credential"><c>provider_key</c>, <c>other</c> or <c>none</c>; the credential itself is not kept.</param>
/// <param name="Headers">The headers, names in lower case, values of credentials left out.</param>
/// <param name="BodyBytes">Length of the body.</param>
/// <param name="Body">The body when it is UTF-8.</param>
/// <param name="BodyBase64">The body when it is not.</param>
/// <param name="Truncated">True when only the beginning of the body was kept.</param>
internal sealed record RecordedRequest(
    DateTimeOffset At,
    string Method,
    string Path,
    string Credential,
    SortedDictionary<string, string> Headers,
    int BodyBytes,
    string? Body,
    string? BodyBase64,
    bool Truncated);

internal sealed record RecordedRequests(ImmutableArray<RecordedRequest> Requests);

/// <summary>Keeps the last requests of each provider, oldest first, so that one can look at what was really sent upstream.</summary>
internal sealed class RequestRecorder(TimeProvider time)
{
    public const int Kept = 200;
    private const int LongestBody = 256 * 1024;
    private const string LeftOut = "(left out)";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<RecordedRequest>> _requests = new(StringComparer.Ordinal);

    public void Add(SimulatedProvider provider, HttpRequest request, ReadOnlySpan<byte> body)
    {
        var kept = body[..Math.Min(body.Length, LongestBody)];
        var isText = Utf8.IsValid(kept);
        var recorded = new RecordedRequest(
            time.GetUtcNow(),
            request.Method,
            request.Path + request.QueryString,
            Credential(provider, request),
            Headers(request),
            body.Length,
            isText ? Encoding.UTF8.GetString(kept) : null,
            isText ? null : Convert.ToBase64String(kept),
            kept.Length < body.Length);
        lock (_lock)
        {
            if (!_requests.TryGetValue(provider.Name, out var queue))
            {
                _requests.Add(provider.Name, queue = new Queue<RecordedRequest>());
            }

            queue.Enqueue(recorded);
            if (queue.Count > Kept)
            {
                queue.Dequeue();
            }
        }
    }

    public RecordedRequests Read(SimulatedProvider provider)
    {
        lock (_lock)
        {
            return new RecordedRequests(_requests.TryGetValue(provider.Name, out var queue) ? [.. queue] : []);
        }
    }

    public void Clear(SimulatedProvider provider)
    {
        lock (_lock)
        {
            _requests.Remove(provider.Name);
        }
    }

    public static bool HasKey(SimulatedProvider provider, HttpRequest request) => request.Headers.Authorization == "Bearer " + provider.Key;

    private static string Credential(SimulatedProvider provider, HttpRequest request) =>
        HasKey(provider, request) ? "provider_key" : request.Headers.Authorization.Count > 0 ? "other" : "none";

    private static SortedDictionary<string, string> Headers(HttpRequest request)
    {
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, values) in request.Headers)
        {
            var key = name.ToLowerInvariant();
            headers[key] = key is "authorization" or "x-api-key" or "api-key" or "x-goog-api-key" or "x-gateway-identity" or "cookie" ? LeftOut : values.ToString();
        }

        return headers;
    }
}
