using GatewayStack.Router.Mcp.Answers;
using GatewayStack.Router.Mcp.Handles;
using GatewayStack.Router.Mcp.Lists;
using GatewayStack.Router.Mcp.Refusals;
using GatewayStack.Router.Mcp.Servers;
using GatewayStack.Router.Mcp.Tools;
using GatewayStack.Router.Mcp.Upstream;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace GatewayStack.Router.Mcp;

/// <summary>Adds what MCP routes need.</summary>
internal static class McpExtensions
{
    public static IServiceCollection AddMcpGateway(this IServiceCollection services)
    {
        services.TryAddSingleton<McpAddresses>();
        services.TryAddSingleton<McpDoor>();
        services.TryAddSingleton<McpResourceMetadata>();
        services.TryAddSingleton<HandleSeal>();
        services.TryAddSingleton<McpSignIn>();
        services.TryAddSingleton<McpChallenges>();
        services.TryAddSingleton<McpRefusalWriter>();
        services.TryAddSingleton<ToolCatalogue>();
        services.TryAddSingleton<ToolFetcher>();
        services.TryAddSingleton<ToolRuleReport>();
        services.TryAddSingleton<UnreadableResources>();
        services.AddHostedService<ToolLookAtStart>();
        services.TryAddSingleton<McpSubjects>();
        services.TryAddSingleton<McpCredentials>();
        services.TryAddSingleton<McpUpstream>();
        services.TryAddSingleton<KnownSessions>();
        services.TryAddSingleton<McpRetries>();
        services.TryAddSingleton<OpenStreams>();
        services.TryAddSingleton<SessionTakeover>();
        services.TryAddSingleton<ListFilter>();
        services.TryAddSingleton<ResultContent>();
        services.TryAddSingleton<AnswerReader>();
        services.TryAddSingleton<McpRelay>();
        services.AddKeyedSingleton<RequestDelegate>("mcp.preflight", (sp, _) => sp.GetRequiredService<McpDoor>().PreflightAsync);
        services.AddKeyedSingleton<RequestDelegate>("mcp.resource_metadata", (sp, _) => sp.GetRequiredService<McpResourceMetadata>().HandleAsync);
        services.AddKeyedSingleton<RequestDelegate>("mcp.resource_metadata.nested", (sp, _) => sp.GetRequiredService<McpResourceMetadata>().HandleAsync);
        return services;
    }
}
