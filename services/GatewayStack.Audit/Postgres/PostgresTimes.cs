namespace GatewayStack.Audit.Postgres;

/// <summary>Microseconds since 1970 (UTC) as Postgres takes them.</summary>
internal static class PostgresTimes
{
    public static DateTime Of(long micros) => DateTime.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);

    /// <summary>The first day of its month.</summary>
    public static DateOnly MonthOf(long micros) => MonthOf(Of(micros));

    /// <summary>The first day of its month.</summary>
    public static DateOnly MonthOf(DateTime time) => new(time.Year, time.Month, 1);
}
