using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Authentication;
using ModelContextProtocol.Client;

namespace GatewayStack.EndToEnd.Tests.SignIn.Clients;

/// <summary>The C# SDK's client in an application that signs in by itself: all it is given is the route's URL.</summary>
internal sealed class CSharpClient : IAsyncDisposable
{
    private readonly Loopback _loopback;
    private readonly Func<Uri, Task> _open;

    private CSharpClient(Loopback loopback, Func<Uri, Task> open)
    {
        _loopback = loopback;
        _open = open;
    }

    public McpClient Mcp { get; private set; } = null!;

    /// <summary>How often a browser was needed.</summary>
    public int Opened { get; private set; }

    /// <summary>The error that the issuer gave last.</summary>
    public string? Refused { get; private set; }

    public static async Task<CSharpClient> ConnectAsync(Uri route, Func<Uri, Task> open)
    {
        var client = new CSharpClient(await Loopback.StartAsync(), open);
        var transport = new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = route,
            TransportMode = HttpTransportMode.StreamableHttp,
            OAuth = new ClientOAuthOptions
            {
                RedirectUri = client._loopback.RedirectUri,
                AuthorizationCallbackHandler = client.AuthorizeAsync,
                DynamicClientRegistration = new DynamicClientRegistrationOptions { ClientName = "C# SDK" },
            },
        });
        // The sign-in is a part of connecting, and the SDK's minute is not for reading a page.
        var options = new McpClientOptions { InitializationTimeout = TimeSpan.FromMinutes(3) };
        client.Mcp = await McpClient.CreateAsync(transport, options, cancellationToken: TestContext.Current.CancellationToken);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await Mcp.DisposeAsync();
        await _loopback.DisposeAsync();
    }

    private async Task<AuthorizationResult?> AuthorizeAsync(AuthorizationCallbackContext context, CancellationToken cancellationToken)
    {
        Opened++;
        await _open(context.AuthorizationUri);
        var answer = await _loopback.NextAsync();
        Refused = Value(answer, "error");
        return new AuthorizationResult { Code = Value(answer, "code"), State = Value(answer, "state"), Iss = Value(answer, "iss") };
    }

    private static string? Value(IQueryCollection answer, string name) => answer[name] is [{ } value] ? value : null;
}
