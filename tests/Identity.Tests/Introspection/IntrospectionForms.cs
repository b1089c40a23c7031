using System.Text.Json.Nodes;
using GatewayStack.Identity.Tests.Support;

namespace GatewayStack.Identity.Tests.Introspection;

internal static class IntrospectionForms
{
    /// <summary>What a good issuer says of alice's token.</summary>
    public static JsonObject Good(TestIssuer issuer, string subject = "alice", int expires = 600) => new()
    {
        ["active"] = true,
        ["iss"] = issuer.Url,
        ["sub"] = subject,
        ["aud"] = "gateway",
        ["exp"] = TestClock.Start.ToUnixTimeSeconds() + expires,
        ["iat"] = TestClock.Start.ToUnixTimeSeconds(),
        ["client_id"] = "cli",
        ["scope"] = "chat:write calendar:read",
        ["token_type"] = "Bearer",
        ["tenant"] = "mercy",
        ["roles"] = new JsonArray("doctor"),
        ["sid"] = "s-1",
    };
}
