using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Router;
using GatewayStack.Wire.Channels;
using Grpc.Core;

namespace GatewayStack.Wire.Events;

/// <summary>A consumer in another process. Batches go through one stream, each waiting for the acknowledgement of the one before.</summary>
internal sealed class EventSinkClient : IEventSink, IDisposable
{
    private readonly ModuleCaller _module;
    private readonly Func<CallOptions, AsyncDuplexStreamingCall<V1.AppendRequest, V1.EventAcknowledgement>> _append;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private OpenStream? _stream;

    public EventSinkClient(string name, ModuleCaller module)
    {
        var client = new V1.EventSink.EventSinkClient(module.Invoker);
        (Name, _module, _append) = (name, module, client.Append);
    }

    public string Name { get; }

    public async Task<EventAcknowledgement> AppendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        var message = new V1.AppendRequest { Sink = Name, Batch = EventsMapper.ToMessage(batch) };
        await _turn.WaitAsync(cancellationToken);
        try
        {
            // A stream that was idle may have been ended by its server long ago; a repeated batch has no second effect.
            var acknowledged = _stream is null ? null : await TryReuseAsync(_stream, message, cancellationToken);
            acknowledged ??= await AppendAnewAsync(message, cancellationToken);
            return EventsMapper.ToRecord(acknowledged, batch.Events.Length);
        }
        catch
        {
            // Whatever comes next on this stream would be the acknowledgement of this batch.
            Close();
            throw;
        }
        finally
        {
            _ = _turn.Release();
        }
    }

    public void Dispose()
    {
        Close();
        _turn.Dispose();
    }

    private async Task<V1.EventAcknowledgement?> TryReuseAsync(OpenStream stream, V1.AppendRequest message, CancellationToken cancellationToken)
    {
        try
        {
            if (!stream.HasEnded)
            {
                await stream.WriteAsync(message, cancellationToken);
                if (await stream.ReadAsync(cancellationToken) is { } acknowledged)
                {
                    return acknowledged;
                }
            }
        }
        catch (Exception e) when (e is ModuleCallException { Fault: ModuleFault.Broken } || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
        }

        Close();
        return null;
    }

    private async Task<V1.EventAcknowledgement> AppendAnewAsync(V1.AppendRequest message, CancellationToken cancellationToken)
    {
        _stream = new OpenStream(await _module.OpenAsync(_append, message, assertion: null, cancellationToken));
        return await _stream.ReadAsync(cancellationToken) ?? throw new ModuleCallException(_module.Module, ModuleFault.Broken);
    }

    private void Close()
    {
        _stream?.Dispose();
        _stream = null;
    }

    /// <summary>A stream that is always read from: an end that comes while it is idle is answered at once, so that it does not hold up a server that stops.</summary>
    private sealed class OpenStream : IDisposable
    {
        private readonly ModuleStream<V1.AppendRequest, V1.EventAcknowledgement> _stream;
        private Task<V1.EventAcknowledgement?> _next;

        public OpenStream(ModuleStream<V1.AppendRequest, V1.EventAcknowledgement> stream)
        {
            _stream = stream;
            _next = NextAsync();
        }

        public bool HasEnded => _next.IsCompleted;

        public Task WriteAsync(V1.AppendRequest message, CancellationToken cancellationToken) => _stream.WriteAsync(message, cancellationToken);

        public async Task<V1.EventAcknowledgement?> ReadAsync(CancellationToken cancellationToken)
        {
            var reply = await _next.WaitAsync(cancellationToken);
            if (reply is not null)
            {
                _next = NextAsync();
            }

            return reply;
        }

        public void Dispose() => _stream.Dispose();

        private async Task<V1.EventAcknowledgement?> NextAsync()
        {
            try
            {
                if (await _stream.ReadAsync(CancellationToken.None) is { } reply)
                {
                    return reply;
                }
            }
            catch
            {
                _stream.Dispose();
                throw;
            }

            _stream.Dispose();
            return null;
        }
    }
}
