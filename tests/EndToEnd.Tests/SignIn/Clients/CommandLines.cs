using System.Text.Json.Nodes;
using GatewayStack.EndToEnd.Tests.SignIn.Browsing;
using GatewayStack.TestServers;

namespace GatewayStack.EndToEnd.Tests.SignIn.Clients;

/// <summary>Claude Code, as somebody uses it in a terminal.</summary>
internal sealed class ClaudeCode(ClientHome home)
{
    public Task<ClientRun> AddAsync(Uri route) => home.RunAsync("claude", ["mcp", "add", "--transport", "http", "gw", route.AbsoluteUri]);

    public Task<ClientRun> LoginAsync(Visitor visitor) => home.RunOnTerminalAsync("claude mcp login gw --no-browser", visitor);

    public Task<ClientRun> ListAsync() => home.RunAsync("claude", ["mcp", "list"]);

    /// <summary>Has it call a tool, and say what came of it.</summary>
    public async Task<ClientRun> CallAsync(string tool, JsonObject? arguments = null)
    {
        var model = await ScriptedModel.UrlAsync(tool, arguments ?? []);
        return await home.RunAsync(
            "claude", ["-p", "Do it", "--allowedTools", "mcp__gw"], null,
            ("ANTHROPIC_BASE_URL", model), ("ANTHROPIC_AUTH_TOKEN", "none"), ("ENABLE_TOOL_SEARCH", "false"), ("MCP_CONNECTION_NONBLOCKING", "false"));
    }
}

/// <summary>Codex, as somebody uses it in a terminal.</summary>
internal sealed class Codex(ClientHome home)
{
    /// <summary>Adds the server; it signs in at once.</summary>
    public Task<ClientRun> AddAsync(Uri route, Visitor visitor) => home.RunAsync("codex", ["mcp", "add", "gw", "--url", route.AbsoluteUri], visitor);

    /// <summary>Signs in again, with what the person adds.</summary>
    public Task<ClientRun> LoginAsync(Visitor visitor, params string[] more) => home.RunAsync("codex", ["mcp", "login", "gw", .. more], visitor);

    public Task<ClientRun> ListAsync() => home.RunAsync("codex", ["mcp", "list"]);

    /// <summary>Has it call a tool, and say what came of it.</summary>
    public async Task<ClientRun> CallAsync(string tool, JsonObject? arguments = null)
    {
        var model = await ScriptedModel.UrlAsync(tool, arguments ?? []);
        string[] settings = [$"base_url={model}/v1", "name=scripted", "env_key=MODEL_KEY", "wire_api=responses"];
        var provider = settings.SelectMany(s => new[] { "-c", "model_providers.scripted." + s });
        return await home.RunAsync(
            "codex",
            ["exec", "--skip-git-repo-check", "-m", "scripted", "-c", "model_provider=scripted", .. provider, "Do it"],
            null,
            ("MODEL_KEY", "none"));
    }
}

/// <summary>The inspector's command line.</summary>
internal sealed class Inspector(ClientHome home)
{
    private readonly string _callback = $"http://127.0.0.1:{TestPorts.Free()}/oauth/callback";

    public Task<ClientRun> RunAsync(Uri route, string era, Visitor? visitor, params string[] arguments) =>
        RunAsync([route.AbsoluteUri, "--transport", "http", "--protocol-era", era, .. arguments], visitor);

    /// <summary>Runs it on a configuration that asks for scopes of its own.</summary>
    public Task<ClientRun> RunAsync(Uri route, string[] scopes, Visitor? visitor, params string[] arguments)
    {
        var server = new JsonObject { ["type"] = "streamable-http", ["url"] = route.AbsoluteUri, ["oauth"] = new JsonObject { ["scopes"] = string.Join(' ', scopes) } };
        home.Write("servers.json", new JsonObject { ["mcpServers"] = new JsonObject { ["gw"] = server } }.ToJsonString());
        return RunAsync(["--config", "servers.json", "--server", "gw", .. arguments], visitor);
    }

    private Task<ClientRun> RunAsync(string[] arguments, Visitor? visitor) => home.RunAsync(
        "mcp-inspector",
        ["--cli", .. arguments, "--callback-url", _callback],
        visitor,
        ("MCP_AUTO_OPEN_ENABLED", "true"),
        ("MCP_INSPECTOR_SECRET_STORE", "file"));
}
