using GatewayStack.Contracts.Router;

namespace GatewayStack.Events.Format;

/// <summary>How times and enums stand in an event.</summary>
internal static class EventWords
{
    public static string Of(ModuleMode mode) => mode switch
    {
        ModuleMode.Enforce => "enforce",
        ModuleMode.Observe => "observe",
        ModuleMode.Off => "off",
        _ => "unspecified",
    };

    public static ModuleMode Mode(string? word) => word switch
    {
        "enforce" => ModuleMode.Enforce,
        "observe" => ModuleMode.Observe,
        "off" => ModuleMode.Off,
        _ => ModuleMode.Unspecified,
    };

    public static long Micros(DateTimeOffset time)
    {
        var ticks = time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;
        return Math.DivRem(ticks, TimeSpan.TicksPerMicrosecond, out var rest) - (rest < 0 ? 1 : 0);
    }

    public static DateTimeOffset Time(long micros) => DateTimeOffset.UnixEpoch.AddTicks(checked(micros * TimeSpan.TicksPerMicrosecond));
}
