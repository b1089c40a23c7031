using System.Net;
using System.Net.Http.Headers;

namespace GatewayStack.Router.Providers;

/// <summary>Makes the request to a provider from an allow-list: nothing the caller sent reaches it by accident.</summary>
internal static class UpstreamRequest
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    public static HttpRequestMessage Create(Routing.Provider provider, string? key, string requestId, ReadOnlyMemory<byte> body, bool stream)
    {
        var content = new ReadOnlyMemoryContent(body);
        content.Headers.ContentType = Json;
        var message = new HttpRequestMessage(HttpMethod.Post, provider.ChatUrl)
        {
            Content = content,
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrHigher,
        };
        if (key is not null)
        {
            message.Headers.TryAddWithoutValidation("Authorization", "Bearer " + key);
        }

        message.Headers.TryAddWithoutValidation("Accept", stream ? "text/event-stream" : "application/json");
        message.Headers.TryAddWithoutValidation("X-Request-Id", requestId);
        return message;
    }
}
