using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using GatewayStack.Contracts.Events;
using GatewayStack.Events.Format;

namespace GatewayStack.Events.Protection;

/// <summary>The sealed parts of people seen lately: sealing again for every event would cost more than everything else about it.</summary>
/// <remarks>
/// A part is bound to its person, so that it is as good in every event of theirs and in none of anybody else's. It lives for two generations at most; the keys'
/// refresh begins a new one every minute.
/// </remarks>
internal sealed class SealedPersons
{
    private const int MostPerGeneration = 10_000;

    private volatile ConcurrentDictionary<SealedPerson, byte[]> _young = new();
    private volatile ConcurrentDictionary<SealedPerson, byte[]> _old = new();

    /// <summary>The member <c>personal</c> of an event, in canonical JSON.</summary>
    public byte[] Get(SealedPerson person, Func<SealedPerson, byte[]> seal)
    {
        var young = _young;
        if (young.TryGetValue(person, out var known) || _old.TryGetValue(person, out known))
        {
            return known;
        }

        var made = seal(person);
        if (young.Count < MostPerGeneration)
        {
            _ = young.TryAdd(person, made);
        }

        return made;
    }

    public void BeginGeneration()
    {
        _old = _young;
        _young = new ConcurrentDictionary<SealedPerson, byte[]>();
    }
}

/// <summary>A person and the values that are sealed for them.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SealedPerson(string Tenant, string PersonId, EventPersonal Values)
{
    private const int LongestKept = 1024;

    /// <summary>False for values so long that they are cut to an event's bounds, or would fill the memory.</summary>
    public bool Keepable =>
        Tenant.Length <= EventBounds.ShortestKey
        && PersonId.Length <= EventBounds.ShortestKey
        && Values.UserId.Length + Values.Subject.Length + (Values.DisplayName?.Length ?? 0) <= LongestKept;
}
