using System.Collections.Immutable;
using GatewayStack.Contracts.Events;

namespace GatewayStack.Platform.Tests.Kafka;

/// <summary>A lease that everybody gets: makes a consumer take all partitions at once, whoever has them.</summary>
internal sealed class FreeLease : IConsumerLease
{
    public Task<IHeldLease> AcquireAsync(CancellationToken cancellationToken) => Task.FromResult<IHeldLease>(new OneLease.Holding(() => { }));
}

/// <summary>A lease that one has at a time, until the test takes it away.</summary>
#pragma warning disable CA1001 // A semaphore and a token source without handles.
internal sealed class OneLease : IConsumerLease
{
    private readonly SemaphoreSlim _free = new(1);
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Holding? _holding;

    /// <summary>Completes once somebody has it.</summary>
    public Task Held => _held.Task;

    public async Task<IHeldLease> AcquireAsync(CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        _holding = new Holding(() => _free.Release());
        _held.TrySetResult();
        return _holding;
    }

    public Task LoseAsync() => _holding!.LoseAsync();

    internal sealed class Holding(Action released) : IHeldLease
    {
        private readonly CancellationTokenSource _lost = new();

        public CancellationToken Lost => _lost.Token;

        public Task LoseAsync() => _lost.CancelAsync();

        public ValueTask DisposeAsync()
        {
            released();
            return ValueTask.CompletedTask;
        }
    }
}
#pragma warning restore CA1001

/// <summary>Offsets of a store that does not answer at first.</summary>
internal sealed class LateOffsets(IEventOffsets offsets, int failures) : IEventOffsets
{
    public int Calls { get; private set; }

    public Task<ImmutableArray<LogClaim>> ClaimAsync(string topic, ImmutableArray<int> partitions, CancellationToken cancellationToken) =>
        ++Calls > failures ? offsets.ClaimAsync(topic, partitions, cancellationToken) : throw new IOException("down");
}
