using GatewayStack.Contracts.Limits;
using GatewayStack.Contracts.Settings;
using GatewayStack.Limits.Ledger;
using GatewayStack.Limits.Reservations;
using GatewayStack.Limits.Tests.Reservations;
using GatewayStack.TestServers;
using static GatewayStack.Limits.Tests.Redis.Requests;

namespace GatewayStack.Limits.Tests.Redis;

/// <summary>What becomes of the counters when Redis does not do what it should.</summary>
public sealed class RedisFaultTests
{
    private static readonly TestLedger NoRows = new();

    [Fact]
    public async Task A_killed_server_with_a_log_has_lost_nothing_that_was_answered()
    {
        // Written before it is answered: while another write is being brought to disk, which takes long on a busy machine, a server told less holds it back.
        await using var own = await OwnRedis.StartNewAsync("--appendonly", "yes", "--appendfsync", "always");
        await using var redis = new RedisFixture(own);
        var store = await redis.Create().StartAsync(Set(Tokens), NoRows);
        await store.ReserveAsync("held", tokens: 100);
        await store.ReserveAsync("settled", tokens: 100);
        await store.SettleAsync("settled", 7);
        await own.KillAsync();
        (await Should.ThrowAsync<CounterStoreAwayException>(() => store.ReserveAsync("r"))).MustRebuild.ShouldBeFalse();
        store.Trouble.ShouldNotBeNull();
        await own.StartAsync();
        await Eventually.Succeeds(async () => (await store.StateAsync("tokens")).ShouldBe((7, 100)));
        (await store.SettleAsync("held", 5)).ShouldBe(SettlementStatus.Settled);
        (await store.SettleAsync("settled", 7)).ShouldBe(SettlementStatus.Duplicate);

        // It may have lost its last moment: everything is counted anew, beside the requests.
        (await store.EnsureAsync(Set(Tokens), NoRows, CancellationToken.None)).ShouldBeTrue();
        (await store.StateAsync("tokens")).ShouldBe((12, 0));
        (await store.EnsureAsync(Set(Tokens), NoRows, CancellationToken.None)).ShouldBeFalse();
        store.Trouble.ShouldBeNull();
    }

    [Fact]
    public async Task A_killed_server_without_a_log_decides_nothing_until_its_counters_are_rebuilt()
    {
        await using var own = await OwnRedis.StartNewAsync();
        await using var redis = new RedisFixture(own);
        var ledger = new TestLedger(Row("closed", LedgerState.Closed, charged: 30), Row("open", LedgerState.Open));
        var store = await redis.Create().StartAsync(Set(Tokens), ledger);
        await own.KillAsync();
        await own.StartAsync();
        await Eventually.Succeeds(async () => (await Should.ThrowAsync<CounterStoreAwayException>(() => store.ReserveAsync("r"))).MustRebuild.ShouldBeTrue());
        (await store.EnsureAsync(Set(Tokens), ledger, CancellationToken.None)).ShouldBeTrue();
        (await store.StateAsync("tokens")).ShouldBe((30, 100));
    }

    [Fact]
    public async Task A_server_that_came_back_with_an_old_copy_decides_nothing_until_its_counters_are_rebuilt()
    {
        await using var own = await OwnRedis.StartNewAsync();
        await using var redis = new RedisFixture(own);
        var ledger = new TestLedger(Row("closed", LedgerState.Closed, charged: 30));
        var store = await redis.Create().StartAsync(Set(Tokens), NoRows);
        (await own.ExecuteAsync("SAVE")).ShouldBe("+OK");
        (await store.EnsureAsync(Set(Tokens), NoRows, CancellationToken.None)).ShouldBeFalse();
        await store.ReserveAsync("forgotten", tokens: 100);
        await own.KillAsync();
        await own.StartAsync();
        await Eventually.Succeeds(async () => (await Should.ThrowAsync<CounterStoreAwayException>(() => store.ReserveAsync("r"))).MustRebuild.ShouldBeTrue());
        (await store.EnsureAsync(Set(Tokens), ledger, CancellationToken.None)).ShouldBeTrue();
        (await store.StateAsync("tokens")).ShouldBe((30, 0));
    }

    [Fact]
    public async Task A_server_that_stands_still_is_noticed_by_its_silence_and_left_alone()
    {
        await using var own = await OwnRedis.StartNewAsync();
        await using var redis = new RedisFixture(own);
        var options = new LimitsRedisOptions { CommandTimeoutMilliseconds = 1000, Breaker = new LimitsRedisBreakerOptions { MinimumThroughput = 4, SamplingSeconds = 60, BreakSeconds = 5 } };
        var store = await redis.Create(options: options).StartAsync(Set(Tokens), NoRows);
        await Eventually.Succeeds(() => store.ReserveAsync("before", tokens: 10));
        await own.FreezeAsync();
        var reasons = new List<Exception?>();
        for (var i = 0; i < 6; i++)
        {
            reasons.Add((await Should.ThrowAsync<CounterStoreAwayException>(() => store.ReserveAsync("during", tokens: 10))).InnerException);
        }

        reasons[0].ShouldBeOfType<TimeoutException>();
        reasons[^1].ShouldBeAssignableTo<Polly.CircuitBreaker.BrokenCircuitException>();
        await own.ThawAsync();

        // The frozen server may have received the reservation any number of times: it holds once.
        await Eventually.Succeeds(async () =>
        {
            (await store.ReserveAsync("during", tokens: 10)).Permits.ShouldBeTrue();
            (await store.StateAsync("tokens")).ShouldBe((0, 20));
        });
    }

    [Fact]
    public async Task A_server_that_lost_its_scripts_is_given_them_again()
    {
        await using var own = await OwnRedis.StartNewAsync();
        await using var redis = new RedisFixture(own);
        var store = await redis.Create().StartAsync(Set(Tokens), NoRows);
        await store.ReserveAsync("a", tokens: 10);
        (await own.ExecuteAsync("SCRIPT", "FLUSH")).ShouldBe("+OK");
        await store.ReserveAsync("b", tokens: 10);
        (await store.StateAsync("tokens")).ShouldBe((0, 20));
    }

    [Fact]
    public async Task A_full_server_changes_nothing_and_is_away()
    {
        await using var own = await OwnRedis.StartNewAsync();
        await using var redis = new RedisFixture(own);
        var store = await redis.Create().StartAsync(Set(Tokens), NoRows);
        await store.ReserveAsync("a", tokens: 10);
        (await own.ExecuteAsync("CONFIG", "SET", "maxmemory", "1")).ShouldBe("+OK");
        (await Should.ThrowAsync<CounterStoreAwayException>(() => store.ReserveAsync("b", tokens: 10))).MustRebuild.ShouldBeFalse();
        (await own.ExecuteAsync("CONFIG", "SET", "maxmemory", "0")).ShouldBe("+OK");
        (await store.StateAsync("tokens")).ShouldBe((0, 10));
    }

    [Fact]
    public async Task A_read_only_server_is_away()
    {
        await using var own = await OwnRedis.StartNewAsync();
        await using var redis = new RedisFixture(own);
        var store = await redis.Create().StartAsync(Set(Tokens), NoRows);
        (await own.ExecuteAsync("CONFIG", "SET", "min-replicas-to-write", "1")).ShouldBe("+OK");
        await Should.ThrowAsync<CounterStoreAwayException>(() => store.ReserveAsync("b", tokens: 10));
    }

    [Theory]
    [InlineData("allkeys-lru")]
    [InlineData("volatile-ttl")]
    public async Task A_server_that_evicts_is_refused(string policy)
    {
        await using var own = await OwnRedis.StartNewAsync("--maxmemory-policy", policy);
        await using var redis = new RedisFixture(own);
        var refused = await Should.ThrowAsync<StartRefusedException>(() => redis.Create().OpenAsync(CancellationToken.None));
        refused.Message.ShouldContain(policy);
        refused.Message.ShouldNotContain("\n");
    }

    [Fact]
    public async Task A_server_that_begins_to_evict_is_trouble_until_it_stops()
    {
        await using var own = await OwnRedis.StartNewAsync();
        await using var redis = new RedisFixture(own);
        var store = await redis.Create().StartAsync(Set(Tokens), NoRows);
        store.Trouble.ShouldBeNull();
        await own.ExecuteAsync("CONFIG", "SET", "maxmemory-policy", "allkeys-random");
        await store.EnsureAsync(Set(Tokens), NoRows, CancellationToken.None);
        store.Trouble!.ShouldContain("allkeys-random");
        await own.ExecuteAsync("CONFIG", "SET", "maxmemory-policy", "noeviction");
        await store.EnsureAsync(Set(Tokens), NoRows, CancellationToken.None);
        store.Trouble.ShouldBeNull();
    }

    [Fact]
    public async Task A_server_that_does_not_tell_its_policy_is_used_with_a_warning()
    {
        await using var own = await OwnRedis.StartNewAsync("--rename-command", "CONFIG", string.Empty);
        await using var redis = new RedisFixture(own);
        var log = new TestLog();
        var store = redis.Create(logger: log);
        await store.StartAsync(Set(Tokens), NoRows);
        (await store.ReserveAsync("a")).Permits.ShouldBeTrue();
        log.Lines.ShouldContain(l => l.Id == 4103);
    }

    [Fact]
    public async Task A_wrong_password_and_a_server_that_is_not_there_are_refused_in_one_line()
    {
        await using var own = await OwnRedis.StartNewAsync();
        await using var redis = new RedisFixture(own);
        var wrong = await Should.ThrowAsync<StartRefusedException>(() =>
            redis.Create(connection: $"127.0.0.1:{own.Port},password=not-the-one,connectRetry=1").OpenAsync(CancellationToken.None));
        wrong.Message.ShouldBe($"The Redis at 127.0.0.1:{own.Port} does not accept the password in ConnectionStrings:redis.");
        await own.KillAsync();
        var missing = await Should.ThrowAsync<StartRefusedException>(() =>
            redis.Create(connection: $"{own.Connection},connectTimeout=500,connectRetry=1").OpenAsync(CancellationToken.None));
        missing.Message.ShouldBe($"The Redis at 127.0.0.1:{own.Port} cannot be reached; ConnectionStrings:redis says where it is.");
    }

    [Fact]
    public async Task A_server_that_is_too_old_is_refused()
    {
        await using var own = await OwnRedis.StartNewAsync();
        await using var redis = new RedisFixture(own);
        await using var old = new OldVersionProxy(own.Port);
        var refused = await Should.ThrowAsync<StartRefusedException>(() =>
            redis.Create(connection: $"127.0.0.1:{old.Port},password={OwnRedis.Password}").OpenAsync(CancellationToken.None));
        refused.Message.ShouldStartWith($"The Redis at 127.0.0.1:{old.Port} is version 5.");
        refused.Message.ShouldEndWith("Limits needs 6.2 or later.");
    }

    [Fact]
    public async Task A_server_that_speaks_cleartext_is_refused_where_TLS_is_wanted()
    {
        await using var own = await OwnRedis.StartNewAsync();
        await using var redis = new RedisFixture(own);
        var refused = await Should.ThrowAsync<StartRefusedException>(() =>
            redis.Create(connection: $"{own.Connection},ssl=true,connectTimeout=500,connectRetry=1").OpenAsync(CancellationToken.None));
        refused.Message.ShouldNotContain("\n");
        refused.Message.ShouldNotContain(OwnRedis.Password);
    }
}
