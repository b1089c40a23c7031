using System.Runtime.InteropServices;
using System.Text;

namespace GatewayStack.Transform.Tests.Scanning;

/// <summary>
/// What work costs, as a multiple of what it costs on a harmless text of the same length. Only processor time of the thread counts: a busy machine makes both no dearer.
/// </summary>
internal static class Effort
{
    private const string Harmless =
        "The meeting moved to the afternoon because the room was taken in the morning. We went through the open points, agreed on what comes first, and left the "
        + "rest for next week: a longer test, two pages of notes, and the question of who writes the summary.\n";

    private const int Tries = 4;
    private const int ThreadClock = 3;

    /// <summary>How much dearer work is on a text than on a harmless one; of several tries the cheapest, which others have disturbed least.</summary>
    /// <param name="text">The text.</param>
    /// <param name="enough">What is no dearer than this is not tried again.</param>
    /// <param name="work">The work.</param>
    public static double Of(string text, double enough, Action<string> work)
    {
        var harmless = Repeat(Harmless, text.Length);
        work(harmless);
        var (least, dearest) = (Cheapest(harmless, work, tries: 2), double.MaxValue);
        for (var i = 0; i < Tries && dearest > enough; i++)
        {
            dearest = Math.Min(dearest, Cheapest(text, work, 1) / least);
        }

        return dearest;
    }

    /// <summary>How much dearer a unit of the text is in many times as much of it; 1 where work grows as the text does, the times where it grows with its square.</summary>
    /// <param name="unit">The text, repeated.</param>
    /// <param name="prepare">Makes the work on a text: that costs nothing.</param>
    /// <param name="few">How long the short text is.</param>
    /// <param name="times">How much of it the long one is.</param>
    public static double Growth(string unit, Func<string, Action> prepare, int few = 20_000, int times = 8)
    {
        var (once, often) = (prepare(Repeat(unit, few)), prepare(Repeat(unit, few * times)));
        once();
        return Cheapest(string.Empty, _ => often(), 2) / Cheapest(string.Empty, _ => once(), Tries) / times;
    }

    /// <summary>A text of a length, made of a unit.</summary>
    public static string Repeat(string unit, int length) => new StringBuilder(length + unit.Length).Insert(0, unit, 1 + (length / unit.Length)).ToString(0, length);

    private static double Cheapest(string text, Action<string> work, int tries)
    {
        var least = double.MaxValue;
        for (var i = 0; i < tries; i++)
        {
            var before = ProcessorTime();
            work(text);
            least = Math.Min(least, ProcessorTime() - before);
        }

        return Math.Max(least, 1);
    }

    /// <summary>Nanoseconds that this thread has run; where nobody says that, all threads of the process.</summary>
    private static double ProcessorTime() => OperatingSystem.IsLinux() && clock_gettime(ThreadClock, out var time) == 0
        ? (time.Seconds * 1e9) + time.Nanoseconds
        : Environment.CpuUsage.TotalTime.TotalNanoseconds;

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int clock_gettime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
