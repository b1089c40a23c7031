using Confluent.Kafka;

namespace GatewayStack.Events.Kafka.Producing;

/// <summary>The delivery reports of one batch. Complete when every event has one.</summary>
internal sealed class Delivery(int count)
{
    /// <summary>
    /// How long reports may still come once one has failed. The producer has broken off then: an event that it took in that moment stays in its queue, without a report and, as no
    /// time is set for messages, without end.
    /// </summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ErrorCode?[] _codes = new ErrorCode?[count];
    private int _waiting = count;

    /// <summary>How many events from the first are stored by the brokers, as far as they have said.</summary>
    public int Stored => Array.FindIndex(_codes, c => c != ErrorCode.NoError) is var first and >= 0 ? first : _codes.Length;

    /// <summary>Why the first that failed did; null where none has.</summary>
    public ErrorCode? Failure => Array.Find(_codes, c => c is not (null or ErrorCode.NoError));

    /// <summary>Waits until every event has its report, or one has failed and the others have had their time.</summary>
    public async Task WaitAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        await Task.WhenAny(_done.Task, _failed.Task).WaitAsync(cancellationToken);
        try
        {
            await _done.Task.WaitAsync(Grace, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // What nobody reports counts as not stored: it is sent again, and a consumer passes over what it has.
        }
    }

    public void Report(int index, ErrorCode code)
    {
        _codes[index] = code;
        if (code != ErrorCode.NoError)
        {
            _failed.TrySetResult();
        }

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
