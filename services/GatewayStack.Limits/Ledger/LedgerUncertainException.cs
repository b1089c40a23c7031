namespace GatewayStack.Limits.Ledger;

/// <summary>The answer to a commit was lost: the batch is stored or it is not.</summary>
internal sealed class LedgerUncertainException(string message, Exception inner) : IOException(message, inner);
