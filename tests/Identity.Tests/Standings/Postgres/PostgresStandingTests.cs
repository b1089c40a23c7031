using System.Collections.Concurrent;
using System.Security.Cryptography;
using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Standings;
using GatewayStack.Identity.Standings.Postgres;
using GatewayStack.Identity.Tests.Support;
using GatewayStack.TestServers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace GatewayStack.Identity.Tests.Standings.Postgres;

public sealed class PostgresStandingTests : StandingStoreSuite, IAsyncLifetime
{
    private readonly string _master = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private IdentityReplicas _replicas = null!;

    public async ValueTask InitializeAsync() => _replicas = await IdentityReplicas.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        if (_replicas is not null)
        {
            await _replicas.DisposeAsync();
        }
    }

    [Fact]
    public async Task What_one_replica_does_the_others_tell_and_revisions_are_the_same()
    {
        var (one, other) = (await StartAsync(), await StartAsync());
        await using var follower = Follow(other);
        (await NextAsync(follower, s => s.Measures.IsEmpty)).ShouldNotBeNull();
        var measure = Measures.OnPerson() with { Measure = Measures.OnPerson().Measure with { Until = TimeProvider.System.GetUtcNow().AddHours(1) } };
        await Book(one).AddAsync(measure, Measures.Bounds, Cancellation);
        var told = await NextAsync(follower, s => !s.Measures.IsEmpty);
        told.Measures.ShouldHaveSingleItem().ShouldBe(measure.Measure);
        told.Revision.ShouldBe(Book(one).Current!.Snapshot.Revision);
        await Book(other).EndAsync(measure.Measure.Id, new StandingEnding { At = TimeProvider.System.GetUtcNow(), By = "oscar" }, Cancellation);
        await Eventually.Succeeds(() =>
        {
            Book(one).Current!.Snapshot.Measures.ShouldBeEmpty();
            return Task.CompletedTask;
        });
        Book(one).Current!.Snapshot.Revision.ShouldBe(Book(other).Current!.Snapshot.Revision);
    }

    [Fact]
    public async Task Writers_on_several_replicas_make_one_order_and_no_follower_misses_any()
    {
        var replicas = new[] { await StartAsync(), await StartAsync(), await StartAsync() };
        var seen = new ConcurrentDictionary<string, bool>();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var following = Task.Run(
            async () =>
            {
                var last = 0L;
                await foreach (var snapshot in replicas[2].Services.GetRequiredService<IStandings>().WatchAsync(new StandingWatch { Follower = "test" }, end.Token))
                {
                    snapshot.Revision.ShouldBeGreaterThanOrEqualTo(last);
                    last = snapshot.Revision;
                    foreach (var measure in snapshot.Measures)
                    {
                        seen[measure.Id] = true;
                    }
                }
            },
            Cancellation);
        var added = await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
        {
            var measure = Measures.On(new StandingSubject { ClientId = $"{i}" }, at: TimeProvider.System.GetUtcNow());
            (await Book(replicas[i % 2]).AddAsync(measure, Measures.Bounds, Cancellation)).Outcome.ShouldBe(StandingAdditionOutcome.Added);
            return measure.Measure.Id;
        }));
        await Eventually.Succeeds(() =>
        {
            added.Except(seen.Keys).ShouldBeEmpty();
            return Task.CompletedTask;
        });
        await end.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => following);
        var revisions = new List<long>();
        foreach (var replica in replicas)
        {
            await Book(replica).RefreshAsync(Cancellation);
            revisions.Add(Book(replica).Current!.Snapshot.Revision);
        }

        revisions.Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_poll_stands_behind_the_notification()
    {
        var replica = await StartAsync();
        await Eventually.Succeeds(() =>
        {
            Book(replica).Current.ShouldNotBeNull();
            return Task.CompletedTask;
        });

        // Somebody wrote without a word, as a newer version does.
        var id = await WriteAsync("""{"client_id":"c","more":"x"}""");
        await Eventually.Succeeds(() =>
        {
            Book(replica).Current!.Snapshot.Measures.ShouldHaveSingleItem().Id.ShouldBe(id);
            return Task.CompletedTask;
        });

        // What means nothing here is on nobody; what cannot be read is no reason to let anybody in, and nothing to end the host for.
        await WriteAsync("""{"more":"x"}""");
        await Book(replica).RefreshAsync(Cancellation);
        Book(replica).Current!.Snapshot.Measures.ShouldHaveSingleItem();
        await WriteAsync("7");
        await Eventually.Succeeds(async () => await Should.ThrowAsync<IOException>(() => Book(replica).RefreshAsync(Cancellation)));
        Book(replica).Current!.Snapshot.Measures.ShouldHaveSingleItem();
        replica.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public async Task A_database_that_goes_away_silences_followers_and_its_return_is_told()
    {
        await using var server = await OwnPostgres.StartNewAsync();
        var database = await PostgresDatabase.CreateAsync(server.Superuser);
        var replica = await StartAsync(database);
        var measure = Measures.On(new StandingSubject { ClientId = "c" }, at: TimeProvider.System.GetUtcNow());
        await Book(replica).AddAsync(measure, Measures.Bounds, Cancellation);
        await server.KillAsync();
        await Eventually.Succeeds(async () => await Should.ThrowAsync<IOException>(() => Book(replica).RefreshAsync(Cancellation)));
        var asOf = Book(replica).Current!.Snapshot.AsOf;
        for (var i = 0; i < 10; i++)
        {
            await Should.ThrowAsync<IOException>(() => Book(replica).AddAsync(Measures.OnPerson(), Measures.Bounds, Cancellation));
        }

        Book(replica).Current!.Snapshot.ShouldSatisfyAllConditions(s => s.AsOf.ShouldBe(asOf), s => s.Measures.ShouldHaveSingleItem());
        await server.StartAsync();
        await Eventually.Succeeds(() =>
        {
            Book(replica).Current!.Snapshot.AsOf.ShouldBeGreaterThan(asOf);
            return Task.CompletedTask;
        });
        Book(replica).Current!.Snapshot.Measures.ShouldHaveSingleItem().Id.ShouldBe(measure.Measure.Id);

        // What else asks the database leaves it alone for longer: that must not make the word on who is cut off an old one.
        await Should.ThrowAsync<IOException>(() => Book(replica).AddAsync(Measures.OnPerson(), Measures.Bounds, Cancellation));
        await replica.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Replicas_whose_clocks_differ_say_the_same_time()
    {
        // Nothing is started: each is asked once, in turn.
        var late = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(TimeProvider.System.GetUtcNow().AddHours(-1));
        IHost[] replicas = [_replicas.Build(_master), _replicas.Build(_master, time: late), _replicas.Build(_master)];
        DateTimeOffset? before = null;
        foreach (var replica in replicas)
        {
            await Book(replica).RefreshAsync(Cancellation);
            var asOf = Book(replica).Current!.Snapshot.AsOf;
            (before is null || asOf > before).ShouldBeTrue();
            before = asOf;
        }
    }

    [Fact]
    public async Task A_replica_whose_clock_is_fast_ends_nothing_before_its_time()
    {
        var fast = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(TimeProvider.System.GetUtcNow().AddHours(2));
        var measure = Measures.OnPerson() with { Measure = Measures.OnPerson().Measure with { Until = TimeProvider.System.GetUtcNow().AddHours(1) } };
        IHost[] replicas = [_replicas.Build(_master), _replicas.Build(_master, time: fast)];
        await Book(replicas[0]).AddAsync(measure, Measures.Bounds, Cancellation);
        foreach (var replica in (IHost[])[replicas[1], replicas[0]])
        {
            await Book(replica).RefreshAsync(Cancellation);
            Book(replica).Current!.Snapshot.Measures.ShouldHaveSingleItem().Id.ShouldBe(measure.Measure.Id);
        }
    }

    [Fact]
    public async Task The_role_of_the_service_changes_nothing_of_what_a_measure_says()
    {
        var store = await CreateAsync();
        await store.AddAsync(Measures.OnPerson(), Measures.Bounds, Cancellation);
        await using var connection = new NpgsqlConnection(_replicas.Database.Runtime);
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand("UPDATE gatewaystack.standings SET measure = '{}'", connection);
        (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Cancellation))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task A_host_is_healthy_as_soon_as_it_has_read_who_is_cut_off()
    {
        var replica = await StartAsync();
        var report = await replica.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(r => r.Name == "standings", Cancellation);
        report.Entries["standings"].Status.ShouldBe(HealthStatus.Healthy);
    }

    private protected override async Task<IStandingStore> CreateAsync()
    {
        var store = _replicas.Build(_master).Services.GetRequiredService<IStandingStore>();
        store.ShouldBeOfType<PostgresStandingStore>();
        await store.ReadAsync(0, Cancellation);
        return store;
    }

    private async Task<string> WriteAsync(string subject)
    {
        await using var connection = new NpgsqlConnection(_replicas.Database.Superuser);
        await connection.OpenAsync(Cancellation);
        var id = Guid.NewGuid().ToString("N");
        await using var command = new NpgsqlCommand(
            $$"""
            UPDATE gatewaystack.standing_state SET revision = revision + 1;
            INSERT INTO gatewaystack.standings(id, origin, measure, created_at, until) VALUES('{{id}}', 1,
              '{"id":"{{id}}","effect":"Block","subject":{{subject}},"reason":"r","author":"a","created_at":"2026-01-01T00:00:00+00:00","until":"2999-01-01T00:00:00+00:00"}', now(), '2999-01-01')
            """,
            connection);
        await command.ExecuteNonQueryAsync(Cancellation);
        return id;
    }

    private static StandingBook Book(IHost replica) => replica.Services.GetRequiredService<StandingBook>();

    private static IAsyncEnumerator<StandingSnapshot> Follow(IHost replica) =>
        replica.Services.GetRequiredService<IStandings>().WatchAsync(new StandingWatch { Follower = "test" }, Cancellation).GetAsyncEnumerator(Cancellation);

    private static async Task<StandingSnapshot> NextAsync(IAsyncEnumerator<StandingSnapshot> follower, Func<StandingSnapshot, bool> isMeant)
    {
        do
        {
            (await follower.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(2), Cancellation)).ShouldBeTrue();
        }
        while (!isMeant(follower.Current));
        return follower.Current;
    }

    private async Task<IHost> StartAsync(PostgresDatabase? database = null)
    {
        var replica = _replicas.Build(_master, database, breakDuration: "00:05:00");
        await replica.StartAsync(Cancellation);
        return replica;
    }
}
