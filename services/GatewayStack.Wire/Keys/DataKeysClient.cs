using System.Collections.Concurrent;
using GatewayStack.Contracts.Keys;
using GatewayStack.Contracts.Router;
using GatewayStack.Wire.Channels;
using Grpc.Core;

namespace GatewayStack.Wire.Keys;

/// <summary>Asks Identity for keys, and keeps them: a current one for a while, so that a rotation is followed, an older one for good.</summary>
/// <remarks>While Identity is away the last current key goes on being used. A key that is not known is asked for again each time.</remarks>
internal sealed class DataKeysClient : IDataKeys
{
    /// <summary>How long the current key is not asked for again.</summary>
    internal static readonly TimeSpan CurrentFor = TimeSpan.FromSeconds(30);

    private const int MaxFound = 10_000;

    private readonly ModuleCaller _identity;
    private readonly TimeProvider _time;
    private readonly Func<V1.CurrentKeyRequest, CallOptions, AsyncUnaryCall<V1.DataKey>> _getCurrent;
    private readonly Func<V1.FindKeyRequest, CallOptions, AsyncUnaryCall<V1.FindKeyReply>> _find;
    private readonly ConcurrentDictionary<string, (DataKey Key, long At)> _current = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Purpose, string KeyId), DataKey> _found = new();

    public DataKeysClient(ModuleCaller identity, TimeProvider time)
    {
        var client = new V1.DataKeys.DataKeysClient(identity.Invoker);
        (_identity, _time, _getCurrent, _find) = (identity, time, client.GetCurrentAsync, client.FindAsync);
    }

    public async Task<DataKey> GetCurrentAsync(string purpose, CancellationToken cancellationToken)
    {
        var known = _current.TryGetValue(purpose, out var kept);
        if (known && _time.GetElapsedTime(kept.At) < CurrentFor)
        {
            return kept.Key;
        }

        try
        {
            var message = await _identity.AskAsync(_getCurrent, new V1.CurrentKeyRequest { Purpose = purpose }, assertion: null, cancellationToken);
            var key = KeysMapper.ToRecord(message, purpose) ?? throw new ModuleCallException(_identity.Module, ModuleFault.Wiring);
            _current[purpose] = (key, _time.GetTimestamp());
            Keep(key);
            return key;
        }
        catch (ModuleCallException e) when (known && e.Fault is ModuleFault.NeverReached or ModuleFault.Broken)
        {
            return kept.Key;
        }
    }

    public async Task<DataKey?> FindAsync(string purpose, string keyId, CancellationToken cancellationToken)
    {
        if (_found.TryGetValue((purpose, keyId), out var found))
        {
            return found;
        }

        var reply = await _identity.AskAsync(_find, new V1.FindKeyRequest { Purpose = purpose, KeyId = keyId }, assertion: null, cancellationToken);
        if (reply.Key is null)
        {
            return null;
        }

        var key = KeysMapper.ToRecord(reply.Key, purpose);
        if (key is null || key.KeyId != keyId)
        {
            throw new ModuleCallException(_identity.Module, ModuleFault.Wiring);
        }

        Keep(key);
        return key;
    }

    private void Keep(DataKey key)
    {
        if (_found.Count < MaxFound)
        {
            _found[(key.Purpose, key.KeyId)] = key;
        }
    }
}
