namespace GatewayStack.Limits;

/// <summary>Settings of the section <c>Limits:Ledger</c>.</summary>
public sealed record LimitsLedgerOptions
{
    /// <summary>The shortest that is taken: no window reaches further back.</summary>
    internal const int Least = 62;

    /// <summary>
    /// How long the ledger keeps a request and what it used, in days; 62 to 36,500, or 0 (default) for ever. What was used by whom stays in the audit log for as long as
    /// that keeps it.
    /// </summary>
    public int RetentionDays { get; init; }
}
