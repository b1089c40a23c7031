using GatewayStack.Contracts.Keys;
using GatewayStack.Wire.Common;
using Grpc.Core;

namespace GatewayStack.Wire.Keys;

/// <summary>Exposes this process's <see cref="IDataKeys"/>. Which purposes a caller may ask for was judged before.</summary>
internal sealed class DataKeysService(IDataKeys keys) : V1.DataKeys.DataKeysBase
{
    private const string NoPurpose = "The request names no purpose.";

    public override async Task<V1.DataKey> GetCurrent(V1.CurrentKeyRequest request, ServerCallContext context) =>
        KeysMapper.ToMessage(await keys.GetCurrentAsync(Named(request.Purpose), context.CancellationToken));

    public override async Task<V1.FindKeyReply> Find(V1.FindKeyRequest request, ServerCallContext context) =>
        await keys.FindAsync(Named(request.Purpose), request.KeyId, context.CancellationToken) is { } key
            ? new V1.FindKeyReply { Key = KeysMapper.ToMessage(key) }
            : new V1.FindKeyReply();

    private static string Named(string purpose) => (string.IsNullOrWhiteSpace(purpose) ? null : purpose).OrThrow(NoPurpose);
}
