using GatewayStack.Contracts.Events;
using GatewayStack.Wire.Common;
using Grpc.Core;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.Wire.Events;

/// <summary>Exposes this process's <see cref="IEventSink"/>. A stream ends between two batches when the process is to stop.</summary>
internal sealed class EventSinkService(IEnumerable<IEventSink> sinks, IHostApplicationLifetime lifetime) : V1.EventSink.EventSinkBase
{
    public override async Task Append(
        IAsyncStreamReader<V1.AppendRequest> requestStream, IServerStreamWriter<V1.EventAcknowledgement> responseStream, ServerCallContext context)
    {
        while (await NextAsync(requestStream, context) is { } request)
        {
            var sink = sinks.FirstOrDefault(s => s.Name == request.Sink) ?? throw new RpcException(new Status(StatusCode.NotFound, "There is no such consumer here."));
            var batch = EventsMapper.ToRecord(request.Batch).OrThrow("The batch does not say whose events it has, or numbers them below 1.");
            var acknowledgement = await sink.AppendAsync(batch, context.CancellationToken);
            await responseStream.WriteAsync(EventsMapper.ToMessage(acknowledgement), context.CancellationToken);
        }
    }

    // A stream that waits for its next batch must not hold up a stop for as long as there are events.
    private async Task<V1.AppendRequest?> NextAsync(IAsyncStreamReader<V1.AppendRequest> requests, ServerCallContext context)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        try
        {
            return await requests.MoveNext(stop.Token) ? requests.Current : null;
        }
        catch (Exception e) when (e is OperationCanceledException or RpcException { StatusCode: StatusCode.Cancelled } && lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return null;
        }
    }
}
