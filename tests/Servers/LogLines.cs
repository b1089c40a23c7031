using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace GatewayStack.TestServers;

/// <summary>Keeps what is logged, and says when a line of one event is there.</summary>
internal sealed class LogLines : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<string>> _written = new();

    public IReadOnlyList<string> All => [.. _lines];

    /// <summary>Ends when an event of this id is logged.</summary>
    public Task<string> WrittenAsync(int id) => Signal(id).Task.WaitAsync(Waiting.Most);

    public ILogger CreateLogger(string categoryName) => new Writer(this);

    public void Dispose()
    {
        // Nothing is held.
    }

    private TaskCompletionSource<string> Signal(int id) => _written.GetOrAdd(id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private sealed class Writer(LogLines owner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var line = formatter(state, exception);
            owner._lines.Enqueue(line);
            owner.Signal(eventId.Id).TrySetResult(line);
        }
    }
}
