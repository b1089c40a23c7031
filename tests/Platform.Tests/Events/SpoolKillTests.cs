using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using GatewayStack.Contracts.Events;

namespace GatewayStack.Platform.Tests.Events;

public sealed class SpoolKillTests : IDisposable
{
    private const string FolderVariable = "GATEWAYSTACK_TEST_SPOOL";

    private readonly SpoolHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Everything_acknowledged_before_a_SIGKILL_is_there_after_it()
    {
        for (var round = 1; round <= 3; round++)
        {
            var acknowledged = await RunAndKillAsync(400 * round);

            using var spool = await _harness.OpenAsync();
            // Each round opens twice: the child's epoch, then this one.
            var written = _harness.ReadAll(spool).Where(e => e.Epoch == (2 * round) - 1).ToList();
            written.Count(e => e.Event.Type == EventTypes.Decision).ShouldBeGreaterThan(0);
            written.Select(e => e.Sequence).ShouldBe(Enumerable.Range(1, written.Count).Select(i => (long)i));
            written.Count.ShouldBeGreaterThanOrEqualTo(acknowledged);
        }
    }

    /// <summary>In the child, appends until it is killed, and writes each number once it is acknowledged. Runs instead of the tests.</summary>
    [ModuleInitializer]
    internal static void RunAsChild()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is not { Length: > 0 } folder)
        {
            return;
        }

        // It runs far ahead of whoever reads its lines: the spool must not be full before it is killed.
        using var harness = new SpoolHarness(folder);
        harness.Options = harness.Options with { MaxBytes = 1L << 30 };
        var spool = harness.OpenAsync(CancellationToken.None).GetAwaiter().GetResult();
        using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        for (var i = 0; ; i++)
        {
            var position = spool.Append(i % 2 == 0 ? EventSamples.Decision($"{spool.Folder.Epoch}-{i}") : EventSamples.Outcome($"{spool.Folder.Epoch}-{i - 1}")).Position!;
            output.WriteLine(position.Sequence.ToString(CultureInfo.InvariantCulture));
        }
    }

    private async Task<int> RunAndKillAsync(int lines)
    {
        var own = Environment.ProcessPath!;
        var hosted = Path.GetFileNameWithoutExtension(own) == "dotnet";
        var start = new ProcessStartInfo(own) { RedirectStandardOutput = true, UseShellExecute = false, Environment = { [FolderVariable] = _harness.Folder } };
        if (hosted)
        {
            start.ArgumentList.Add(typeof(SpoolKillTests).Assembly.Location);
        }

        using var child = Process.Start(start)!;
        string? last = null;
        for (var i = 0; i < lines; i++)
        {
            last = await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("the child ended by itself");
        }

        child.Kill();
        while (await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } more)
        {
            last = int.TryParse(more, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? more : last;
        }

        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        return int.Parse(last!, CultureInfo.InvariantCulture);
    }
}
