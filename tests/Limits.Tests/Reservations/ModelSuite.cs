using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Limits;
using GatewayStack.Limits.Reservations;
using static GatewayStack.Limits.Tests.Reservations.ReferenceLimits;

namespace GatewayStack.Limits.Tests.Reservations;

/// <summary>Random schedules of everything that can happen, the module beside the reference, compared after every step.</summary>
public abstract class ModelSuite
{
    private const string Limits = """
        {"apiVersion": "gateway.limits/v1", "limits": [
          {"name": "rpm", "per": "user", "metric": "requests", "window": "minute", "limit": 6},
          {"name": "tpm", "per": "user", "metric": "tokens", "window": "minute", "limit": 900},
          {"name": "tpd", "per": "user", "metric": "tokens", "window": "day", "limit": 2500},
          {"name": "cpd", "per": "user", "metric": "cost", "window": "day", "limit": 2000}]}
        """;

    private const string Prices = """
        {"apiVersion": "gateway.prices/v1", "currency": "USD", "as_of": "2026-01-01", "prices": [
          {"provider": "*", "model": "cheap", "input": 100000, "output": 300000},
          {"provider": "*", "model": "dear", "input": 700000, "output": 1900000}]}
        """;

    /// <summary>Invariants I1 to I8, I11, I12, I14 and I15: the counters are the reference's, and so is every verdict.</summary>
    /// <param name="script">What happens, four bytes a step.</param>
    /// <param name="counters">Makes the store of each process that the schedule starts.</param>
    /// <param name="lose">Makes the store forget everything; null where it cannot without its process.</param>
    private protected static async Task FollowsTheReferenceAsync(byte[] script, Func<TimeProvider, ICounterStore> counters, Func<Task>? lose = null)
    {
        // Close to midnight, so that days turn as well.
        await using var fixture = await LimitsFixture.StartAsync(Limits, Prices, new DateTimeOffset(2026, 11, 25, 23, 55, 0, TimeSpan.Zero), counters);
        var run = new Run(fixture, new ReferenceLimits(6, 900, 2500, 2000), lose);
        for (var i = 0; i + 3 < script.Length; i += 4)
        {
            await run.StepAsync(script[i], script[i + 1], script[i + 2], script[i + 3]);
            await run.CompareAsync();
        }

        await run.EndAsync();
    }

    private sealed class Run(LimitsFixture fixture, ReferenceLimits reference, Func<Task>? lose)
    {
        private readonly Dictionary<string, (ReservationRequest Request, LimitsDecision Decision)> _admitted = [];
        private readonly HashSet<string> _ended = [];

        // No open window counts them: a rebuild does not read so far back.
        private readonly HashSet<string> _forgotten = [];
        private static readonly string[] Users = ["u0", "u1"];

        private int _next;

        public Task StepAsync(byte op, byte a, byte b, byte c) => (op % 16) switch
        {
            < 5 => ReserveAsync(a, b, c, parent: null),
            5 => ReserveAsync(a, b, c, reference.Entries.Count == 0 ? null : reference.Entries[c % reference.Entries.Count]),
            6 => ReserveAgainAsync(a),
            < 10 => SettleAsync(a, b, direct: true, c),
            10 => SettleAsync(a, b, direct: false, c),
            11 => SettleAgainAsync(a),
            12 => AdvanceAsync(TimeSpan.FromSeconds(a)),
            13 => SweepAsync(TimeSpan.FromSeconds(a)),
            14 => fixture.ShipAsync(a % 5, b % 4),
            _ => (c % 4) switch
            {
                0 => CrashAsync(),
                1 when lose is not null => LoseAsync(lose),
                _ => ReloadAsync(a),
            },
        };

        public async Task CompareAsync()
        {
            var now = fixture.Time.GetUtcNow();
            foreach (var user in Users)
            {
                Check(user, now, (await Report(user)).Limits);
            }

            Task<LimitsReport> Report(string user) => fixture.Module.GetReportAsync(new LimitsReportRequest { Identity = LimitsFixture.Caller(user) }, CancellationToken.None);
        }

        /// <summary>At rest the ledger, the counters and the reference say the same, and a new process reads the same from the ledger.</summary>
        public async Task EndAsync()
        {
            await CrashAsync();
            await CompareAsync();
            await fixture.ShipAsync(0, again: 1000);
            await CompareAsync();
            await fixture.RestartAsync();
            await CompareAsync();
        }

        private void Check(string user, DateTimeOffset now, IEnumerable<LimitState> states)
        {
            var minute = reference.State(user, now, SameMinute);
            var day = reference.State(user, now, SameDay);
            states.Select(s => (s.Name, s.Used, s.Held)).ShouldBe(
            [
                ("rpm", minute.Requests, 0),
                ("tpm", minute.Tokens, minute.HeldTokens),
                ("tpd", day.Tokens, day.HeldTokens),
                ("cpd", day.Cost, day.HeldCost),
            ]);
            states.ShouldAllBe(s => s.Used >= 0 && s.Held >= 0 && s.Used + s.Held <= s.Limit);
        }

        private async Task ReserveAsync(byte a, byte b, byte c, Entry? parent)
        {
            var now = fixture.Time.GetUtcNow();
            reference.Sweep(now);

            // A reservation sweeps its own tenant's ended leases; sweeping all keeps the two in step.
            await fixture.Counters.SweepAsync(CancellationToken.None);
            var request = LimitsFixture.Request($"r{_next++}", LimitsFixture.Caller($"u{a % 2}"), input: b, output: c, parent: parent?.Id) with
            {
                Targets =
                [
                    new ReservationTarget { Provider = "cloud", Model = "cheap", MaxOutputTokens = c },
                    new ReservationTarget { Provider = "cloud", Model = (a & 2) == 0 ? "cheap" : "dear", MaxOutputTokens = c / 2 },
                ],
                Lease = TimeSpan.FromSeconds(20 + (a / 4)),
            };
            var decision = await fixture.ReserveAsync(request);
            var entry = new Entry
            {
                Id = request.RequestId,
                User = request.Identity.PersonId,
                At = now,
                LeaseEnds = now + request.Lease,
                HoldTokens = b + c,
                HoldCost = request.Targets.Max(t => Cost(t.Model!, b, t.MaxOutputTokens)),
                Counts = parent is null,
            };
            var mine = parent is not null && parent.User == entry.User ? parent : null;
            decision.Permits.ShouldBe(reference.Reserve(entry, mine));
            if (decision.Permits)
            {
                decision.Hold!.Tokens.ShouldBe(entry.HoldTokens);
                decision.Hold.CostMicros.ShouldBe(entry.HoldCost);
                _admitted.Add(request.RequestId, (request, decision));
                fixture.RecordDecision(request, decision);
            }
        }

        private async Task ReserveAgainAsync(byte a)
        {
            // Only while the request is under way: once it is settled and recorded it may have been forgotten.
            var open = reference.Entries.Where(e => e.Stage is Stage.Open or Stage.Released && _admitted.ContainsKey(e.Id) && !_forgotten.Contains(e.Id)).ToList();
            if (open.Count > 0)
            {
                var (request, decision) = _admitted[open[a % open.Count].Id];
                (await fixture.ReserveAsync(request)).Hold.ShouldBe(decision.Hold);
            }
        }

        private async Task SettleAsync(byte a, byte b, bool direct, byte c)
        {
            var running = reference.Entries.Where(e => !_ended.Contains(e.Id)).ToList();
            if (running.Count == 0)
            {
                return;
            }

            var entry = running[a % running.Count];
            var caller = LimitsFixture.Caller(entry.User);
            var byChild = entry.Stage == Stage.Released;
            var tokens = byChild ? 0 : entry.HoldTokens * b / 255;
            var cost = byChild ? 0 : entry.HoldCost * c / 255;

            // In two attempts: all of them count.
            var attempts = byChild ? [] : (AttemptUsage[])[LimitsFixture.Attempt(tokens / 3, 0, cost / 4), LimitsFixture.Attempt(0, tokens - (tokens / 3), cost - (cost / 4), number: 2)];
            fixture.RecordOutcome(entry.Id, caller, [.. attempts], chargedByChild: byChild);
            _ended.Add(entry.Id);
            if (direct)
            {
                (await fixture.SettleAsync(entry.Id, caller, [.. attempts], byChild))
                    .ShouldBe(_forgotten.Contains(entry.Id) ? SettlementStatus.Unknown : SettlementStatus.Settled);
            }
            else
            {
                // The settlement is lost: the event does its work.
                await fixture.ShipAsync();
            }

            (entry.Stage, entry.Tokens, entry.Cost) = (Stage.Settled, tokens, cost);
        }

        private async Task SettleAgainAsync(byte a)
        {
            var settled = reference.Entries.Where(e => e.Stage == Stage.Settled).ToList();
            if (settled.Count > 0)
            {
                var entry = settled[a % settled.Count];
                (await fixture.SettleAsync(entry.Id, LimitsFixture.Caller(entry.User), [LimitsFixture.Attempt(a, a, a)]))
                    .ShouldBeOneOf(SettlementStatus.Duplicate, SettlementStatus.Unknown);
            }
        }

        private Task AdvanceAsync(TimeSpan by)
        {
            fixture.Time.Advance(by);
            return Task.CompletedTask;
        }

        private async Task SweepAsync(TimeSpan by)
        {
            fixture.Time.Advance(by);
            reference.Sweep(fixture.Time.GetUtcNow());
            await fixture.Counters.SweepAsync(CancellationToken.None);
        }

        private async Task ReloadAsync(byte a)
        {
            // Another text, the same limits: everything is rebuilt from ledger and memory.
            fixture.Limits.Set(Limits.Replace("\"limits\":", $"\"description\": \"{a}{_next}\", \"limits\":", StringComparison.Ordinal));
            await fixture.Limits.ReloadAsync(CancellationToken.None);
            await fixture.State.RefreshAsync(CancellationToken.None);
        }

        private async Task LoseAsync(Func<Task> lose)
        {
            // What the ledger has not heard of is lost with the store; here it has heard of everything.
            await fixture.ShipAsync();
            await lose();
            await fixture.State.TendAsync(CancellationToken.None);
            var now = fixture.Time.GetUtcNow();
            reference.Sweep(now);
            await fixture.Counters.SweepAsync(CancellationToken.None);
            _forgotten.UnionWith(reference.Entries.Where(e => !SameDay(e.At, now)).Select(e => e.Id));
        }

        private async Task CrashAsync()
        {
            foreach (var entry in reference.Entries.Where(e => !_ended.Contains(e.Id)))
            {
                fixture.RecordOutcome(entry.Id, LimitsFixture.Caller(entry.User), [], EventOutcomes.Interrupted);
                _ended.Add(entry.Id);
            }

            await fixture.RestartAsync();
            await fixture.ShipAsync();
            reference.Interrupt();
        }

        private static long Cost(string model, long input, long output)
        {
            var (inputPrice, outputPrice) = model == "cheap" ? (100_000L, 300_000L) : (700_000L, 1_900_000L);
            return ((input * inputPrice) + (output * outputPrice) + 999_999) / 1_000_000;
        }
    }
}
