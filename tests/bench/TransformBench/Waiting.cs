using System.Globalization;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.TransformBench;

/// <summary>What a piece of a streamed answer costs when as many rows wait for what follows as may: each of them is looked at again with each piece.</summary>
internal static class Waiting
{
    private const int Length = 16_000;

    private static readonly (string Name, string Text)[] Answers =
    [
        ("nothing", "Could you go over the second paragraph again and say what is open? "),
        ("heads", "password\tuser\temail\tname\tdob\tpassport\tmrn\tlicense\taddress\tcompany\t"),
        ("words", "wallet passport password code key token secret pin login "),
        ("inserts", "insert into users (password, token, secret, api_key) values "),
        ("lines", "password\tpassport\tmrn\n"),
    ];

    /// <summary>Prints how many rows wait, and what a delta costs that has all types masked.</summary>
    public static async Task PrintAsync(Subject subject, TextWriter output)
    {
        output.WriteLine("answer     rows waiting p50   most   us/delta p50      p99");
        foreach (var (name, unit) in Answers)
        {
            var text = string.Concat(Enumerable.Repeat(unit, Length / unit.Length));
            var waiting = Subject.Waiting(text, Delay.DeltaUnits);
            waiting.Sort();
            var times = new List<double>();
            await Delay.MeasureAsync(subject, [TypeAction.AnyType], text, [], []);
            await Delay.MeasureAsync(subject, [TypeAction.AnyType], text, [], times);
            times.Sort();
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-10} {waiting[waiting.Count / 2],16} {waiting[^1],6} {times[times.Count / 2],14:F1} {times[times.Count * 99 / 100],8:F1}"));
        }
    }
}
