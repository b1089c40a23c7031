using System.Globalization;

namespace GatewayStack.Cli.Standing;

/// <summary>Spans of time as people write them: <c>90s</c>, <c>30m</c>, <c>12h</c>, <c>7d</c>.</summary>
internal static class Durations
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3650);

    /// <summary>Reads one.</summary>
    /// <exception cref="CommandException">It is none.</exception>
    public static TimeSpan Read(string text, string option) => TryRead(text) ?? throw new CommandException(ExitCodes.BadInput,
        $"{option} is a number and a unit, such as 90s, 30m, 12h or 7d.");

    /// <summary>Null where it is none.</summary>
    public static TimeSpan? TryRead(string text)
    {
        if (text.Length < 2 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
        {
            return null;
        }

        TimeSpan? span = text[^1] switch
        {
            's' => TimeSpan.FromSeconds(number),
            'm' => TimeSpan.FromMinutes(number),
            'h' => number < 1_000_000 ? TimeSpan.FromHours(number) : null,
            'd' => number < 100_000 ? TimeSpan.FromDays(number) : null,
            _ => null,
        };
        return span <= Longest ? span : null;
    }
}
