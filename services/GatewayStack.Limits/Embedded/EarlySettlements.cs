using GatewayStack.Limits.Reservations;

namespace GatewayStack.Limits.Embedded;

/// <summary>
/// Settlements that found no reservation. One that comes after its own end, because it was under way for longer than its caller waited, must hold nothing: nobody would
/// settle it.
/// </summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class EarlySettlements(TimeSpan retention, int most)
{
    private readonly Dictionary<string, string> _persons = new(StringComparer.Ordinal);
    private readonly Queue<(string RequestId, long ForgetAt)> _order = new();

    public void Add(CounterSettlement settlement, long now)
    {
        if (!_persons.TryAdd(settlement.RequestId, settlement.PersonId))
        {
            return;
        }

        _order.Enqueue((settlement.RequestId, now + retention.Ticks));
        if (_order.Count > most)
        {
            _persons.Remove(_order.Dequeue().RequestId);
        }
    }

    /// <summary>Whether this request has ended before its reservation came.</summary>
    public bool Ended(CounterRequest request) =>
        _persons.TryGetValue(request.RequestId, out var person) && string.Equals(person, request.Facts.PersonId, StringComparison.Ordinal);

    public void Forget(long now)
    {
        while (_order.TryPeek(out var oldest) && oldest.ForgetAt <= now)
        {
            _persons.Remove(_order.Dequeue().RequestId);
        }
    }
}
