using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayStack.EndToEnd.Tests.Callers;
using GatewayStack.EndToEnd.Tests.Gateway;

namespace GatewayStack.EndToEnd.Tests.Mcp.Clients;

/// <summary>What a program printed, and how it ended.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Errors);

/// <summary>Runs the MCP clients of <c>node/</c>, with a home of their own.</summary>
internal static class McpNode
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(90);

    private static string Bin => Path.Combine(BuildOutput.NodeClients, "node_modules", ".bin");

    /// <summary>Skips the test where the clients are missing, unless nothing may be skipped.</summary>
    public static void Require()
    {
        NodeTool.Require();
        if (!File.Exists(Path.Combine(Bin, "conformance")))
        {
            const string Missing = "The MCP clients are not installed: run tests/run.sh, or 'npm ci' in tests/EndToEnd.Tests/node.";
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") is "true", Missing);
            Assert.Fail(Missing);
        }
    }

    /// <summary>Runs a script of ours with its input as JSON, and reads its last line as JSON.</summary>
    public static async Task<JsonElement> ScriptAsync(string name, JsonObject input)
    {
        var run = await RunAsync(NodeTool.Script(name), input.ToJsonString());
        run.ExitCode.ShouldBe(0, run.Errors);
        return JsonElement.Parse(run.Output.TrimEnd().Split('\n')[^1]);
    }

    /// <summary>Runs a command of a package.</summary>
    public static Task<ToolRun> CommandAsync(string command, TempFolder home, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Bin, command), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = home.Path,
        };
        start.Environment["PATH"] = Bin + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
        start.Environment["HOME"] = home.Path;
        start.Environment["CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC"] = "1";
        start.Environment["DISABLE_AUTOUPDATER"] = "1";
        return RunAsync(start, string.Empty);
    }

    private static async Task<ToolRun> RunAsync(ProcessStartInfo start, string input)
    {
        using var process = Process.Start(start)!;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Longest);
        try
        {
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync(deadline.Token);
            var output = await process.StandardOutput.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return new ToolRun(process.ExitCode, output, await errors);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
