using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace GatewayStack.TransformBench;

/// <summary>Single calls, one after another, warm, one thread.</summary>
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
                var request = Subject.RequestOf(text);
                Measure("patterns", personal, text, () => subject.Rows(text), output);
                Measure("everything", personal, text, () => subject.Everything(request), output);
            }
        }
    }

    private static void Measure(string name, bool personal, string text, Func<int> call, TextWriter output)
    {
        var calls = Math.Clamp(40_000_000 / text.Length, 2_000, 20_000) / 4;
        for (var i = 0; i < Math.Min(WarmUps, calls); i++)
        {
            call();
        }

        var times = new double[calls];
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < calls; i++)
        {
            var start = Stopwatch.GetTimestamp();
            call();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        var speed = Encoding.UTF8.GetByteCount(text) * calls / times.Sum();
        Array.Sort(times);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name,-11} {personal,-8} {text.Length,7} {times[calls / 2],9:F1} {times[calls * 99 / 100],9:F1} {speed,7:F1} {allocated / calls,12}"));
    }
}
