using GatewayStack.Contracts.Router;
using Grpc.Core;

namespace GatewayStack.Wire.Channels;

/// <summary>An open bidirectional stream to a module. One writer and one reader at a time.</summary>
/// <remarks>Ends are judged as those of a <see cref="ModuleCaller"/>'s calls are. Disposing it ends the call.</remarks>
internal sealed class ModuleStream<TMessage, TReply>(ModuleCaller caller, CallTrace trace, AsyncDuplexStreamingCall<TMessage, TReply> call) : IDisposable
{
    private volatile bool _disposed;

    public CallTrace Trace => trace;

    /// <exception cref="ModuleCallException">The stream ended.</exception>
    public async Task WriteAsync(TMessage message, CancellationToken cancellationToken)
    {
        if (await TryWriteAsync(message, cancellationToken) is { } end)
        {
            throw caller.Judge(end, trace, cancellationToken);
        }
    }

    /// <summary>Writes, and leaves it to the caller to judge.</summary>
    /// <returns>How the stream ended; null where the message was written.</returns>
    public async Task<Exception?> TryWriteAsync(TMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await call.RequestStream.WriteAsync(message, cancellationToken);
            return null;
        }
        catch (Exception e) when (ModuleCaller.IsEnd(e) || (e is InvalidOperationException && !cancellationToken.IsCancellationRequested))
        {
            return await EndAsync(e, cancellationToken);
        }
    }

    /// <summary>Says that nothing more comes.</summary>
    public async Task CompleteAsync()
    {
        try
        {
            await call.RequestStream.CompleteAsync();
        }
        catch (Exception e) when (ModuleCaller.IsEnd(e))
        {
            throw caller.Judge(e, trace, CancellationToken.None);
        }
    }

    /// <summary>The next reply; null at the end.</summary>
    /// <exception cref="ModuleCallException">The stream ended otherwise.</exception>
    public async Task<TReply?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!await call.ResponseStream.MoveNext(cancellationToken))
            {
                return default;
            }

            caller.Answered(trace);
            return call.ResponseStream.Current;
        }
        catch (Exception e) when (ModuleCaller.IsEnd(e))
        {
            // Who ends the call has no question about whose fault that is.
            throw _disposed ? new OperationCanceledException("The stream was disposed of.", e) : caller.Judge(e, trace, cancellationToken);
        }
    }

    public void Dispose()
    {
        _disposed = true;
        call.Dispose();
    }

    // A write that fails says only that the call has ended. How it ended (by the module, or because no connection could be made) is said by the wait for its answer.
    private async Task<Exception> EndAsync(Exception failed, CancellationToken cancellationToken)
    {
        try
        {
            _ = await call.ResponseHeadersAsync.WaitAsync(cancellationToken);
        }
        catch (Exception e) when (ModuleCaller.IsEnd(e))
        {
            return e;
        }

        return failed is InvalidOperationException ? new RpcException(new Status(StatusCode.Aborted, "The stream was ended by the module.", failed)) : failed;
    }
}
