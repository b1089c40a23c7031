using Confluent.Kafka;

namespace GatewayStack.Events.Kafka.Producing;

/// <summary>The delivery reports of one batch. Complete when every event has one.</summary>
internal sealed class Delivery(int count)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ErrorCode?[] _codes = new ErrorCode?[count];
    private int _waiting = count;

    public Task Done => _done.Task;

    /// <summary>How many events from the first are stored by the brokers, once it is done.</summary>
    public int Stored => Array.FindIndex(_codes, c => c != ErrorCode.NoError) is var first and >= 0 ? first : _codes.Length;

    /// <summary>Why the first that is not stored is not.</summary>
    public ErrorCode? Failure => Array.Find(_codes, c => c != ErrorCode.NoError);

    public void Report(int index, ErrorCode code)
    {
        _codes[index] = code;
        if (Interlocked.Decrement(ref _waiting) == 0)
        {
            _done.SetResult();
        }
    }

    /// <summary>Reports everything from an event on that was never sent.</summary>
    public void ReportFrom(int index, ErrorCode code)
    {
        for (var i = index; i < _codes.Length; i++)
        {
            Report(i, code);
        }
    }
}
