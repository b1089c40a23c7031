using System.Diagnostics;
using System.Text.Json.Nodes;

namespace GatewayStack.Platform.Tests.Architecture;

/// <summary>What BenchmarkDotNet writes below the output folder of a benchmark is a project in our tree.</summary>
public class BenchmarkProjectTests
{
    [Theory]
    [InlineData("bin/written", "false")]
    [InlineData("obj/other", "true")]
    public async Task A_project_that_a_benchmark_writes_is_built_without_our_rules(string folder, string rules)
    {
        // The one in "obj" shows that the rules hold elsewhere.
        var written = Directory.CreateDirectory(Repository.PathOf($"tests/bench/TransformBench/{folder}-{Guid.NewGuid():N}"));
        try
        {
            var project = Path.Combine(written.FullName, "TransformBench-Job-1.csproj");
            await File.WriteAllTextAsync(project, "<Project Sdk=\"Microsoft.NET.Sdk\" />", TestContext.Current.CancellationToken);
            string[] arguments = ["msbuild", project, "-nologo", "-getProperty:TreatWarningsAsErrors", "-getProperty:GenerateDocumentationFile", "-getProperty:EnforceCodeStyleInBuild"];
            var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, UseShellExecute = false };
            using var run = Process.Start(start)!;
            var output = await run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await run.WaitForExitAsync(TestContext.Current.CancellationToken);
            run.ExitCode.ShouldBe(0, output);
            JsonNode.Parse(output)!["Properties"]!.AsObject().Select(p => $"{p.Key} {p.Value}").ShouldBe(
                [$"TreatWarningsAsErrors {rules}", $"GenerateDocumentationFile {rules}", $"EnforceCodeStyleInBuild {rules}"]);
        }
        finally
        {
            written.Delete(recursive: true);
        }
    }
}
