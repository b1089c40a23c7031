namespace GatewayStack.Audit.Storage;

/// <summary>Times as stores have them: microseconds since 1970 (UTC).</summary>
internal static class AuditTimes
{
    public static long Micros(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
}
