namespace GatewayStack.Contracts.Policy;

/// <summary>Actions that routes fix and rules name.</summary>
public static class GatewayActions
{
    /// <summary>A model is asked.</summary>
    public const string ModelCall = "model.call";

    /// <summary>Models are listed.</summary>
    public const string ModelList = "model.list";

    /// <summary>A backend is called.</summary>
    public const string BackendCall = "backend.call";

    /// <summary>A tool of an MCP server is called.</summary>
    public const string ToolCall = "tool.call";

    /// <summary>A resource of an MCP server is read, or subscribed to.</summary>
    public const string ResourceRead = "resource.read";

    /// <summary>A prompt of an MCP server is fetched.</summary>
    public const string PromptGet = "prompt.get";

    /// <summary>An MCP method that is none of the others: the protocol's own, and methods the gateway does not know.</summary>
    public const string McpMethod = "mcp.method";

    /// <summary>The caller's own limits are read.</summary>
    public const string LimitsRead = "limits.read";

    /// <summary>The audit is read.</summary>
    public const string AuditRead = "audit.read";

    /// <summary>The apps that act for the caller are read.</summary>
    public const string ClientsRead = "clients.read";

    /// <summary>The caller cuts off an app that acts for them, or lets it in again.</summary>
    public const string ClientsManage = "clients.manage";

    /// <summary>Configuration is read on the management address.</summary>
    public const string AdminRead = "admin.read";

    /// <summary>Configuration is changed on the management address.</summary>
    public const string AdminWrite = "admin.write";
}
