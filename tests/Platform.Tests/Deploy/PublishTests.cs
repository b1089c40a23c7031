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
            // Both at once: what they share is built once.
            string[] projects = ["GatewayStack.Router.Service", "GatewayStack.Gateway"];
            var both = Path.Combine(folder.FullName, "both.slnf");
            await File.WriteAllTextAsync(
                both, JsonSerializer.Serialize(new { solution = new { path = Repository.PathOf("GatewayStack.sln"), projects = projects.Select(p => $"services/{p}/{p}.csproj") } }), Cancel);
            // Beside the tree: a publish without the demo must not replace what the build made with it. How the code reads was judged by the build.
            var artifacts = Path.Combine(folder.FullName, "artifacts");
            await RunAsync(
                "publish", both, "-c", "Release", "-p:Demo=false", "-p:RunAnalyzers=false", "-p:EnforceCodeStyleInBuild=false", "--artifacts-path", artifacts,
                "-nologo", "-v", "quiet", "-nodeReuse:false");
            foreach (var project in projects)
            {
                var output = new DirectoryInfo(Path.Combine(artifacts, "publish", project, "release"));
                var files = output.GetFiles("*", SearchOption.AllDirectories).Select(f => f.Name).ToList();
                files.ShouldContain($"{project}.dll");
                files.Where(f => f.Contains("Demo", StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
                await using var dependencies = File.OpenRead(Path.Combine(output.FullName, $"{project}.deps.json"));
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
