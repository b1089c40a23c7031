using System.Diagnostics;
using System.Runtime.CompilerServices;
using GatewayStack.Events.Kafka.Consuming;

namespace GatewayStack.Platform.Tests.Kafka;

/// <summary>A consumer in a process of its own, to be killed.</summary>
internal sealed class ConsumerProcess : IAsyncDisposable
{
    /// <summary>The line it writes when a batch is written and not committed.</summary>
    public const string InTheMiddle = "in the middle";

    private const string Variable = "GATEWAYSTACK_TEST_CONSUMER";

    private readonly Process _process;

    private ConsumerProcess(Process process) => _process = process;

    /// <summary>Starts one on a harness' topics and store.</summary>
    /// <param name="kafka">The harness.</param>
    /// <param name="hangsAt">In the middle of which batch it hangs; 0 for none.</param>
    /// <param name="shares">True to share the partitions with other consumers, false to take them all.</param>
    public static ConsumerProcess Start(KafkaHarness kafka, int hangsAt, bool shares)
    {
        var own = Environment.ProcessPath!;
        var start = new ProcessStartInfo(own)
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment = { [Variable] = string.Join('|', kafka.Connection.Servers, kafka.Options.TopicPrefix, kafka.Options.UsagePartitions, kafka.StoreFile, hangsAt, shares) },
        };
        if (Path.GetFileNameWithoutExtension(own) == "dotnet")
        {
            start.ArgumentList.Add(typeof(ConsumerProcess).Assembly.Location);
        }

        return new ConsumerProcess(Process.Start(start)!);
    }

    /// <summary>Waits for its next line.</summary>
    public async Task<string?> ReadAsync() => await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

    /// <summary>Ends it at once.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    /// <summary>In the child, consumes until it is killed. Runs instead of the tests.</summary>
    [ModuleInitializer]
    internal static void RunAsChild()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } said)
        {
            return;
        }

        var parts = said.Split('|');
        var options = KafkaHarness.NewOptions(int.Parse(parts[2])) with { TopicPrefix = parts[1], SessionSeconds = 6 };
        var store = new ConsumerStore(parts[3]);
        var (batches, hangsAt) = (0, int.Parse(parts[4]));
        store.InTheMiddle = _ =>
        {
            if (++batches != hangsAt)
            {
                return Task.CompletedTask;
            }

            Console.WriteLine(InTheMiddle);
            return Task.Delay(Timeout.Infinite);
        };
        var kafka = KafkaHarness.On(parts[0], options);

        // On this thread: until it is through here, no other one gets into this assembly.
        new ConsumerSession(kafka.PartsFor(store, bool.Parse(parts[5]) ? null : new FreeLease())).Run(CancellationToken.None);
    }
}
