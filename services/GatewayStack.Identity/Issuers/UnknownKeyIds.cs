namespace GatewayStack.Identity.Issuers;

/// <summary>Names of keys that an issuer did not have a moment ago: asking again at once would only help whoever floods us with them.</summary>
internal sealed class UnknownKeyIds(TimeProvider time)
{
    private const int Capacity = 1000;
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, DateTimeOffset> _until = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    public bool Contains(string keyId)
    {
        lock (_gate)
        {
            return _until.TryGetValue(keyId, out var until) && time.GetUtcNow() < until;
        }
    }

    public void Add(string keyId)
    {
        lock (_gate)
        {
            if (_until.Count >= Capacity)
            {
                _until.Clear();
            }

            _until[keyId] = time.GetUtcNow() + Lifetime;
        }
    }
}
