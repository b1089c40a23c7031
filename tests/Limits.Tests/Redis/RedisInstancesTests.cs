using System.Collections.Concurrent;
using GatewayStack.Contracts.Limits;
using GatewayStack.Contracts.Settings;
using GatewayStack.Limits.Ledger;
using GatewayStack.Limits.Redis;
using GatewayStack.Limits.Reservations;
using GatewayStack.Limits.Tests.Reservations;
using StackExchange.Redis;
using static GatewayStack.Limits.Tests.Redis.Requests;

namespace GatewayStack.Limits.Tests.Redis;

/// <summary>Two instances of Limits over one Redis.</summary>
public sealed class RedisInstancesTests : IAsyncDisposable
{
    private static readonly TestLedger NoRows = new();

    private readonly RedisFixture _redis = new();

    public ValueTask DisposeAsync() => _redis.DisposeAsync();

    [Fact]
    public async Task Of_a_thousand_at_once_at_two_instances_exactly_as_many_pass_as_the_limit_allows()
    {
        var stores = await StartTwoAsync(Set(Cap));
        var decisions = new LimitsDecision[1000];
        await Parallel.ForAsync(0, 1000, async (i, ct) => decisions[i] = await stores[i % 2].ReserveAsync(Request($"r{i}"), ct));
        decisions.Count(d => d.Permits).ShouldBe(50);
        (await stores[0].StateAsync("cap")).ShouldBe((50, 0));
        (await stores[1].StateAsync("cap")).ShouldBe((50, 0));
    }

    [Fact]
    public async Task The_second_instance_joins_and_each_continues_what_the_other_began()
    {
        var first = await _redis.Create().StartAsync(Set(Tokens), NoRows);
        var held = await first.ReserveAsync("r", tokens: 300);
        var second = _redis.Create();
        await second.OpenAsync(CancellationToken.None);
        (await second.EnsureAsync(Set(Tokens), NoRows, CancellationToken.None)).ShouldBeFalse();
        (await second.ReserveAsync("r", tokens: 999)).Hold.ShouldBe(held.Hold);
        (await second.ReserveAsync("child", tokens: 200, parent: "r")).Permits.ShouldBeTrue();
        (await first.StateAsync("tokens")).ShouldBe((0, 200));
        (await second.SettleAsync("r", 0)).ShouldBe(SettlementStatus.Settled);
        (await first.SettleAsync("child", 150)).ShouldBe(SettlementStatus.Settled);
        (await second.SettleAsync("child", 150)).ShouldBe(SettlementStatus.Duplicate);
        (await second.StateAsync("tokens")).ShouldBe((150, 0));
    }

    /// <summary>Everything at once: requests at both, sweeps, rebuilds by both, a replaced document, and one of them is stopped in the middle.</summary>
    [Fact]
    public async Task Under_any_concurrency_the_sums_are_right_although_an_instance_stops()
    {
        const string PerTenant = """{"name": "all", "per": "tenant", "metric": "tokens", "window": "month", "limit": 1000000000}""";
        var stores = await StartTwoAsync(Set(Tokens));
        SemaphoreSlim[] gates = [new(1, 1), new(1, 1)];
        var limits = Set(Tokens);
        var settled = new ConcurrentDictionary<string, long>();
        var open = 0;
        await Parallel.ForAsync(0, 8, async (worker, ct) =>
        {
            for (var i = 0; i < 150; i++)
            {
                var id = $"{worker}-{i}";
                var at = (worker + i) % 2;
                (await CallAsync(at, s => s.ReserveAsync(id, tokens: 10))).Permits.ShouldBeTrue();
                if (i % 10 == 9)
                {
                    Interlocked.Increment(ref open);
                    continue;
                }

                settled[id] = i % 7;
                await Task.WhenAll(CallAsync(at, s => s.SettleAsync(id, i % 7)), CallAsync(0, s => s.SettleAsync(id, i % 7)));
                switch (i % 50)
                {
                    case 10:
                        await CallAsync(at, s => s.SweepAsync(ct));
                        break;
                    case 20:
                        await TendAsync(at, s => s.RebuildAsync(limits, NoRows, ct));
                        break;
                    case 30:
                        limits = Set(Tokens, PerTenant);
                        await TendAsync(at, s => s.EnsureAsync(limits, NoRows, ct));
                        break;
                }

                if (worker == 0 && i == 100)
                {
                    await stores[1].DisposeAsync();
                }
            }
        });
        await stores[0].EnsureAsync(Set(Tokens, PerTenant), NoRows, CancellationToken.None);
        var expected = (settled.Values.Sum(), 10L * open);
        (await stores[0].StateAsync("tokens")).ShouldBe(expected);
        (await stores[0].StateAsync("all")).ShouldBe(expected);
        await stores[0].RebuildAsync(Set(Tokens, PerTenant), NoRows, CancellationToken.None);
        (await stores[0].StateAsync("all")).ShouldBe(expected);
        (await _redis.KeysAsync()).Where(k => k.Value < 0).ShouldBeEmpty();

        // A call that a stopped instance did not answer is made at the other one.
        async Task<T> CallAsync<T>(int at, Func<RedisCounterStore, Task<T>> call)
        {
            try
            {
                return await call(stores[at]);
            }
            catch (CounterStoreAwayException) when (at == 1)
            {
                return await call(stores[0]);
            }
        }

        // Of one instance one at a time.
        async Task TendAsync(int at, Func<RedisCounterStore, Task> work)
        {
            await gates[at].WaitAsync();
            try
            {
                await work(stores[at]);
            }
            catch (Exception e) when (at == 1 && e is CounterStoreAwayException or ObjectDisposedException)
            {
                // Stopped; the other one works on.
            }
            finally
            {
                gates[at].Release();
            }
        }
    }

    [Fact]
    public async Task Instances_with_old_and_new_limits_work_side_by_side_and_undo_nothing()
    {
        const string Strict = """{"name": "strict", "per": "tenant", "metric": "tokens", "window": "day", "limit": 250}""";
        var stores = await StartTwoAsync(Set(Tokens));
        await stores[0].ReserveAsync("before", tokens: 100);
        (await stores[1].EnsureAsync(Set(Strict), NoRows, CancellationToken.None)).ShouldBeTrue();

        // The first still has the old limits: it counts for the new one, too, and neither makes the other count anew.
        await stores[0].ReserveAsync("old-instance", tokens: 100);
        (await stores[1].StateAsync("strict")).ShouldBe((0, 200));
        (await stores[0].EnsureAsync(Set(Tokens), NoRows, CancellationToken.None)).ShouldBeFalse();
        (await stores[1].EnsureAsync(Set(Strict), NoRows, CancellationToken.None)).ShouldBeFalse();
        (await stores[1].ReserveAsync("refused", tokens: 51)).Permits.ShouldBeFalse();
        (await stores[1].ReserveAsync("admitted", tokens: 50)).Permits.ShouldBeTrue();
        (await stores[0].StateAsync("tokens")).ShouldBe((0, 250));
        (await stores[0].EnsureAsync(Set(Strict), NoRows, CancellationToken.None)).ShouldBeFalse();
        (await stores[0].StateAsync("strict")).ShouldBe((0, 250));
    }

    [Fact]
    public async Task An_amount_that_changes_keeps_its_counters_without_a_rebuild()
    {
        var store = await _redis.Create().StartAsync(Set(Tokens), NoRows);
        await store.ReserveAsync("a", tokens: 100);
        var tighter = Set(Tokens.Replace("1000000", "150", StringComparison.Ordinal).Replace("\"tokens\", \"per\"", "\"tighter\", \"per\"", StringComparison.Ordinal));
        (await store.EnsureAsync(tighter, NoRows, CancellationToken.None)).ShouldBeFalse();
        (await store.StateAsync("tighter")).ShouldBe((0, 100));
        (await store.ReserveAsync("b", tokens: 51)).Permits.ShouldBeFalse();
    }

    [Fact]
    public async Task What_was_lost_is_rebuilt_by_one_and_found_by_the_other()
    {
        var ledger = new TestLedger(Row("closed", LedgerState.Closed, charged: 30), Row("open", LedgerState.Open));
        var stores = await StartTwoAsync(Set(Tokens), ledger);
        (await stores[1].StateAsync("tokens")).ShouldBe((30, 100));
        await stores[0].ReserveAsync("in-flight", tokens: 5);
        await _redis.FlushAsync();
        foreach (var store in stores)
        {
            (await Should.ThrowAsync<CounterStoreAwayException>(() => store.ReserveAsync("r"))).MustRebuild.ShouldBeTrue();
            (await Should.ThrowAsync<CounterStoreAwayException>(() => store.StateAsync("tokens"))).MustRebuild.ShouldBeTrue();
        }

        var rebuilt = await Task.WhenAll(stores.Select(s => s.EnsureAsync(Set(Tokens), ledger, CancellationToken.None)));
        rebuilt.ShouldContain(true);
        (await stores[0].StateAsync("tokens")).ShouldBe((30, 100));

        // The store does not know it any more: nothing is counted until the ledger says so.
        (await stores[0].SettleAsync("in-flight", 5)).ShouldBe(SettlementStatus.Unknown);
        (await stores[1].StateAsync("tokens")).ShouldBe((30, 100));
        (await stores[1].ApplyAsync([new LedgerChange(Row("in-flight", LedgerState.Closed, charged: 5))], CancellationToken.None)).ShouldBeFalse();
        (await stores[1].SettleAsync("open", 7)).ShouldBe(SettlementStatus.Settled);
        (await stores[0].StateAsync("tokens")).ShouldBe((42, 0));
    }

    [Fact]
    public async Task A_flush_under_load_leaves_no_counter_negative_and_is_rebuilt()
    {
        var stores = await StartTwoAsync(Set(Tokens, Cap.Replace("50", "1000000", StringComparison.Ordinal)));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var refused = 0;
        var load = Enumerable.Range(0, 4).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                try
                {
                    await stores[worker % 2].ReserveAsync($"{worker}-{i}", tokens: 10);
                    await stores[(worker + 1) % 2].SettleAsync($"{worker}-{i}", 7);
                }
                catch (CounterStoreAwayException)
                {
                    Interlocked.Increment(ref refused);
                }
            }
        })).ToList();
        for (var round = 0; round < 5; round++)
        {
            await _redis.FlushAsync();
            await Task.WhenAll(stores.Select(async s =>
            {
                while (true)
                {
                    try
                    {
                        await s.EnsureAsync(Set(Tokens, Cap.Replace("50", "1000000", StringComparison.Ordinal)), NoRows, CancellationToken.None);
                        return;
                    }
                    catch (CounterStoreAwayException)
                    {
                        // Flushed while it was built: again.
                    }
                }
            }));
            var states = await stores[round % 2].ReadAsync(Facts(), CancellationToken.None);
            states.ShouldAllBe(s => s.Used >= 0 && s.Held >= 0);
        }

        await stop.CancelAsync();
        await Task.WhenAll(load);
        var before = (await stores[0].StateAsync("tokens"), await stores[0].StateAsync("cap"));
        before.Item1.Held.ShouldBe(0);
        await stores[1].RebuildAsync(Set(Tokens, Cap.Replace("50", "1000000", StringComparison.Ordinal)), NoRows, CancellationToken.None);
        (await stores[0].StateAsync("tokens"), await stores[0].StateAsync("cap")).ShouldBe(before);
        (await _redis.KeysAsync()).Where(k => k.Value < 0).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_counter_that_somebody_removed_is_not_driven_below_nothing_by_a_settlement()
    {
        var store = await _redis.Create().StartAsync(Set(Tokens), NoRows);
        await store.ReserveAsync("a", tokens: 100);
        await using (var connection = await ConnectionMultiplexer.ConnectAsync(TestServers.Servers.Redis))
        {
            await connection.GetDatabase().KeyDeleteAsync([.. (await _redis.KeysAsync()).Keys.Where(k => k.Contains(":c:", StringComparison.Ordinal)).Select(k => (RedisKey)k)]);
        }

        await store.ReserveAsync("b", tokens: 30);
        (await store.SettleAsync("a", 90)).ShouldBe(SettlementStatus.Settled);
        (await store.StateAsync("tokens")).ShouldBe((0, 30));
        await store.RebuildAsync(Set(Tokens), NoRows, CancellationToken.None);
        (await store.StateAsync("tokens")).ShouldBe((90, 30));
    }

    [Fact]
    public async Task A_rebuild_says_by_how_much_the_counters_were_off_and_says_nothing_when_they_were_right()
    {
        var log = new TestLog();
        var store = await _redis.Create(logger: log).StartAsync(Set(Tokens), NoRows);
        await store.ReserveAsync("a", tokens: 100);
        await store.SettleAsync("a", 90);
        await store.RebuildAsync(Set(Tokens), NoRows, CancellationToken.None);
        log.Lines.ShouldNotContain(l => l.Id == 4104);
        await using (var connection = await ConnectionMultiplexer.ConnectAsync(TestServers.Servers.Redis))
        {
            await connection.GetDatabase().HashIncrementAsync((await _redis.KeysAsync()).Keys.Single(k => k.Contains(":c:", StringComparison.Ordinal)), "c", 7);
        }

        (await store.StateAsync("tokens")).ShouldBe((97, 0));
        await store.RebuildAsync(Set(Tokens), NoRows, CancellationToken.None);
        log.Lines.ShouldContain(l => l.Id == 4104 && l.Text.Contains("off by 7 ", StringComparison.Ordinal));
        (await store.StateAsync("tokens")).ShouldBe((90, 0));
    }

    [Theory]
    [InlineData(60, 59, false)]
    [InlineData(60, 61, true)]
    [InlineData(0, 10_000, false)]
    public async Task Everything_is_counted_anew_now_and_then(int every, int ago, bool rebuilds)
    {
        var store = await _redis.Create(options: RedisFixture.Options with { ReconcileMinutes = every }).StartAsync(Set(Tokens), NoRows);
        await using var connection = await ConnectionMultiplexer.ConnectAsync(TestServers.Servers.Redis);
        await connection.GetDatabase().HashSetAsync(store.Keys.Marker, "at", await store.Clock.NowAsync(CancellationToken.None) - (ago * 60_000_000L));
        (await store.EnsureAsync(Set(Tokens), NoRows, CancellationToken.None)).ShouldBe(rebuilds);
    }

    [Fact]
    public async Task A_rebuild_that_was_left_half_done_is_done_by_another_instance()
    {
        var stores = await StartTwoAsync(Set(Tokens));
        await stores[0].ReserveAsync("a", tokens: 100);
        var reading = new SlowLedger();
        using var stop = new CancellationTokenSource();
        var rebuild = stores[0].RebuildAsync(Set(Tokens), reading, stop.Token);
        await reading.Began.Task;
        await stores[1].ReserveAsync("b", tokens: 10);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => rebuild);
        (await stores[1].EnsureAsync(Set(Tokens), NoRows, CancellationToken.None)).ShouldBeFalse();
        await stores[1].SweepAsync(CancellationToken.None);
        (await stores[1].EnsureAsync(Set(Tokens), NoRows, CancellationToken.None)).ShouldBeTrue();
        (await stores[1].StateAsync("tokens")).ShouldBe((0, 110));
        await stores[1].SweepAsync(CancellationToken.None);
        (await stores[1].EnsureAsync(Set(Tokens), NoRows, CancellationToken.None)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_tenant_that_comes_while_the_counters_are_rebuilt_is_served_and_taken_along()
    {
        var stores = await StartTwoAsync(Set(Tokens));
        var reading = new SlowLedger();
        var rebuild = stores[0].RebuildAsync(Set(Tokens), reading, CancellationToken.None);
        await reading.Began.Task;
        (await stores[1].ReserveAsync(Request("r", tokens: 10, facts: Facts("newcomer")), CancellationToken.None)).Permits.ShouldBeTrue();
        reading.Go.SetResult();
        await rebuild;
        (await stores[0].StateAsync("tokens", "newcomer")).ShouldBe((0, 10));
        await stores[0].SweepAsync(CancellationToken.None);
        (await stores[0].EnsureAsync(Set(Tokens), NoRows, CancellationToken.None)).ShouldBeFalse();
    }

    [Fact]
    public async Task While_the_ledger_is_written_nobody_rebuilds_and_the_other_way_round()
    {
        var stores = await StartTwoAsync(Set(Tokens));
        var turn = await stores[0].BeginTurnAsync(CancellationToken.None);
        var rebuild = stores[1].RebuildAsync(Set(Tokens), NoRows, CancellationToken.None);
        (await Task.WhenAny(rebuild, Task.Delay(200, TestContext.Current.CancellationToken))).ShouldNotBe(rebuild);
        (await stores[0].ReserveAsync("meanwhile")).Permits.ShouldBeTrue();
        turn.Complete();
        await turn.DisposeAsync();
        await rebuild;

        var reading = new SlowLedger();
        rebuild = stores[1].RebuildAsync(Set(Tokens), reading, CancellationToken.None);
        await reading.Began.Task;
        var next = stores[0].BeginTurnAsync(CancellationToken.None);
        (await stores[0].ReserveAsync("during")).Permits.ShouldBeTrue();
        (await Task.WhenAny(next, Task.Delay(100, TestContext.Current.CancellationToken))).ShouldNotBe(next);
        reading.Go.SetResult();
        await rebuild;
        (await next).Complete();
        await (await next).DisposeAsync();
        (await stores[0].StateAsync("tokens")).ShouldBe((0, 200));
        (await stores[0].EnsureAsync(Set(Tokens), NoRows, CancellationToken.None)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_turn_that_did_not_end_is_a_reason_to_rebuild()
    {
        var stores = await StartTwoAsync(Set(Tokens));
        await (await stores[0].BeginTurnAsync(CancellationToken.None)).DisposeAsync();
        (await stores[0].EnsureAsync(Set(Tokens), NoRows, CancellationToken.None)).ShouldBeTrue();

        // Another instance died in its turn a minute ago.
        await using var connection = await ConnectionMultiplexer.ConnectAsync(TestServers.Servers.Redis);
        var minuteAgo = await stores[0].Clock.NowAsync(CancellationToken.None) - 60_000_000;
        await connection.GetDatabase().HashSetAsync(stores[0].Keys.Turns, "dead", minuteAgo);
        (await stores[1].EnsureAsync(Set(Tokens), NoRows, CancellationToken.None)).ShouldBeTrue();
        (await stores[1].EnsureAsync(Set(Tokens), NoRows, CancellationToken.None)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_row_that_a_rebuild_has_counted_is_not_charged_again_by_an_instance_that_was_frozen_meanwhile()
    {
        var row = Row("row", LedgerState.Closed, charged: 40);
        var stores = await StartTwoAsync(Set(Tokens));
        await stores[0].ReserveAsync("warm", tokens: 1);
        await stores[0].BeginTurnAsync(CancellationToken.None);
        await _redis.FlushAsync();
        await stores[1].EnsureAsync(Set(Tokens), new TestLedger(row), CancellationToken.None);
        (await stores[1].StateAsync("tokens")).ShouldBe((40, 0));
        (await stores[0].ApplyAsync([new LedgerChange(row)], CancellationToken.None)).ShouldBeTrue();
        (await stores[1].StateAsync("tokens")).ShouldBe((40, 0));
    }

    [Fact]
    public async Task A_reservation_that_ended_while_the_store_was_away_is_charged_by_the_rebuild()
    {
        var stores = await StartTwoAsync(Set(Tokens));
        await stores[0].ReserveAsync("row", tokens: 50);
        (await stores[0].StateAsync("tokens")).ShouldBe((0, 50));
        var ledger = new TestLedger(Row("row", LedgerState.Closed, charged: 40));
        for (var time = 0; time < 2; time++)
        {
            await stores[1].RebuildAsync(Set(Tokens), ledger, CancellationToken.None);
            (await stores[1].StateAsync("tokens")).ShouldBe((40, 0));
        }
    }

    [Fact]
    public async Task An_instance_with_a_ledger_of_its_own_is_refused()
    {
        await _redis.Create(ledger: "sqlite:a").StartAsync(Set(Tokens), NoRows);
        var other = _redis.Create(ledger: "sqlite:b");
        await other.OpenAsync(CancellationToken.None);
        var refused = await Should.ThrowAsync<StartRefusedException>(() => other.EnsureAsync(Set(Tokens), NoRows, CancellationToken.None));
        refused.Message.ShouldContain("ConnectionStrings:limitsdb");
        await _redis.Create(ledger: "sqlite:a").StartAsync(Set(Tokens), NoRows);
    }

    [Theory]
    [InlineData("{mercy}", "mercy")]
    [InlineData("a}b", "a")]
    [InlineData("klinik-ü", "klinik-u")]
    [InlineData("a:b", "a")]
    [InlineData("*", "x")]
    public async Task Tenants_of_any_name_do_not_share_counters(string one, string other)
    {
        var store = await _redis.Create().StartAsync(Set(Tokens), NoRows);
        await store.ReserveAsync(Request("r", tokens: 5, facts: Facts(one)), CancellationToken.None);
        (await store.StateAsync("tokens", one)).ShouldBe((0, 5));
        (await store.StateAsync("tokens", other)).ShouldBe((0, 0));
        (await store.SettleAsync("r", 1, other)).ShouldBe(SettlementStatus.Unknown);
    }

    [Fact]
    public async Task Leases_go_by_the_clock_of_the_store()
    {
        var store = await _redis.Create().StartAsync(Set(Tokens), NoRows);
        await store.ReserveAsync(Request("short", tokens: 5, lease: TimeSpan.FromMilliseconds(1)), CancellationToken.None);
        await store.ReserveAsync(Request("long", tokens: 7), CancellationToken.None);
        await TestServers.Eventually.Succeeds(async () =>
        {
            await store.SweepAsync(CancellationToken.None);
            (await store.StateAsync("tokens")).ShouldBe((5, 7));
        });
    }

    [Fact]
    public async Task What_a_script_could_not_count_exactly_is_refused()
    {
        const long Most = 9_007_199_254_740_991;
        var store = await _redis.Create().StartAsync(Set(Tokens.Replace("1000000", Most.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)), NoRows);
        (await store.ReserveAsync("almost", tokens: Most - 1)).Permits.ShouldBeTrue();
        (await store.StateAsync("tokens")).ShouldBe((0, Most - 1));
        (await store.ReserveAsync("two", tokens: 2)).Permits.ShouldBeFalse();
        (await store.ReserveAsync("one", tokens: 1)).Permits.ShouldBeTrue();
        (await store.SettleAsync("almost", Most)).ShouldBe(SettlementStatus.Settled);
        (await store.StateAsync("tokens")).ShouldBe((Most, 1));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => store.ReserveAsync("x", tokens: Most + 1));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => store.SettleAsync("one", Most + 1));
    }

    private async Task<RedisCounterStore[]> StartTwoAsync(LimitSet limits, ILedger? ledger = null)
    {
        var stores = new[] { _redis.Create(), _redis.Create() };
        await Task.WhenAll(stores.Select(s => s.StartAsync(limits, ledger ?? NoRows)));
        return stores;
    }

    /// <summary>A ledger that is being read until the test says go.</summary>
    private sealed class SlowLedger : ILedger
    {
        public TaskCompletionSource Began { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Go { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Name => "slow";

        public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<System.Collections.Immutable.ImmutableArray<LedgerChange>> AppendAsync(LedgerBatch batch, CancellationToken cancellationToken) => throw new NotSupportedException();

        public async IAsyncEnumerable<LedgerRequest> ReadAsync(
            DateTimeOffset since, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            Began.SetResult();
            await Go.Task.WaitAsync(cancellationToken);
            yield break;
        }

        public Task<long> ForgetAsync(DateTimeOffset before, int most, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<LedgerStatistics> GetStatisticsAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
