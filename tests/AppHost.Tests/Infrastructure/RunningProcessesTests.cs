using System.Diagnostics;
using System.Text.Json;
using GatewayStack.AppHost.Infrastructure;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.AppHost.Tests.Infrastructure;

public sealed class RunningProcessesTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("gatewaystack-processes-");

    [Fact]
    public async Task What_a_crash_left_is_waited_for()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sleep is a Unix program.");
        using var stack = Open();
        using var left = Process.Start("sleep", "60");
        Record(stack, left.Id, left.StartTime.ToUniversalTime());
        var waiting = new RunningProcesses(stack).WaitForOldAsync();
        waiting.IsCompleted.ShouldBeFalse();
        left.Kill();
        await waiting;
    }

    [Fact]
    public async Task Another_process_that_was_given_the_same_number_is_not()
    {
        using var stack = Open();
        using var own = Process.GetCurrentProcess();
        Record(stack, own.Id, own.StartTime.ToUniversalTime().AddHours(-1));
        await new RunningProcesses(stack).WaitForOldAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"a\":")]
    public async Task A_record_that_a_crash_cut_off_is_no_record(string text)
    {
        using var stack = Open();
        await File.WriteAllTextAsync(Path.Combine(stack.Path, "processes.json"), text, TestContext.Current.CancellationToken);
        await new RunningProcesses(stack).WaitForOldAsync();
    }

    public void Dispose() => _root.Delete(recursive: true);

    private static void Record(StackFolder stack, int id, DateTime started) => File.WriteAllText(
        Path.Combine(stack.Path, "processes.json"),
        JsonSerializer.Serialize(new Dictionary<string, object> { ["limits"] = new { Id = id, Started = started } }));

    private StackFolder Open() => StackFolder.Open(
        new ConfigurationBuilder().AddInMemoryCollection([new("Infrastructure:Data", Path.Combine(_root.FullName, "stack"))]).Build(),
        new FormChoice(InfrastructureForm.Embedded, "a test"));
}
