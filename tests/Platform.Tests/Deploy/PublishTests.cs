using System.Diagnostics;
using System.Text.Json;
using GatewayStack.Platform.Tests.Architecture;

namespace GatewayStack.Platform.Tests.Deploy;

/// <summary>What an image is made of has no part of the demo.</summary>
public sealed class PublishTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Published_output_has_no_demo()
    {
        var folder = Directory.CreateTempSubdirectory("gatewaystack-publish-");
        try
        {
            foreach (var project in (string[])["Router.Service", "Gateway"])
            {
                var output = new DirectoryInfo(Path.Combine(folder.FullName, project));
                // Beside the tree: a publish without the demo must not replace what the build made with it. How the code reads was judged by the build.
                await RunAsync(
                    "publish", Repository.PathOf($"services/GatewayStack.{project}"), "-p:Demo=false", "-p:RunAnalyzers=false", "-p:EnforceCodeStyleInBuild=false",
                    "--artifacts-path", Path.Combine(folder.FullName, "artifacts"), "-o", output.FullName, "-nologo", "-v", "quiet", "-nodeReuse:false");
                var files = output.GetFiles("*", SearchOption.AllDirectories).Select(f => f.Name).ToList();
                files.ShouldContain($"GatewayStack.{project}.dll");
                files.Where(f => f.Contains("Demo", StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
                await using var dependencies = File.OpenRead(Path.Combine(output.FullName, $"GatewayStack.{project}.deps.json"));
                using var json = await JsonDocument.ParseAsync(dependencies, cancellationToken: Cancel);
                json.RootElement.GetProperty("libraries").EnumerateObject().Select(l => l.Name).Where(n => n.Contains("Demo", StringComparison.Ordinal)).ShouldBeEmpty();
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = process.StandardOutput.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        process.ExitCode.ShouldBe(0, await output);
    }
}
