namespace GatewayStack.EndToEnd.Tests.SignIn.Clients;

/// <summary>Applications that the demo issuer knows beforehand, and that no test can run.</summary>
internal static class KnownClients
{
    public static RegisteredClient ChatGpt { get; } = new("https://chatgpt.com/oauth/clinic1/client.json", "https://chatgpt.com/connector/oauth/cb1");

    public static RegisteredClient Claude { get; } = new("https://claude.ai/oauth/mcp-oauth-client-metadata", "https://claude.ai/api/mcp/auth_callback");

    public static RegisteredClient Native { get; } = new("clinic-ios", "https://clinic.example/ios/callback");

    public static RegisteredClient[] All => [ChatGpt, Claude, Native];
}
