using System.Threading.Channels;
using GatewayStack.Contracts.Router;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Modules;

namespace GatewayStack.Router.Providers.Answers;

/// <summary>Takes the texts of one answer through Transform: for each piece that goes in, one comes out.</summary>
/// <remarks>Belongs to one answer: not safe for concurrent use. Once lost, it stays lost.</remarks>
internal sealed class AnswerSession : IAsyncDisposable
{
    /// <summary>An answer that comes whole may be long.</summary>
    private const double MillisecondsPerKib = 2;

    private readonly Channel<ResponseDelta> _input = Channel.CreateUnbounded<ResponseDelta>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly CancellationTokenSource _stop;
    private readonly IAsyncEnumerator<ResponseDelta> _output;
    private readonly TimeSpan _deadline;
    private readonly TimeProvider _time;
    private readonly Action<Exception> _lost;
    private TimeSpan _longest;
    private bool _isStarted;
    private bool _isAbandoned;

    public AnswerSession(ITransformModule transform, ResponseSession session, TimeSpan deadline, TimeProvider time, Action<Exception> lost, CancellationToken cancellationToken)
    {
        (_deadline, _time, _lost) = (deadline, time, lost);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _output = transform.TransformResponseAsync(session, _input.Reader.ReadAllAsync(_stop.Token), _stop.Token).GetAsyncEnumerator(_stop.Token);
    }

    /// <summary>True when the module does not answer any more.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Sends pieces and adds what comes out to <paramref name="treated"/>, in the same order.</summary>
    /// <returns>False when the session is lost.</returns>
    public async ValueTask<bool> TreatAsync(IReadOnlyList<ResponseDelta> deltas, ICollection<ResponseDelta> treated, CancellationToken cancellationToken)
    {
        if (IsLost)
        {
            return false;
        }

        foreach (var delta in deltas)
        {
            _input.Writer.TryWrite(delta);
        }

        _isStarted = true;
        _longest = _deadline + TimeSpan.FromMilliseconds(MillisecondsPerKib * (deltas.Sum(d => (double)d.Text.Length) / 1024));
        foreach (var delta in deltas)
        {
            switch (await NextAsync(cancellationToken))
            {
                case null:
                    return false;
                case false:
                    Lose(new ModuleCallException(ModuleNames.Transform, ModuleFault.Broken));
                    return false;
                case true when !string.Equals(_output.Current.Channel, delta.Channel, StringComparison.Ordinal):
                    Lose(new InvalidDataException("A piece of another channel came out."));
                    return false;
                default:
                    treated.Add(_output.Current);
                    break;
            }
        }

        return true;
    }

    /// <summary>Ends the session in good order, where it still is one.</summary>
    public async ValueTask DisposeAsync()
    {
        _input.Writer.TryComplete();
        if (_isStarted && !IsLost)
        {
            await EndAsync();
        }

        if (!_isAbandoned)
        {
            await _stop.CancelAsync();
            await ReleaseAsync();
        }

        _stop.Dispose();
    }

    /// <summary>Waits for the end, so that the module does not see a caller that went away; everything was asked for before.</summary>
    private async ValueTask EndAsync()
    {
        try
        {
            await NextAsync(_stop.Token);
        }
        catch (OperationCanceledException)
        {
            // The caller is gone; nobody waits for the end.
        }
    }

    /// <returns>Whether there is a next piece; null when the session is lost.</returns>
    private async ValueTask<bool?> NextAsync(CancellationToken cancellationToken)
    {
        var next = _output.MoveNextAsync();
        if (next.IsCompletedSuccessfully)
        {
            return next.Result;
        }

        var task = next.AsTask();
        try
        {
            return await task.WaitAsync(_longest, _time, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            IsLost = true;
            await AbandonAsync(task);
            throw;
        }
        catch (Exception e)
        {
            Lose(e);
            await AbandonAsync(task);
            return null;
        }
    }

    private void Lose(Exception reason)
    {
        IsLost = true;
        _lost(reason);
    }

    /// <summary>An enumerator may be disposed of only once it is not under way any more: nobody waits for that.</summary>
    private async ValueTask AbandonAsync(Task next)
    {
        _isAbandoned = true;
        await _stop.CancelAsync();
        _ = ReleaseAfterAsync(next);
    }

    private async Task ReleaseAfterAsync(Task next)
    {
        await next.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await ReleaseAsync();
    }

    private async ValueTask ReleaseAsync()
    {
        try
        {
            await _output.DisposeAsync();
        }
        catch (Exception e) when (e is OperationCanceledException or ModuleCallException)
        {
            // The end of what has ended already.
        }
    }
}
