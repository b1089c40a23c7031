using System.Runtime.CompilerServices;
using GatewayStack.Contracts.Transform;
using GatewayStack.Wire.Common;
using Grpc.Core;

namespace GatewayStack.Wire.Transform;

/// <summary>Exposes this process's <see cref="ITransformModule"/>. The caller's cancellation is the module's.</summary>
internal sealed class TransformService(ITransformModule transform) : V1.TransformModule.TransformModuleBase
{
    public override async Task<V1.InspectionResult> Inspect(V1.InspectionRequest request, ServerCallContext context)
    {
        var record = TransformMapper.ToRecord(request).OrThrow("The request names no tenant, or counts below 0.");
        return TransformMapper.ToMessage(await transform.InspectAsync(record, context.CancellationToken));
    }

    public override async Task<V1.EditResult> Apply(V1.EditRequest request, ServerCallContext context)
    {
        var record = TransformMapper.ToRecord(request).OrThrow("The request names no tenant, or the same text twice.");
        return TransformMapper.ToMessage(await transform.ApplyAsync(record, context.CancellationToken));
    }

    public override async Task TransformResponse(
        IAsyncStreamReader<V1.ResponseMessage> requestStream, IServerStreamWriter<V1.ResponseDelta> responseStream, ServerCallContext context)
    {
        var opened = await requestStream.MoveNext(context.CancellationToken) ? requestStream.Current.Session : null;
        var session = (opened is null ? null : TransformMapper.ToRecord(opened)).OrThrow("The first message opens no session of a tenant.");
        await foreach (var delta in transform.TransformResponseAsync(session, ReadAsync(requestStream, context.CancellationToken), context.CancellationToken))
        {
            await responseStream.WriteAsync(TransformMapper.ToMessage(delta), context.CancellationToken);
        }
    }

    private static async IAsyncEnumerable<ResponseDelta> ReadAsync(IAsyncStreamReader<V1.ResponseMessage> messages, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await messages.MoveNext(cancellationToken))
        {
            // What a later version adds might have to be masked: it is not passed over.
            yield return messages.Current.Delta is { } delta ? TransformMapper.ToRecord(delta) : ((ResponseDelta?)null).OrThrow("The message is no piece of an answer.");
        }
    }
}
