using System.Collections.Concurrent;
using GatewayStack.Limits.Redis;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Limits.Tests.Redis;

/// <summary>What a store has logged.</summary>
internal sealed class TestLog : ILogger<RedisCounterStore>
{
    public ConcurrentQueue<(int Id, string Text)> Lines { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue((eventId.Id, formatter(state, exception)));
}
