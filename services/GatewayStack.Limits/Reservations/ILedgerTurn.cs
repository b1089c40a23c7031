namespace GatewayStack.Limits.Reservations;

/// <summary>The time in which the ledger is written and the counters follow. While it lasts, no instance rebuilds counters from the ledger.</summary>
internal interface ILedgerTurn : IAsyncDisposable
{
    /// <summary>Says that the counters have followed. A turn that ends without it leaves word that they must be rebuilt.</summary>
    void Complete();
}
