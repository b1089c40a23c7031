using System.ComponentModel;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace GatewayStack.McpUpstream.Conformance;

/// <summary>Tools that change the lists, so that subscribers hear of it.</summary>
internal sealed class ChangeTools
{
    [McpServerTool(Name = "test_trigger_tool_change")]
    [Description("Adds a tool and takes it away.")]
    public string ChangeToolList(RequestContext<CallToolRequestParams> context)
    {
        var tools = context.Server.ServerOptions.ToolCollection!;
        var tool = McpServerTool.Create(() => "here", new McpServerToolCreateOptions { Name = "test_dynamic_" + Guid.NewGuid().ToString("N"), Description = "Here for a moment." });
        tools.Add(tool);
        tools.Remove(tool);
        return "The tools changed.";
    }

    [McpServerTool(Name = "test_trigger_prompt_change")]
    [Description("Adds a prompt and takes it away.")]
    public string ChangePrompts(RequestContext<CallToolRequestParams> context)
    {
        var prompts = context.Server.ServerOptions.PromptCollection!;
        var prompt = McpServerPrompt.Create(() => "here", new McpServerPromptCreateOptions { Name = "test_dynamic_" + Guid.NewGuid().ToString("N"), Description = "Here for a moment." });
        prompts.Add(prompt);
        prompts.Remove(prompt);
        return "The prompts changed.";
    }
}
