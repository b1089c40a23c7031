namespace GatewayStack.Limits.Ledger;

/// <summary>A batch's position does not follow on the stored one, or its partition was claimed by somebody else: nothing of it was stored.</summary>
internal sealed class LedgerFencedException(string message) : Exception(message);
