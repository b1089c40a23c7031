using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using GatewayStack.Contracts.Events;

namespace GatewayStack.Events.Protection;

/// <summary>The counterpart of <see cref="SealedPersons"/>: personal values opened lately, found again by the very bytes that were sealed.</summary>
/// <remarks>
/// A finding needs the same key, tenant, person and bytes that were opened, so that it says what the cipher would say. Personal values in the clear are kept for two
/// minutes at most, whether anybody reads or not.
/// </remarks>
internal sealed class OpenedPersons : IDisposable
{
    /// <summary>The most people of one generation; there are two.</summary>
    internal const int MostPerGeneration = 1024;

    // A person's values are this short; longer ones would fill the memory.
    private const int LongestKept = 2048;

    private static readonly TimeSpan Generation = TimeSpan.FromMinutes(1);

    private readonly ITimer _timer;
    private volatile ConcurrentDictionary<OpenedPerson, EventPersonal> _young = new();
    private volatile ConcurrentDictionary<OpenedPerson, EventPersonal> _old = new();

    public OpenedPersons(TimeProvider time) =>
        _timer = time.CreateTimer(static self => ((OpenedPersons)self!).BeginGeneration(), this, Generation, Generation);

    public int Count => _young.Count + _old.Count;

    public EventPersonal? Find(string keyId, string tenant, string personId, ReadOnlyMemory<byte> sealedText)
    {
        var person = new OpenedPerson(keyId, tenant, personId, sealedText);
        return _young.TryGetValue(person, out var known) || _old.TryGetValue(person, out known) ? known : null;
    }

    public void Keep(string keyId, string tenant, string personId, ReadOnlyMemory<byte> sealedText, EventPersonal values)
    {
        var young = _young;
        if (sealedText.Length + tenant.Length + personId.Length <= LongestKept && young.Count < MostPerGeneration)
        {
            // The bytes belong to the event, which is not to be kept for them.
            _ = young.TryAdd(new OpenedPerson(keyId, tenant, personId, sealedText.ToArray()), values);
        }
    }

    public void Clear()
    {
        _young = new();
        _old = new();
    }

    public void Dispose()
    {
        _timer.Dispose();
        Clear();
    }

    private void BeginGeneration()
    {
        _old = _young;
        _young = new();
    }
}

/// <summary>What was opened: equal when opening it again would say the same.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct OpenedPerson(string keyId, string tenant, string personId, ReadOnlyMemory<byte> sealedText) : IEquatable<OpenedPerson>
{
    private readonly string _keyId = keyId;
    private readonly string _tenant = tenant;
    private readonly string _personId = personId;
    private readonly ReadOnlyMemory<byte> _sealed = sealedText;

    public bool Equals(OpenedPerson other) =>
        _sealed.Span.SequenceEqual(other._sealed.Span)
        && string.Equals(_personId, other._personId, StringComparison.Ordinal)
        && string.Equals(_tenant, other._tenant, StringComparison.Ordinal)
        && string.Equals(_keyId, other._keyId, StringComparison.Ordinal);

    public override bool Equals(object? obj) => obj is OpenedPerson other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(_sealed.Span);
        return hash.ToHashCode();
    }
}
