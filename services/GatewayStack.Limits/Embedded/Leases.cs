using System.Diagnostics.CodeAnalysis;

namespace GatewayStack.Limits.Embedded;

/// <summary>Reservations by the end of their leases. Guarded by their tenant's lock.</summary>
internal sealed class Leases
{
    private const int Uncompacted = 1024;

    private readonly PriorityQueue<Reservation, long> _queue = new();
    private int _compactAt = Uncompacted;

    public void Add(Reservation reservation)
    {
        _queue.Enqueue(reservation, reservation.LeaseEnds);

        // Most requests are settled long before their lease ends: their entries are dropped in bulk.
        if (_queue.Count > _compactAt)
        {
            var running = _queue.UnorderedItems.Where(i => i.Element.ForgetAt is null).ToArray();
            _queue.Clear();
            _queue.EnqueueRange(running);
            _compactAt = Math.Max(Uncompacted, 2 * running.Length);
        }
    }

    /// <summary>Takes out one whose lease is over.</summary>
    public bool TryTakeOver(long now, [NotNullWhen(true)] out Reservation? reservation)
    {
        if (_queue.TryPeek(out reservation, out var ends) && ends <= now)
        {
            _queue.Dequeue();
            return true;
        }

        return false;
    }
}
