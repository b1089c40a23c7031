using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Pipeline;

namespace GatewayStack.Router.Mcp;

/// <summary>Puts the facts of a call before Policy.</summary>
internal static class McpPolicyQuestion
{
    public static PolicyQuestion Create(Exchange exchange, string action, McpFacts facts, ContentMetadata content, DateTimeOffset now) => new()
    {
        RequestId = exchange.Context.RequestId,
        Identity = exchange.Context.Identity!,
        Assertion = exchange.Assertion,
        Action = action,
        Mcp = facts,
        Targets = [new PolicyTarget { Id = "0", Provider = facts.Server }],
        Content = content,
        Purpose = exchange.Context.Purpose,
        Now = now,
    };
}
