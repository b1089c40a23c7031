namespace GatewayStack.Events.Settings;

/// <summary>The write-ahead spool, from the configuration section <c>Events</c>.</summary>
public sealed record EventsOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Events";

    /// <summary>Bytes of one segment file, reserved on disk when it is made; 64 MiB by default, 256 KiB to 1 GiB.</summary>
    public int SegmentBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>The most bytes all segments have together; 1 GiB by default, at least two segments. When they are full, new events are lost and counted.</summary>
    public long MaxBytes { get; init; } = 1024L * 1024 * 1024;

    /// <summary>How often the segments are synced to disk: what the loss of power can lose; 50 ms by default, 1 ms to 10 s.</summary>
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromMilliseconds(50);
}
