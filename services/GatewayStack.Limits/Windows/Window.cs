namespace GatewayStack.Limits.Windows;

/// <summary>Where fixed windows begin and end.</summary>
internal static class Window
{
    /// <summary>Start of the window that a moment falls in.</summary>
    public static DateTimeOffset Start(WindowKind kind, DateTimeOffset at)
    {
        var utc = at.UtcDateTime;
        return kind switch
        {
            WindowKind.Minute => Floor(utc, TimeSpan.TicksPerMinute),
            WindowKind.Hour => Floor(utc, TimeSpan.TicksPerHour),
            WindowKind.Day => Floor(utc, TimeSpan.TicksPerDay),
            WindowKind.Month => new DateTimeOffset(utc.Year, utc.Month, 1, 0, 0, 0, TimeSpan.Zero),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    /// <summary>End of the window that starts at a moment: the start of the next.</summary>
    public static DateTimeOffset End(WindowKind kind, DateTimeOffset start) => kind switch
    {
        WindowKind.Minute => start.AddMinutes(1),
        WindowKind.Hour => start.AddHours(1),
        WindowKind.Day => start.AddDays(1),
        WindowKind.Month => start.AddMonths(1),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static DateTimeOffset Floor(DateTime utc, long ticks) => new(utc.Ticks - (utc.Ticks % ticks), TimeSpan.Zero);
}
