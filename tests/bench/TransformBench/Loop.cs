using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace GatewayStack.TransformBench;

/// <summary>Cases by themselves: for a profiler, and for a machine that others use too.</summary>
internal static class Loop
{
    private const int Blocks = 400;
    private const int Calls = 4;

    /// <summary>CLOCK_THREAD_CPUTIME_ID.</summary>
    private const int ThreadClock = 3;

    /// <summary>One case for some seconds: <c>loop patterns|everything 2000 true 10</c>.</summary>
    public static void Run(ReadOnlySpan<string> args)
    {
        var subject = new Subject();
        var text = Texts.Of(int.Parse(args[1], CultureInfo.InvariantCulture), bool.Parse(args[2]));
        var request = Subject.RequestOf(text);
        var end = TimeSpan.FromSeconds(int.Parse(args[3], CultureInfo.InvariantCulture));
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < end)
        {
            _ = args[0] == "patterns" ? subject.Rows(text) : subject.Everything(request);
        }
    }

    /// <summary>
    /// The quickest, the quickest tenth and the median of many short blocks of calls, 2,000 characters, by the processor time of the thread: what others do to the
    /// machine shows least in it. Linux only.
    /// </summary>
    public static void Best(TextWriter output)
    {
        var subject = new Subject();
        foreach (var personal in new[] { false, true })
        {
            var text = Texts.Of(2_000, personal);
            var request = Subject.RequestOf(text);
            Print("patterns", personal, () => subject.Rows(text), output);
            Print("everything", personal, () => subject.Everything(request), output);
        }
    }

    private static void Print(string name, bool personal, Func<int> call, TextWriter output)
    {
        var warm = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(warm).TotalSeconds < 1)
        {
            call();
        }

        var times = new double[Blocks];
        for (var block = 0; block < Blocks; block++)
        {
            var start = Used();
            for (var i = 0; i < Calls; i++)
            {
                call();
            }

            times[block] = (Used() - start) / Calls;
        }

        Array.Sort(times);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-11} {personal,-8} {times[0],9:F1} {times[Blocks / 10],9:F1} {times[Blocks / 2],9:F1}"));
    }

    private static double Used() => clock_gettime(ThreadClock, out var time) == 0 ? (time.Seconds * 1e6) + (time.Nanoseconds / 1e3) : throw new PlatformNotSupportedException();

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int clock_gettime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
