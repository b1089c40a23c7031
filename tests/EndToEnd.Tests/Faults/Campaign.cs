namespace GatewayStack.EndToEnd.Tests.Faults;

/// <summary>
/// Does faults in turn under load, five times each or as often as <c>GATEWAYSTACK_CAMPAIGN</c> says; then compares what callers saw with what is on record and what was counted.
/// A line of figures is printed for each kind, and appended to the file that <c>GATEWAYSTACK_FAULTS</c> names.
/// </summary>
internal static class Campaign
{
    private const string Counter = "gatewaystack.degraded";

    // Event 9000 of the Router's log, and how the code of such a refusal ends.
    private const string TakenForMiswired = "does not accept this service's calls";
    private const string Miswired = "_miswired";
    private const int WellInARow = 8;

    // A second's worth: long enough that a breaker which opens does so for the first fault, and not for a cold start.
    private const int WellAtFirst = 40;
    private const int JudgedAtLeast = 10;
    private const int MostAttempts = 3;
    private const int EveryDay = 5;
    private const int LastLines = 40;
    private static readonly TimeSpan LongestRecovery = TimeSpan.FromMinutes(2);

    private static int? Asked => int.TryParse(Environment.GetEnvironmentVariable("GATEWAYSTACK_CAMPAIGN"), out var rounds) ? rounds : null;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A round of each in turn: what one has left behind has gone when it comes up again.</summary>
    public static async Task RunAsync(FaultStack stack, params IReadOnlyList<Fault> faults)
    {
        // Short of time, a machine refuses now and then whatever else happens; what a fault does it does each time. Who asks for a number of rounds wants to see all.
        var attempts = Asked is null ? MostAttempts : 1;
        while (true)
        {
            var noticed = await RunOnceAsync(stack, faults);
            if (noticed.Count == 0)
            {
                return;
            }

            TellLast(stack, "router");
            var told = noticed.Select(n => $"{n.Fault.Name}: {string.Join("; ", n.What.Take(3))}").ToList();
            if (--attempts == 0)
            {
                told.ShouldBeEmpty("somebody noticed");
            }

            foreach (var line in told)
            {
                // The runner of all tests repeats these lines at its end: what passes in the end was not nothing.
                TestContext.Current.TestOutputHelper?.WriteLine($"FORGIVEN, run again: {line}");
            }

            faults = [.. noticed.Select(n => n.Fault)];
        }
    }

    /// <summary>Runs all rounds once. Gives the refusals and marks that should not have been, and that slowness alone could explain.</summary>
    private static async Task<IReadOnlyList<(Fault Fault, IReadOnlyList<string> What)>> RunOnceAsync(FaultStack stack, IReadOnlyList<Fault> faults)
    {
        var before = await stack.Metrics.SumsAsync(Counter);
        var logged = stack.Services.Router.Output.Length;
        await using var load = new Load(stack, faults.Any(f => f.BehindBalancer));
        await RecoveredAsync(load, TimeSpan.Zero, stack.IsWarm ? WellInARow : WellAtFirst, "before the first fault");
        stack.IsWarm = true;
        var rounds = new List<Round>();
        for (var number = 0; number < (Asked ?? EveryDay); number++)
        {
            foreach (var fault in faults)
            {
                rounds.Add(await RoundAsync(load, fault, number));
            }
        }

        var sent = await load.EndAsync();
        var counted = stack.Metrics.SumsAsync(Counter);
        var record = await new Ledgers(stack).CompareAsync(sent, faults.Any(f => f.MayHold));
        var noticed = new List<(Fault, IReadOnlyList<string>)>();
        var own = sent.ToLookup(s => rounds.FindLast(r => r.Begun <= s.Ended));
        foreach (var fault in faults)
        {
            var seen = rounds.Where(r => r.Fault == fault).Select(r => new Seen(r, [.. own[r]])).ToList();
            FaultReport.Write(stack, fault, seen, record);
            if (Judge(fault, seen, record) is { Count: > 0 } what)
            {
                noticed.Add((fault, what));
            }
        }

        var names = string.Join(", ", faults.Select(f => f.Name));
        var miswired = stack.Services.Router.Output[logged..].Split('\n').Where(l => l.Contains(TakenForMiswired, StringComparison.Ordinal)).ToList();
        miswired.ForEach(l => TestContext.Current.TestOutputHelper?.WriteLine(l.Trim()));
        if (faults.All(f => f.NobodyNotices))
        {
            miswired.ShouldBeEmpty($"{names}: a healthy module was taken for one that is wired wrongly");
        }

        if (record.Wrong.Count > 0)
        {
            TellLast(stack, "limits");
            TellLast(stack, "audit");
        }

        record.Wrong.ShouldBeEmpty($"{names}: what callers saw is not what is on record");
        var after = await counted;
        if (!faults.Any(f => f.MayBreakOff))
        {
            // A Router that is killed takes the last moment's figures with it.
            var marked = after.ToDictionary(a => a.Key, a => a.Value - before.GetValueOrDefault(a.Key), StringComparer.Ordinal);
            Told(marked).ShouldBe(Told(record.Marked), $"{names}: {Counter} is not what is on record");
        }

        stack.Metrics.Content.ShouldBeEmpty("content in metrics or logs");
        return noticed;
    }

    private static async Task<Round> RoundAsync(Load load, Fault fault, int number)
    {
        var begun = load.Now;
        TimeSpan from, to;
        try
        {
            await fault.Begin(number);
            from = load.Now;
            await Task.WhenAll(Task.Delay(fault.Lasts, Cancel), fault.Asks?.Invoke() ?? Task.CompletedTask);
            await ShownAsync(load, fault, from);
        }
        finally
        {
            to = load.Now;
            await fault.End(number);
        }

        var ended = load.Now;
        await RecoveredAsync(load, ended, WellInARow, $"after round {number + 1} of {fault.Name}");
        return new Round(fault, begun, from, to, load.Now - ended);
    }

    private static List<string> Judge(Fault fault, IReadOnlyList<Seen> seen, OnRecord record)
    {
        var sent = seen.SelectMany(s => s.Sent).ToList();
        var during = seen.SelectMany(r => r.Sent.Where(s => s.At >= r.Round.From && s.Ended <= r.Round.To)).ToList();
        var wrong = during.Where(s => !fault.Row(s)).Concat(fault.NobodyNotices ? sent.Where(s => !s.IsWell) : []).Distinct().ToList();
        var noticed = wrong.Where(s => (s.Status == 503 && record.Reasons.GetValueOrDefault(s.RequestId)?.EndsWith(Miswired, StringComparison.Ordinal) != true) || (fault.GoesOn && (s.IsAnswered || (s.Status == 403 && s.Degraded.Length > 0)))).ToList();
        Told(wrong.Except(noticed), record).ShouldBeEmpty($"{fault.Name}: the row of the table does not hold");
        if (fault.NobodyNotices)
        {
            return Told(noticed, record);
        }

        // Whatever happens, every request gets an answer, and one that says what it is.
        Told(sent.Where(s => s.Status is not (200 or 403 or 503) && !(fault.MayBreakOff && s.Status == 0)), record).ShouldBeEmpty($"{fault.Name}: no proper answer");
        if (fault.Marks is { } mark)
        {
            sent.ShouldContain(s => s.Degraded == mark, $"{fault.Name}: nothing was marked");
        }

        if (fault.Refuses)
        {
            during.ShouldContain(s => s.Status == 503, $"{fault.Name}: nothing was refused, so the fault was none");
        }

        return Told(noticed, record);
    }

    /// <summary>Waits until the fault has shown: what it must lead to takes as long as deadlines and breakers take on this machine.</summary>
    private static async Task ShownAsync(Load load, Fault fault, TimeSpan since)
    {
        if (!fault.Refuses && fault.Marks is null)
        {
            return;
        }

        while (load.Now - since < LongestRecovery)
        {
            var seen = load.SentSince(since);
            if (seen.Count >= JudgedAtLeast && (!fault.Refuses || seen.Any(s => s.Status == 503)) && (fault.Marks is null || seen.Any(s => s.Degraded == fault.Marks)))
            {
                return;
            }

            await Task.Delay(50, Cancel);
        }
    }

    /// <summary>What the instances of a module said last: where the record is behind, they know why.</summary>
    private static void TellLast(FaultStack stack, string module)
    {
        foreach (var process in stack.Services.Of(module))
        {
            foreach (var line in process.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(LastLines))
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"{process.Name}: {line.Trim()}");
            }
        }
    }

    private static List<string> Told(IEnumerable<KeyValuePair<string, long>> counts) =>
        [.. counts.Where(c => c.Value != 0).Select(c => $"{c.Key} {c.Value}").Order(StringComparer.Ordinal)];

    private static List<string> Told(IEnumerable<Sent> sent, OnRecord? record = null) => [.. sent.Take(20).Select(s => $"{s} {record?.Reasons.GetValueOrDefault(s.RequestId)}")];

    /// <summary>Waits until several requests in a row, all sent later, were answered as if nothing had been.</summary>
    private static async Task RecoveredAsync(Load load, TimeSpan since, int inARow, string when)
    {
        while (true)
        {
            var later = load.SentSince(since);
            if (later.Count >= inARow && later.TakeLast(inARow).All(s => s.IsWell))
            {
                return;
            }

            if (load.Now - since > LongestRecovery)
            {
                foreach (var module in (string[])["router", "identity", "transform", "policy", "limits", "audit"])
                {
                    TellLast(load.Stack, module);
                }

                Assert.Fail($"It does not recover {when}:{Environment.NewLine}{string.Join(Environment.NewLine, Told(later.Reverse().Where(s => !s.IsWell)))}");
            }

            await Task.Delay(50, Cancel);
        }
    }
}

/// <summary>A fault that was done: when it began to be done, lasted from and to, and what it took after its end until requests were whole again.</summary>
internal sealed record Round(Fault Fault, TimeSpan Begun, TimeSpan From, TimeSpan To, TimeSpan Recovery);

/// <summary>The requests that ended from the beginning of a round to that of the next.</summary>
internal sealed record Seen(Round Round, IReadOnlyList<Sent> Sent);
