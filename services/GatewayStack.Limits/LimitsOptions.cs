namespace GatewayStack.Limits;

/// <summary>Settings of the section <c>Limits</c>. The defaults need no configuration.</summary>
public sealed record LimitsOptions
{
    /// <summary>Path of a <c>gateway.limits/v1</c> document, JSON or YAML. Default: the built-in one (60 requests a minute,
    /// 500,000 tokens and 5.00 of the price table's currency a day, each per user).</summary>
    public string? File { get; init; }

    /// <summary>Path of a <c>gateway.prices/v1</c> document, JSON or YAML. Default: the built-in table.</summary>
    public string? PricesFile { get; init; }

    /// <summary><c>enforce</c> (default), <c>observe</c> (computed and recorded, nothing is refused) or <c>off</c>. The Router applies it.</summary>
    public string Mode { get; init; } = "enforce";

    /// <summary>How long the ledger keeps what it has.</summary>
    public LimitsLedgerOptions Ledger { get; init; } = new();

    /// <summary>How the counters in Redis are used, where <c>ConnectionStrings:redis</c> is set.</summary>
    public LimitsRedisOptions Redis { get; init; } = new();
}
