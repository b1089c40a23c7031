using System.Globalization;

namespace GatewayStack.AppHost.Tests.Stacks;

/// <summary>
/// The processes of one stack, by its data folder: it stands in the environment of services and of Kafka, on Postgres' command line, and Redis and all of Postgres' children
/// work in it. The orchestrator's are known by the process that they watch.
/// </summary>
internal static class StackProcesses
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Their command lines.</summary>
    public static List<string> Find(string data, int watched)
    {
        var found = new List<string>();
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(f => int.TryParse(Path.GetFileName(f), CultureInfo.InvariantCulture, out var pid) && pid != Environment.ProcessId && pid != watched))
        {
            var command = Read(Path.Combine(folder, "cmdline"));
            if (command.Length > 0 && (command.Contains(data, StringComparison.Ordinal)
                || (command.Contains("/dcp", StringComparison.Ordinal) && command.Contains($"--monitor {watched} ", StringComparison.Ordinal))
                || Read(Path.Combine(folder, "environ")).Contains(data, StringComparison.Ordinal)
                || WorksIn(folder).StartsWith(data, StringComparison.Ordinal)))
            {
                found.Add($"{Path.GetFileName(folder)}: {command}");
            }
        }

        return found;
    }

    /// <summary>Waits until none is left, or fails with those that are.</summary>
    public static async Task WaitUntilGoneAsync(string data, int watched, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        while (Find(data, watched) is { Count: > 0 } left)
        {
            if (limit.IsCancellationRequested)
            {
                Assert.Fail("Still there: " + string.Join('\n', left));
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    private static string WorksIn(string folder)
    {
        try
        {
            return File.ResolveLinkTarget(Path.Combine(folder, "cwd"), returnFinalTarget: false)?.FullName ?? string.Empty;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file).Replace('\0', ' ');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }
}
