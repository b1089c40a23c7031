using System.Buffers.Text;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayStack.EndToEnd.Tests.Callers;
using GatewayStack.EndToEnd.Tests.Gateway;

namespace GatewayStack.EndToEnd.Tests.SignIn.Clients;

/// <summary>A model for coding agents, which call no tool without one: it asks for one tool and says what the tool answered. One for all tests; it ends with them.</summary>
internal static class ScriptedModel
{
    private static readonly Lazy<Task<string>> Started = new(StartAsync);

    /// <summary>Where the model is that asks for a tool.</summary>
    public static async Task<string> UrlAsync(string tool, JsonObject arguments)
    {
        var told = new JsonObject { ["tool"] = tool, ["arguments"] = arguments.DeepClone() };
        return $"{await Started.Value}/{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(told.ToJsonString()))}";
    }

    private static async Task<string> StartAsync()
    {
        var output = new ProcessOutput();
        var listening = output.LineAsync(line => line.StartsWith("{\"url\":", StringComparison.Ordinal));
        var process = Process.Start(NodeTool.Script("scripted-model.mjs"))!;
        output.Attach(process);
        if (await Task.WhenAny(listening, process.WaitForExitAsync()) != listening)
        {
            throw new InvalidOperationException("The model did not start:" + Environment.NewLine + output.Text);
        }

        return JsonElement.Parse(await listening).GetProperty("url").GetString()!;
    }
}
