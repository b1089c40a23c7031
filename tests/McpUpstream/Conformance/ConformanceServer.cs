using System.Text.Json;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace GatewayStack.McpUpstream.Conformance;

/// <summary>The server that the conformance suite expects: its tools, prompts and resources, by the names the suite gives them.</summary>
internal static class ConformanceServer
{
    public static void AddConformanceServer(this IServiceCollection services)
    {
        services.AddDistributedMemoryCache();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<SignedState>();
        services.AddMcpServer(options =>
            {
                options.ServerInfo = new Implementation { Name = "conformance-upstream", Version = "1.0.0" };
                options.Capabilities = new ServerCapabilities { Logging = new LoggingCapability() };
            })
            .WithHttpTransport(http => http.SessionMode = HttpServerSessionMode.StatefulForInitializeClients)
            .WithDistributedCacheEventStreamStore()
            .WithTools<ContentTools>()
            .WithTools<ClientTools>()
            .WithTools<InputRequiredTools>()
            .WithTools<ChangeTools>()
            .WithTools([SchemaTool()])
            .WithPrompts<ConformancePrompts>()
            .WithResources<ConformanceResources>()
            .WithCompleteHandler((_, _) => ValueTask.FromResult(new CompleteResult { Completion = new Completion { Values = ["paris", "park", "party"], Total = 3, HasMore = false } }))
            .WithSubscribeToResourcesHandler((_, _) => ValueTask.FromResult(new EmptyResult()))
            .WithUnsubscribeFromResourcesHandler((_, _) => ValueTask.FromResult(new EmptyResult()));
    }

    // Keywords that only come through where schemas are passed on as they are.
    private static McpServerTool SchemaTool()
    {
        var tool = McpServerTool.Create((string? name = null) => $"Hello, {name}", new McpServerToolCreateOptions { Name = "json_schema_2020_12_tool", Description = "Has a schema with many keywords." });
        tool.ProtocolTool.InputSchema = JsonElement.Parse("""
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "type": "object",
              "$defs": { "address": { "$anchor": "addressDef", "type": "object", "properties": { "street": { "type": "string" }, "city": { "type": "string" } } } },
              "properties": {
                "name": { "type": "string" },
                "address": { "$ref": "#/$defs/address" },
                "contactMethod": { "type": "string", "enum": ["phone", "email"] },
                "phone": { "type": "string" },
                "email": { "type": "string" }
              },
              "allOf": [{ "anyOf": [{ "required": ["phone"] }, { "required": ["email"] }] }],
              "if": { "properties": { "contactMethod": { "const": "phone" } }, "required": ["contactMethod"] },
              "then": { "required": ["phone"] },
              "else": { "required": ["email"] },
              "additionalProperties": false
            }
            """);
        return tool;
    }
}
