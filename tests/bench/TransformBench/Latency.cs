using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace GatewayStack.TransformBench;

/// <summary>Single calls, one after another, warm, one thread. Each text begins with a word of its own: what the module said of a long text it remembers, which is measured by itself.</summary>
internal static class Latency
{
    private const int WarmUps = 3_000;

    private static readonly int[] Lengths = [400, 2_000, 4_000, 32_000];

    public static void Print(TextWriter output)
    {
        var subject = new Subject();
        output.WriteLine("what        personal   chars    p50 us    p99 us    MB/s   bytes/call");
        foreach (var personal in new[] { false, true })
        {
            foreach (var length in Lengths)
            {
                var text = Texts.Of(length, personal);
                Measure("patterns", personal, text, number => Varied(text, number), subject.Rows, output);
                Measure("everything", personal, text, number => Subject.RequestOf(Varied(text, number)), subject.Everything, output);
                if (length == Lengths[^1])
                {
                    var seen = Subject.RequestOf(text);
                    Measure("seen before", personal, text, _ => seen, subject.Everything, output);
                }
            }
        }
    }

    private static void Measure<T>(string name, bool personal, string text, Func<int, T> next, Func<T, int> call, TextWriter output)
    {
        var calls = Math.Clamp(40_000_000 / text.Length, 2_000, 20_000) / 4;
        for (var i = 0; i < Math.Min(WarmUps, calls); i++)
        {
            call(next(calls + i));
        }

        var times = new double[calls];
        var allocated = 0L;
        for (var i = 0; i < calls; i++)
        {
            var input = next(i);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            call(input);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        var speed = Encoding.UTF8.GetByteCount(text) * calls / times.Sum();
        Array.Sort(times);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name,-11} {personal,-8} {text.Length,7} {times[calls / 2],9:F1} {times[calls * 99 / 100],9:F1} {speed,7:F1} {allocated / calls,12}"));
    }

    /// <summary>The text with another first word.</summary>
    private static string Varied(string text, int number) => string.Create(text.Length, (text, number), static (units, state) =>
    {
        const int Letters = 5;
        state.text.CopyTo(units);
        for (var (i, rest) = (0, state.number); i < Letters; i++, rest /= 26)
        {
            units[i] = (char)('a' + (rest % 26));
        }
    });
}
