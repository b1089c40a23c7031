namespace GatewayStack.Audit.Storage;

/// <summary>The numbers between the stored ranges, in the SQL that all technologies share.</summary>
internal static class GapQuery
{
    public static readonly string Text =
        $"""
        SELECT producer, epoch, after + 1, first - 1, since
        FROM (
            SELECT producer, epoch, first, since, coalesce(lag(last) OVER (PARTITION BY producer, epoch ORDER BY first), 0) AS after
            FROM audit_seen) AS r
        WHERE first > after + 1
        ORDER BY since, producer, epoch, first
        LIMIT {AuditStoreStatus.MostGaps}
        """;
}
