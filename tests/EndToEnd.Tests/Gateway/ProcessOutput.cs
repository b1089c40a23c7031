using System.Diagnostics;
using System.Text;

namespace GatewayStack.EndToEnd.Tests.Gateway;

/// <summary>Everything a process prints, and a signal when it prints something awaited.</summary>
internal sealed class ProcessOutput
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private readonly List<(Func<string, bool> Wanted, TaskCompletionSource<string> Found)> _waiting = [];

    public string Text
    {
        get
        {
            lock (_lock)
            {
                return _text.ToString();
            }
        }
    }

    public void Attach(Process process)
    {
        process.OutputDataReceived += (_, line) => Add(line.Data);
        process.ErrorDataReceived += (_, line) => Add(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The next line that is wanted. Ask before the process is attached: lines that came earlier are not looked at.</summary>
    public Task<string> LineAsync(Func<string, bool> wanted)
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Add((wanted, found));
        }

        return found.Task;
    }

    private void Add(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lock)
        {
            _text.AppendLine(line);
            foreach (var (_, found) in _waiting.Where(w => w.Wanted(line)))
            {
                found.TrySetResult(line);
            }
        }
    }
}
