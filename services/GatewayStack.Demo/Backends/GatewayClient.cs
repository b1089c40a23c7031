namespace GatewayStack.Demo.Backends;

/// <summary>The backends' own HTTP client towards the gateway.</summary>
internal sealed class GatewayClient : IDisposable
{
    // The gateway is on this machine: a proxy from the environment would only be in the way.
    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = TimeSpan.FromMinutes(5),
    };

    public void Dispose() => Http.Dispose();
}
