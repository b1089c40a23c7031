using System.Globalization;

namespace GatewayStack.EndToEnd.Tests.Faults;

/// <summary>The line of figures of one kind of fault.</summary>
internal static class FaultReport
{
    public static void Write(FaultStack stack, Fault fault, IReadOnlyList<Seen> seen, OnRecord record)
    {
        var sent = seen.SelectMany(s => s.Sent).ToList();
        var chats = sent.Where(s => s.Ask != Ask.List && s.IsAnswered).ToList();
        var (charged, audited) = (chats.Count(s => record.Charged.Contains(s.RequestId)), sent.Count(s => record.Audited.Contains(s.RequestId)));
        object[] figures =
        [
            seen.Count, sent.Count, sent.Count(s => s.IsAnswered), sent.Count(s => s.Status is >= 400), sent.Count(s => s.Marks.Count > 0), chats.Count, charged, audited,
            sent.Count(s => s.RequestId.Length > 0) - audited + chats.Count - charged, Seconds(seen.Max(s => LongestUnavailable(s.Sent))), Seconds(seen.Max(s => s.Round.Recovery)),
        ];
        var line = $"| {fault.Name} | {string.Join(" | ", figures.Select(f => Convert.ToString(f, CultureInfo.InvariantCulture)))} |";
        TestContext.Current.TestOutputHelper?.WriteLine(line);
        foreach (var said in stack.Services.Router.Output.Split('\n').Where(l => l.Contains("The breaker of", StringComparison.Ordinal)).TakeLast(12))
        {
            TestContext.Current.TestOutputHelper?.WriteLine(said.Trim());
        }

        foreach (var alike in sent.GroupBy(s => (s.Status, s.Whole, s.Error, s.Degraded)).OrderByDescending(g => g.Count()))
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{alike.Count(),6} x {alike.Key.Status}{(alike.Key.Whole ? "" : " broken off")} {alike.Key.Error} {alike.Key.Degraded}");
        }

        if (Environment.GetEnvironmentVariable("GATEWAYSTACK_FAULTS") is { Length: > 0 } file)
        {
            File.AppendAllText(file, line + Environment.NewLine);
        }
    }

    /// <summary>The longest time in which nobody was answered who asked: from the first request that was not to the next one that was.</summary>
    private static TimeSpan LongestUnavailable(IReadOnlyList<Sent> sent)
    {
        var (longest, since) = (TimeSpan.Zero, (TimeSpan?)null);
        foreach (var one in sent)
        {
            if (one.IsAnswered)
            {
                longest = since is { } begun && one.At - begun > longest ? one.At - begun : longest;
                since = null;
            }
            else
            {
                since ??= one.At;
            }
        }

        return longest;
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
}
