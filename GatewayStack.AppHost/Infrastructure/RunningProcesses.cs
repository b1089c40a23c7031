using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace GatewayStack.AppHost.Infrastructure;

/// <summary>
/// The processes of a stack, kept on record in its folder. The orchestrator ends them when the AppHost has ended, which takes seconds; until then their data is not free.
/// </summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class RunningProcesses(StackFolder folder)
{
    private const string PidProperty = "executable.pid";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    // A start is told from the time since the machine's, which differs by a little from one reading to the next.
    private static readonly TimeSpan SameStart = TimeSpan.FromSeconds(2);

    private readonly Lock _writing = new();
    private readonly ConcurrentDictionary<string, OneProcess> _processes = new(StringComparer.Ordinal);
    private readonly string _file = Path.Combine(folder.Path, "processes.json");

    /// <summary>Waits for what is left of a stack that crashed.</summary>
    /// <exception cref="StackRefusedException">It is still there after half a minute.</exception>
    public async Task WaitForOldAsync()
    {
        var old = Read();
        if (old.Any(p => p.Value.IsRunning()))
        {
            Console.WriteLine("Waiting for processes of the run before to end.");
        }

        await WaitForEndAsync(old);
        if (old.Where(p => p.Value.IsRunning()).Select(p => $"{p.Key} ({p.Value.Id})").ToList() is { Count: > 0 } left)
        {
            throw new StackRefusedException($"processes of the run before still have {folder.Path}: end {string.Join(", ", left)} first.");
        }
    }

    /// <summary>Keeps the record until the stack stops.</summary>
    public async Task WatchAsync(ResourceNotificationService notifications, CancellationToken stopping)
    {
        try
        {
            await foreach (var change in notifications.WatchAsync(stopping))
            {
                if (change.Snapshot.Properties.FirstOrDefault(p => p.Name == PidProperty)?.Value is { } value
                    && Convert.ToInt32(value, CultureInfo.InvariantCulture) is > 0 and var pid)
                {
                    Record(change.ResourceId, pid);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The stack stops.
        }
    }

    /// <summary>Waits until all of them have ended, half a minute at most.</summary>
    public async Task WaitForEndAsync()
    {
        await WaitForEndAsync(_processes);
        File.Delete(_file);
    }

    private static async Task WaitForEndAsync(IEnumerable<KeyValuePair<string, OneProcess>> processes)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!limit.IsCancellationRequested && processes.Any(p => p.Value.IsRunning()))
        {
            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    /// <summary>A service runs below a process of the SDK, which may end before it does.</summary>
    private static int[] ChildrenOf(int pid)
    {
        try
        {
            return [.. File.ReadAllText($"/proc/{pid}/task/{pid}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(c => int.Parse(c, CultureInfo.InvariantCulture))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Linux only; elsewhere the process of the SDK must do.
            return [];
        }
    }

    private void Record(string resource, int pid)
    {
        var found = ChildrenOf(pid).Select(child => (Name: $"{resource}/{child}", Id: child)).Prepend((Name: resource, Id: pid))
            .Where(p => !_processes.TryGetValue(p.Name, out var known) || known.Id != p.Id)
            .Select(p => (p.Name, Process: OneProcess.From(p.Id)))
            .Where(p => p.Process is not null)
            .ToList();
        foreach (var (name, process) in found)
        {
            _processes[name] = process!;
        }

        if (found.Count > 0)
        {
            Write();
        }
    }

    private Dictionary<string, OneProcess> Read()
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, OneProcess>>(File.ReadAllText(_file)) ?? [];
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return [];
        }
    }

    private void Write()
    {
        lock (_writing)
        {
            StackFolder.WritePrivate(_file, JsonSerializer.Serialize(_processes));
        }
    }

    /// <summary>A process id is used again; with the time it started at it is one process.</summary>
    private sealed record OneProcess(int Id, DateTime Started)
    {
        public static OneProcess? From(int id)
        {
            try
            {
                using var process = Process.GetProcessById(id);
                return new OneProcess(id, process.StartTime.ToUniversalTime());
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
            {
                return null;
            }
        }

        public bool IsRunning() => From(Id) is { } now && (now.Started - Started).Duration() < SameStart;
    }
}
