using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayStack.EndToEnd.Tests.Callers;
using GatewayStack.EndToEnd.Tests.Gateway;

namespace GatewayStack.EndToEnd.Tests.SignIn.Clients;

/// <summary>A model for coding agents, which call no tool without one: it asks for one tool and says what the tool answered.</summary>
internal sealed class ScriptedModel : IAsyncDisposable
{
    private readonly Process _process;

    private ScriptedModel(Process process, string url)
    {
        _process = process;
        Url = url;
    }

    public string Url { get; }

    public static async Task<ScriptedModel> StartAsync(string tool, JsonObject arguments)
    {
        var output = new ProcessOutput();
        var listening = output.LineAsync(line => line.StartsWith("{\"url\":", StringComparison.Ordinal));
        var process = Process.Start(NodeTool.Script("scripted-model.mjs", new JsonObject { ["tool"] = tool, ["arguments"] = arguments.DeepClone() }.ToJsonString()))!;
        output.Attach(process);
        if (await Task.WhenAny(listening, process.WaitForExitAsync(TestContext.Current.CancellationToken)) != listening)
        {
            process.Kill();
            throw new InvalidOperationException("The model did not start:" + Environment.NewLine + output.Text);
        }

        return new ScriptedModel(process, JsonElement.Parse(await listening).GetProperty("url").GetString()!);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }
}
