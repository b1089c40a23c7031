using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GatewayStack.Contracts.Router;
using GatewayStack.Contracts.Transform;
using GatewayStack.Wire.Channels;
using Grpc.Core;

namespace GatewayStack.Wire.Transform;

/// <summary>Asks the transform service, for what is not known already: texts whose facts are in memory are not sent again.</summary>
internal sealed class TransformClient : ITransformModule
{
    private readonly ModuleCaller _transform;
    private readonly InspectionCache _cache;
    private readonly WireMetrics _metrics;
    private readonly Func<V1.InspectionRequest, CallOptions, AsyncUnaryCall<V1.InspectionResult>> _inspect;
    private readonly Func<V1.EditRequest, CallOptions, AsyncUnaryCall<V1.EditResult>> _apply;
    private readonly Func<CallOptions, AsyncDuplexStreamingCall<V1.ResponseMessage, V1.ResponseDelta>> _respond;

    public TransformClient(ModuleCaller transform, InspectionCache cache, WireMetrics metrics)
    {
        var client = new V1.TransformModule.TransformModuleClient(transform.Invoker);
        (_transform, _cache, _metrics) = (transform, cache, metrics);
        (_inspect, _apply, _respond) = (client.InspectAsync, client.ApplyAsync, client.TransformResponse);
    }

    public async Task<InspectionResult> InspectAsync(InspectionRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!request.Attachments.IsEmpty)
        {
            // What a document has is known to nobody before it is read, so there is nothing to complete.
            _metrics.Inspected(0, request.Segments.Length);
            return await SendAsync(request, cancellationToken);
        }

        var lookup = _cache.LookUp(request);
        _metrics.Inspected(request.Segments.Length - lookup.Unknown.Length, lookup.Unknown.Length);
        if (lookup.Known is { } known)
        {
            return known;
        }

        var result = await SendAsync(request with { Segments = lookup.Unknown, KnownChars = lookup.KnownChars }, cancellationToken);
        if (lookup.Complete(result) is { } complete)
        {
            return complete;
        }

        // Another instance has other rules: what was found by the ones does not add up with what was found by the others.
        _metrics.Inspected(0, request.Segments.Length);
        return lookup.CompleteAnew(await SendAsync(request, cancellationToken));
    }

    public async Task<EditResult> ApplyAsync(EditRequest request, CancellationToken cancellationToken)
    {
        var message = TransformMapper.ToMessage(request.Actions.IsEmpty ? request with { Segments = Touched(request) } : request);
        return TransformMapper.ToRecord(await _transform.AskAsync(_apply, message, request.Assertion, cancellationToken));
    }

    public async IAsyncEnumerable<ResponseDelta> TransformResponseAsync(
        ResponseSession session, IAsyncEnumerable<ResponseDelta> deltas, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var first = new V1.ResponseMessage { Session = TransformMapper.ToMessage(session) };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var stream = await _transform.OpenAsync(_respond, first, session.Assertion, cancellationToken);
        var pump = PumpAsync(deltas, stream, stop);
        try
        {
            while (await ReadAsync(stream, pump, stop.Token, cancellationToken) is { } delta)
            {
                yield return TransformMapper.ToRecord(delta);
            }

            // An end while there is more to say leaves a part of the answer behind.
            await pump;
        }
        finally
        {
            await stop.CancelAsync();
            await pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static ImmutableArray<ContentSegment> Touched(EditRequest request)
    {
        var touched = request.Findings.Where(f => request.Types.IsEmpty || f.Types().Any(request.Types.Contains)).Select(f => f.SegmentId).ToHashSet();
        return [.. request.Segments.Where(s => touched.Contains(s.Id))];
    }

    private static async Task<V1.ResponseDelta?> ReadAsync(
        ModuleStream<V1.ResponseMessage, V1.ResponseDelta> stream, Task pump, CancellationToken stop, CancellationToken cancellationToken)
    {
        try
        {
            return await stream.ReadAsync(stop);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The pump stopped the stream, and knows why.
            await pump;
            throw;
        }
    }

    private static async Task PumpAsync(IAsyncEnumerable<ResponseDelta> deltas, ModuleStream<V1.ResponseMessage, V1.ResponseDelta> stream, CancellationTokenSource stop)
    {
        try
        {
            await foreach (var delta in deltas.WithCancellation(stop.Token))
            {
                await stream.WriteAsync(new V1.ResponseMessage { Delta = TransformMapper.ToMessage(delta) }, stop.Token);
            }

            await stream.CompleteAsync();
        }
        catch (Exception e) when (e is not ModuleCallException)
        {
            // The answer itself ended badly: nobody needs the rest of it.
            await stop.CancelAsync();
            throw;
        }
    }

    private async Task<InspectionResult> SendAsync(InspectionRequest request, CancellationToken cancellationToken) =>
        TransformMapper.ToRecord(await _transform.AskAsync(_inspect, TransformMapper.ToMessage(request), request.Assertion, cancellationToken));
}
