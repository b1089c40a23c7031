using System.Diagnostics;
using System.Globalization;

namespace GatewayStack.TransformBench;

/// <summary>Cases by themselves: for a profiler, and for a machine that others use too.</summary>
internal static class Loop
{
    private const int Blocks = 1_000;
    private const int Calls = 4;

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

    /// <summary>The quickest tenth of many short blocks of calls, 2,000 characters: what others do to the machine shows least in it.</summary>
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
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < Calls; i++)
            {
                call();
            }

            times[block] = Stopwatch.GetElapsedTime(start).TotalMicroseconds / Calls;
        }

        Array.Sort(times);
        var best = times[Blocks / 10];
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-11} {personal,-8} {best,9:F1}"));
    }
}
