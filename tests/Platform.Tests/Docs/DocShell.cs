using System.Diagnostics;
using GatewayStack.Platform.Tests.Architecture;

namespace GatewayStack.Platform.Tests.Docs;

/// <summary>Runs the commands of a page in one shell, as a reader does.</summary>
internal static class DocShell
{
    private static readonly string[] Tools = ["bash", "curl", "grep"];

    /// <summary>Skips the test where a tool is missing, unless nothing may be skipped.</summary>
    public static void Require()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator);
        var missing = Tools.Where(t => !folders.Any(f => File.Exists(Path.Combine(f, t)))).ToList();
        if (missing.Count > 0)
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", $"The pages' commands need {string.Join(", ", missing)}.");
            Assert.Fail($"The pages' commands need {string.Join(", ", missing)}.");
        }
    }

    /// <summary>What each command printed.</summary>
    public static async Task<IReadOnlyList<string>> RunAsync(IReadOnlyList<string> commands, CancellationToken cancellationToken)
    {
        var mark = "end-" + Guid.NewGuid().ToString("N");
        using var shell = Process.Start(new ProcessStartInfo("bash")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = Repository.Root,
        })!;
        var output = shell.StandardOutput.ReadToEndAsync(cancellationToken);
        foreach (var command in commands)
        {
            await shell.StandardInput.WriteAsync($"{command}\nprintf '\\n{mark}\\n'\n".AsMemory(), cancellationToken);
        }

        shell.StandardInput.Close();
        var text = await output;
        await shell.WaitForExitAsync(cancellationToken);
        return [.. text.Split(mark).SkipLast(1).Select(o => o.Trim('\n'))];
    }
}
