using System.Diagnostics;
using System.Reflection;

namespace GatewayStack.Router.Tests.Support;

/// <summary>Runs a script of the Node clients. Where Node or they are missing the test is skipped; with CI=true it fails.</summary>
internal static class NodeScript
{
    private static string Folder => typeof(NodeScript).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "NodeClients").Value!;

    /// <returns>What the script printed.</returns>
    public static async Task<string> RunAsync(string script, string input, CancellationToken cancellationToken)
    {
        var node = Path.Combine(Folder, "node_modules", ".bin", "node");
        if (!File.Exists(node))
        {
            const string missing = "The Node clients are not installed: run tests/run.sh, or 'npm ci' in tests/EndToEnd.Tests/node.";
            Assert.SkipUnless(string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase), missing);
            Assert.Fail(missing);
        }

        using var process = Process.Start(new ProcessStartInfo(node, [Path.Combine(Folder, script)])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder,
        })!;
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
            process.StandardInput.Close();
            await process.WaitForExitAsync(cancellationToken);
            process.ExitCode.ShouldBe(0, await errors);
            return await output;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
