using System.Globalization;

namespace GatewayStack.EndToEnd.Tests.Faults;

/// <summary>
/// Does one kind of fault again and again under load, as often as <c>GATEWAYSTACK_CAMPAIGN</c> says; then compares what callers saw with what is on record.
/// A line of figures is printed for each kind, and appended to the file that <c>GATEWAYSTACK_FAULTS</c> names.
/// </summary>
internal static class Campaign
{
    private const int WellInARow = 8;

    // A second's worth: long enough that a breaker which opens does so for this fault, and not for a cold start or the fault before.
    private const int WellAtFirst = 40;
    private const int MostAttempts = 3;
    private static readonly TimeSpan LongestRecovery = TimeSpan.FromMinutes(2);

    private static int? Asked => int.TryParse(Environment.GetEnvironmentVariable("GATEWAYSTACK_CAMPAIGN"), out var rounds) ? rounds : null;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task RunAsync(FaultStack stack, Fault fault)
    {
        // Short of time, a machine refuses now and then whatever else happens; what a fault does it does each time. Who asks for a number of rounds wants to see all.
        var attempts = Asked is null ? MostAttempts : 1;
        while (true)
        {
            var noticed = await RunOnceAsync(stack, fault);
            if (noticed.Count == 0)
            {
                return;
            }

            if (--attempts == 0)
            {
                noticed.ShouldBeEmpty($"{fault.Name}: somebody noticed");
            }

            Console.WriteLine($"{fault.Name}: run again, somebody noticed: {string.Join("; ", noticed.Take(3))}");
        }
    }

    /// <summary>Runs its rounds once. Gives the refusals and marks that should not have been, and that slowness alone could explain.</summary>
    private static async Task<IReadOnlyList<string>> RunOnceAsync(FaultStack stack, Fault fault)
    {
        await using var load = new Load(stack, fault.BehindBalancer);
        await RecoveredAsync(load, TimeSpan.Zero, WellAtFirst, "before the first fault");
        var begun = load.Now;
        var rounds = Asked ?? fault.EveryDay;
        var recovery = TimeSpan.Zero;
        var windows = new List<(TimeSpan From, TimeSpan To)>();
        for (var round = 0; round < rounds; round++)
        {
            TimeSpan from, to;
            try
            {
                await fault.Begin(round);
                from = load.Now;
                await Task.Delay(fault.Lasts, Cancel);
                await ShownAsync(load, fault, from);
            }
            finally
            {
                to = load.Now;
                await fault.End(round);
            }

            var ended = load.Now;
            windows.Add((from, to));
            await RecoveredAsync(load, ended, WellInARow, $"after round {round + 1} of {fault.Name}");
            recovery = Longer(recovery, load.Now - ended);
        }

        var sent = await load.EndAsync();
        var record = await new Ledgers(stack).CompareAsync(sent, fault.MayHold);
        Report(stack, fault, rounds, sent, record, recovery);
        var noticed = Judge(fault, [.. sent.Where(s => s.At >= begun)], windows);
        record.Wrong.ShouldBeEmpty($"{fault.Name}: what callers saw is not what is on record");
        return noticed;
    }

    private static List<string> Judge(Fault fault, IReadOnlyList<Sent> sent, List<(TimeSpan From, TimeSpan To)> windows)
    {
        var during = sent.Where(s => windows.Exists(w => s.At >= w.From && s.Ended <= w.To)).ToList();
        var wrong = during.Where(s => !fault.Row(s)).Concat(fault.NobodyNotices ? sent.Where(s => !s.IsWell) : []).Distinct().ToList();
        var noticed = wrong.Where(s => s.Status == 503 || (s.IsAnswered && fault.GoesOn)).ToList();
        Told(wrong.Except(noticed)).ShouldBeEmpty($"{fault.Name}: the row of the table does not hold");
        if (fault.NobodyNotices)
        {
            return Told(noticed);
        }

        // Whatever happens, every request gets an answer, and one that says what it is.
        Told(sent.Where(s => s.Status is not (200 or 403 or 503) && !(fault.MayBreakOff && s.Status == 0))).ShouldBeEmpty($"{fault.Name}: no proper answer");
        if (fault.Marks is { } mark)
        {
            sent.ShouldContain(s => s.Degraded == mark, $"{fault.Name}: nothing was marked");
        }

        if (fault.Refuses)
        {
            during.ShouldContain(s => s.Status == 503, $"{fault.Name}: nothing was refused, so the fault was none");
        }

        return Told(noticed);
    }

    /// <summary>Waits until the fault has shown: what it must lead to takes as long as deadlines and breakers take on this machine.</summary>
    private static async Task ShownAsync(Load load, Fault fault, TimeSpan since)
    {
        while (load.Now - since < LongestRecovery && !(IsSeen(s => s.Status == 503, fault.Refuses) && IsSeen(s => s.Degraded == fault.Marks, fault.Marks is not null)))
        {
            await Task.Delay(50, Cancel);
        }

        bool IsSeen(Func<Sent, bool> what, bool isDue) => !isDue || load.Results.Any(s => s.At >= since && what(s));
    }

    private static List<string> Told(IEnumerable<Sent> sent) => [.. sent.Take(20).Select(s => s.ToString())];

    /// <summary>Waits until several requests in a row, all sent later, were answered as if nothing had been.</summary>
    private static async Task RecoveredAsync(Load load, TimeSpan since, int inARow, string when)
    {
        while (true)
        {
            var later = load.Results.Where(s => s.At > since).ToList();
            if (later.Count >= inARow && later.TakeLast(inARow).All(s => s.IsWell))
            {
                return;
            }

            if (load.Now - since > LongestRecovery)
            {
                Assert.Fail($"It does not recover {when}:{Environment.NewLine}{string.Join(Environment.NewLine, Told(later.AsEnumerable().Reverse().Where(s => !s.IsWell)))}");
            }

            await Task.Delay(50, Cancel);
        }
    }

    private static void Report(FaultStack stack, Fault fault, int rounds, IReadOnlyList<Sent> sent, OnRecord record, TimeSpan recovery)
    {
        var chats = sent.Where(s => s.Ask != Ask.List && s.IsAnswered).ToList();
        object[] figures =
        [
            rounds, sent.Count, sent.Count(s => s.IsAnswered), sent.Count(s => s.Status is >= 400), sent.Count(s => s.Degraded.Length > 0), chats.Count, record.Charged, record.Audited,
            sent.Count(s => s.RequestId.Length > 0) - record.Audited + chats.Count - record.Charged, Seconds(LongestUnavailable(sent)), Seconds(recovery),
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
                longest = since is { } begun ? Longer(longest, one.At - begun) : longest;
                since = null;
            }
            else
            {
                since ??= one.At;
            }
        }

        return longest;
    }

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
}
