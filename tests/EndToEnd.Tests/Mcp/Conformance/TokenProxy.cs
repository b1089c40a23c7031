using System.Net.Http.Headers;
using GatewayStack.EndToEnd.Tests.Gateway;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.EndToEnd.Tests.Mcp.Conformance;

/// <summary>Adds a token to every request, because the suite's command line cannot; changes nothing else.</summary>
internal sealed class TokenProxy : IAsyncDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ActivityHeadersPropagator = null })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private readonly Uri _target;
    private readonly string _token;
    private LocalServer? _server;

    private TokenProxy(Uri target, string token)
    {
        _target = target;
        _token = token;
    }

    /// <summary>Where the suite is sent.</summary>
    public string Url => _server!.Origin + _target.AbsolutePath;

    public static async Task<TokenProxy> StartAsync(Uri target, string token)
    {
        var proxy = new TokenProxy(target, token);
        proxy._server = await LocalServer.StartAsync(proxy.ForwardAsync);
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        _http.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        var incoming = context.Request;
        using var request = new HttpRequestMessage(new HttpMethod(incoming.Method), new Uri(_target, incoming.Path + incoming.QueryString));
        if (HttpMethods.IsPost(incoming.Method))
        {
            request.Content = new StreamContent(incoming.Body);
        }

        foreach (var (name, values) in incoming.Headers.Where(h => h.Key is not ("Connection" or "Transfer-Encoding" or "Authorization" or "Host")))
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.ToArray()))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, values.ToArray());
            }
        }

        if (new Uri(_server!.Origin).Authority != incoming.Host.Value)
        {
            // A host that is not the proxy's own is part of the test.
            request.Headers.Host = incoming.Host.Value;
        }

        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
        {
            if (name is not ("Transfer-Encoding" or "Connection"))
            {
                context.Response.Headers[name] = values.ToArray();
            }
        }

        await using var body = await response.Content.ReadAsStreamAsync(context.RequestAborted);
        var buffer = new byte[16 * 1024];
        for (int read; (read = await body.ReadAsync(buffer, context.RequestAborted)) > 0;)
        {
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }
}
