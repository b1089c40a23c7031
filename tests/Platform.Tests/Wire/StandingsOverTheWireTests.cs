using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using FsCheck.Fluent;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Router;
using GatewayStack.Policy.Tests.Model;
using GatewayStack.TestServers;
using GatewayStack.Wire.Standings;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using V1 = GatewayStack.Wire.Standings.V1;

namespace GatewayStack.Platform.Tests.Wire;

public sealed class StandingsOverTheWireTests
{
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Whatever snapshots follow each other, the follower has what the owner has, and only differences are sent.</summary>
    [Fact]
    public void Snapshots_survive_the_wire() => Seeded.Check(
        RecordMaker.Gen<StandingSnapshot>().ListOf(5),
        200,
        snapshots =>
        {
            var (difference, picture) = (new StandingDifference(), new StandingPicture());
            var kept = ImmutableArray<StandingMeasure>.Empty;
            foreach (var snapshot in snapshots)
            {
                // Some of those before stay, and all are different.
                ImmutableArray<StandingMeasure> measures =
                [
                    .. kept.Where((_, i) => i % 2 == 0),
                    .. snapshot.Measures.Select((m, i) => m with { Id = Guid.NewGuid().ToString("N"), Subject = m.Subject.IsEmpty ? m.Subject with { ClientId = "c" } : m.Subject }),
                ];
                var said = snapshot with { Measures = measures };
                var update = V1.StandingUpdate.Parser.ParseFrom(difference.To(said).ToByteArray());
                update.Added.Count.ShouldBe(measures.Length - measures.Count(kept.Contains));
                RecordMaker.Json(picture.Take(update)).ShouldBe(RecordMaker.Json(said));
                var beat = difference.To(said with { AsOf = said.AsOf.AddSeconds(1) });
                (beat.Added.Count, beat.Removed.Count, beat.Complete).ShouldBe((0, 0, false));
                kept = measures;
            }
        });

    [Fact]
    public void What_does_not_follow_or_cannot_be_understood_is_no_snapshot()
    {
        var asOf = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch);
        new StandingPicture().Take(new V1.StandingUpdate { AsOf = asOf }).ShouldBeNull("a difference to nothing");
        new StandingPicture().Take(new V1.StandingUpdate { Complete = true }).ShouldBeNull("nobody knows when");
        new StandingPicture().Take(new V1.StandingUpdate { Complete = true, AsOf = asOf, Added = { new V1.StandingMeasure { Id = "1" } } }).ShouldBeNull("a measure on nothing");
        new StandingPicture().Take(new V1.StandingUpdate { Complete = true, AsOf = asOf }).ShouldNotBeNull().Measures.ShouldBeEmpty();
    }

    [Fact]
    public void A_newer_version_blocks_by_what_is_known_here_and_nobody_by_what_is_not()
    {
        var asOf = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch);
        V1.StandingMeasure Measure(string id, V1.StandingSubject subject, int effect) =>
            new() { Id = id, Subject = subject, Effect = (V1.StandingEffect)effect, CreatedAt = asOf, Until = asOf };
        var update = new V1.StandingUpdate
        {
            Complete = true,
            AsOf = asOf,
            Added = { Measure("1", new V1.StandingSubject { ClientId = "c" }, 99), Measure("2", new V1.StandingSubject(), 1) },
        };
        var measure = new StandingPicture().Take(update).ShouldNotBeNull().Measures.ShouldHaveSingleItem();
        (measure.Id, measure.Effect).ShouldBe(("1", StandingEffect.Unspecified));
    }

    [Fact]
    public async Task A_follower_gets_all_then_what_changes_then_beats()
    {
        var standings = new StandingsDouble();
        standings.Tell(1, "a");
        await using var server = await StartAsync(standings);
        using var client = Client(server.Address);
        await using var follower = Follow(client);
        (await NextAsync(follower)).ShouldBe("1: a");
        standings.Tell(2, "a", "b");
        (await NextAsync(follower)).ShouldBe("2: a b");
        standings.Tell(2, "a", "b");
        (await NextAsync(follower)).ShouldBe("2: a b");
        standings.Tell(3, "b");
        (await NextAsync(follower)).ShouldBe("3: b");
        standings.Tell(4);
        (await NextAsync(follower)).ShouldBe("4: ");
        standings.Followers.ShouldBe(["router"]);
    }

    [Fact]
    public async Task Many_follow_and_who_leaves_is_gone_at_the_owner()
    {
        var standings = new StandingsDouble();
        standings.Tell(1, "a");
        await using var server = await StartAsync(standings);
        using var client = Client(server.Address);
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await using var stays = Follow(client);
        var leaving = Enumerable.Range(0, 10).Select(_ => Follow(client, leave.Token)).ToList();
        foreach (var follower in leaving.Append(stays))
        {
            (await NextAsync(follower)).ShouldBe("1: a");
        }

        standings.Count.ShouldBe(11);
        await leave.CancelAsync();
        foreach (var follower in leaving)
        {
            await Should.ThrowAsync<OperationCanceledException>(async () => await follower.MoveNextAsync());
            await follower.DisposeAsync();
        }

        await Eventually.Succeeds(() =>
        {
            standings.Count.ShouldBe(1);
            return Task.CompletedTask;
        });
        standings.Tell(2);
        (await NextAsync(stays)).ShouldBe("2: ");
    }

    [Fact]
    public async Task A_line_that_is_cut_is_broken_and_the_next_one_begins_with_all()
    {
        var standings = new StandingsDouble();
        standings.Tell(1, "a");
        var port = TestPorts.Free();
        var server = await StartAsync(standings, port);
        using var client = Client(server.Address);
        await using (var follower = Follow(client))
        {
            (await NextAsync(follower)).ShouldBe("1: a");
            await server.AbortAsync();
            (await Should.ThrowAsync<ModuleCallException>(() => NextAsync(follower))).Fault.ShouldBe(ModuleFault.Broken);
        }

        await server.DisposeAsync();
        standings.Tell(2, "a", "b");
        await using var again = await StartAsync(standings, port);
        await Eventually.Succeeds(async () =>
        {
            await using var follower = Follow(client);
            (await NextAsync(follower)).ShouldBe("2: a b");
        });
    }

    [Fact]
    public async Task An_instance_that_stops_does_not_wait_for_its_followers()
    {
        var standings = new StandingsDouble();
        standings.Tell(1);
        var server = await StartAsync(standings);
        using var client = Client(server.Address);
        await using var follower = Follow(client);
        (await NextAsync(follower)).ShouldBe("1: ");
        await server.StopAsync().WaitAsync(Waiting.Most, Cancellation);
        (await Should.ThrowAsync<ModuleCallException>(() => NextAsync(follower))).Fault.ShouldBe(ModuleFault.Broken);
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_silent_line_is_a_broken_one()
    {
        var time = new FakeTimeProvider();
        var standings = new StandingsDouble();
        standings.Tell(1, "a");
        await using var server = await StartAsync(standings);
        using var client = Client(server.Address, time);
        await using var follower = Follow(client);
        (await NextAsync(follower)).ShouldBe("1: a");
        var next = NextAsync(follower);
        time.Advance(StandingsClient.Silence - TimeSpan.FromMilliseconds(1));
        next.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromMilliseconds(1));
        (await Should.ThrowAsync<ModuleCallException>(() => next)).Fault.ShouldBe(ModuleFault.Broken);
    }

    [Fact]
    public async Task Where_nobody_is_the_line_was_never_there()
    {
        using var client = Client(RawServer.Closed());
        await using var follower = Follow(client);
        (await Should.ThrowAsync<ModuleCallException>(() => NextAsync(follower))).Fault.ShouldBe(ModuleFault.NeverReached);
    }

    [Fact]
    public async Task An_owner_that_fails_tells_that_it_failed_and_no_more()
    {
        var standings = new StandingsDouble { Failure = new InvalidOperationException("about nora") };
        await using var server = await StartAsync(standings);
        using var client = Client(server.Address);
        await using var follower = Follow(client);
        var failure = await Should.ThrowAsync<ModuleCallException>(() => NextAsync(follower));
        (failure.Fault, failure.ToString().Contains("nora", StringComparison.Ordinal)).ShouldBe((ModuleFault.Broken, false));
    }

    private static Task<WireServer> StartAsync(StandingsDouble standings, int port = 0) => WireServer.StartAsync(
        b =>
        {
            b.Services.AddSingleton<IStandings>(standings);
            b.AddStandingsGrpc();

            // Whatever its stop waits for, it waits for it for ever.
            b.Services.Configure<HostOptions>(h => h.ShutdownTimeout = Timeout.InfiniteTimeSpan);
        },
        app => app.MapStandingsGrpc(),
        port);

    private static WireClient Client(string address, TimeProvider? time = null) => new(
        "identity",
        b =>
        {
            if (time is not null)
            {
                b.Services.AddSingleton(time);
            }

            b.AddStandingsClient();
        },
        address);

    private static IAsyncEnumerator<StandingSnapshot> Follow(WireClient client, CancellationToken? end = null) =>
        client.Get<IStandings>().WatchAsync(new StandingWatch { Follower = "router" }, end ?? Cancellation).GetAsyncEnumerator(end ?? Cancellation);

    private static async Task<string> NextAsync(IAsyncEnumerator<StandingSnapshot> follower)
    {
        (await follower.MoveNextAsync().AsTask().WaitAsync(Most, Cancellation)).ShouldBeTrue();
        return $"{follower.Current.Revision}: {string.Join(' ', follower.Current.Measures.Select(m => m.Id))}";
    }

    /// <summary>Tells its followers what a test says.</summary>
    private sealed class StandingsDouble : IStandings
    {
        private readonly ConcurrentDictionary<Channel<StandingSnapshot>, string> _followers = new();
        private readonly Dictionary<string, StandingMeasure> _made = new(StringComparer.Ordinal);
        private StandingSnapshot? _last;

        public Exception? Failure { get; init; }

        public int Count => _followers.Count;

        public IEnumerable<string> Followers => _followers.Values;

        public void Tell(long revision, params ReadOnlySpan<string> ids)
        {
            var measures = ImmutableArray.CreateBuilder<StandingMeasure>();
            foreach (var id in ids)
            {
                measures.Add(_made.TryGetValue(id, out var made) ? made : _made[id] = Make(id));
            }

            _last = new StandingSnapshot { Revision = revision, AsOf = DateTimeOffset.UnixEpoch.AddSeconds(revision), Measures = measures.ToImmutable() };
            foreach (var follower in _followers.Keys)
            {
                follower.Writer.TryWrite(_last);
            }
        }

        public async IAsyncEnumerable<StandingSnapshot> WatchAsync(StandingWatch request, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            if (Failure is not null)
            {
                throw Failure;
            }

            var channel = Channel.CreateUnbounded<StandingSnapshot>();
            channel.Writer.TryWrite(_last!);
            _followers[channel] = request.Follower;
            try
            {
                await foreach (var snapshot in channel.Reader.ReadAllAsync(cancellationToken))
                {
                    yield return snapshot;
                }
            }
            finally
            {
                _followers.TryRemove(channel, out _);
            }
        }

        private static StandingMeasure Make(string id) => new()
        {
            Id = id,
            Effect = StandingEffect.Block,
            Subject = new StandingSubject { ClientId = id },
            Reason = "r",
            Author = "a",
            CreatedAt = DateTimeOffset.UnixEpoch,
            Until = DateTimeOffset.UnixEpoch.AddDays(1),
        };
    }
}
