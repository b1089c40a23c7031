using System.Diagnostics;
using GatewayStack.EndToEnd.Tests.Gateway;

namespace GatewayStack.EndToEnd.Tests.Callers;

/// <summary>Node and the packages of the clients. Where they are missing, their tests are skipped; with CI=true they fail.</summary>
internal static class NodeTool
{
    private const string Missing = "The Node clients are not installed: run tests/run.sh, or 'npm ci' in tests/EndToEnd.Tests/node.";

    private static string Node => Path.Combine(BuildOutput.NodeClients, "node_modules", ".bin", "node");

    public static bool IsInstalled => File.Exists(Node) && File.Exists(Path.Combine(BuildOutput.NodeClients, "node_modules", "openai", "package.json"));

    /// <summary>Skips the test where Node is missing, unless nothing may be skipped.</summary>
    public static void Require()
    {
        if (IsInstalled)
        {
            return;
        }

        if (string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase))
        {
            Assert.Fail(Missing);
        }

        Assert.Skip(Missing);
    }

    public static ProcessStartInfo Script(string name, params string[] arguments) => new(Node, [Path.Combine(BuildOutput.NodeClients, name), .. arguments])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        UseShellExecute = false,
        WorkingDirectory = BuildOutput.NodeClients,
    };
}
