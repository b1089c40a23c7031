using GatewayStack.Credentials;
using GatewayStack.Credentials.ClientModel;
using GatewayStack.Credentials.Http;
using ModelContextProtocol.Client;
using OpenAI;
using OpenAI.Chat;

namespace GatewayStack.Cli.Tests.Docs;

/// <summary>What <c>docs/tokens.md</c> shows of the package.</summary>
internal static class CredentialsSnippet
{
    public static (ChatClient Chat, HttpClientTransport Calendar) Create()
    {
        // snippet: credentials
        // By the sign-in of `gatewaystack login`; FromCommand runs a token command, FromClient is a program's own client.
        var credential = RenewingCredential.FromLogin();

        // OpenAI .NET
        var chat = new ChatClient("gpt-4o-mini", new CredentialPolicy(credential), new OpenAIClientOptions { Endpoint = new Uri(credential.Gateway, "/v1") });

        // Whatever takes an HttpClient, such as the MCP SDK
        var http = new HttpClient(new CredentialHandler(credential, new SocketsHttpHandler()));
        var calendar = new HttpClientTransport(new HttpClientTransportOptions { Endpoint = new Uri(credential.Gateway, "/mcp/calendar") }, http);
        // endsnippet
        return (chat, calendar);
    }
}
