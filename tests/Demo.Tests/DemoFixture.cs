using System.Net.Http.Json;
using System.Text.Json.Nodes;
using GatewayStack.Demo.Server;

namespace GatewayStack.Demo.Tests;

/// <summary>A running demo server, and a gateway that only has a key set.</summary>
public sealed class DemoFixture : IAsyncLifetime
{
    private DemoServer? _server;
    private StubGateway? _gateway;

    public DemoServer Server => _server ?? throw new InvalidOperationException("Not started.");

    internal StubGateway Gateway => _gateway ?? throw new InvalidOperationException("Not started.");

    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });

    public async ValueTask InitializeAsync()
    {
        _gateway = await StubGateway.StartAsync();
        _server = await DemoServer.StartAsync(new DemoServerOptions { GatewayUrl = _gateway.Address }, CancellationToken.None);
        Http.BaseAddress = _server.Address;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
        }
    }

    internal async Task<HttpResponseMessage> CompleteAsync(string provider, JsonObject body, string? key = "demo-cloud-key", HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/demo/providers/{provider}/v1/chat/completions") { Content = JsonContent.Create(body) };
        if (key is not null)
        {
            request.Headers.Add("Authorization", "Bearer " + key);
        }

        return await Http.SendAsync(request, completion, TestContext.Current.CancellationToken);
    }

    internal static JsonObject Chat(string text, JsonObject? behaviour = null)
    {
        var body = new JsonObject { ["model"] = "gpt-4o-mini", ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = text }) };
        if (behaviour is not null)
        {
            body["x_demo"] = behaviour;
        }

        return body;
    }
}
