using GatewayStack.TestServers;

namespace GatewayStack.Router.Tests.Support;

/// <summary>Holds the log at events of one type until it is released.</summary>
internal sealed class BlockedLog : IDisposable
{
    private readonly ManualResetEventSlim _open = new();
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public BlockedLog(EventLogDouble log, string type) => log.OnAppend = e =>
    {
        if (e.Type == type)
        {
            _reached.TrySetResult();
            _open.Wait(Waiting.Most);
        }

        return true;
    };

    /// <summary>Ends when the first such event is about to be recorded.</summary>
    public Task Reached => _reached.Task.WaitAsync(Waiting.Most);

    public void Release() => _open.Set();

    public void Dispose()
    {
        _open.Set();
        _open.Dispose();
    }
}
