using System.Collections.Immutable;
using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Standings;
using GatewayStack.Identity.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace GatewayStack.Identity.Tests.Standings;

public sealed class StandingBookTests : IAsyncDisposable
{
    private readonly FailingStore _store = new();
    private readonly IdentityUnderTest _identity;

    public StandingBookTests() =>
        _identity = new IdentityUnderTest(
            new IdentityOptions { Issuers = [new IssuerOptions { Name = "idp", Issuer = "https://idp.example", Audiences = ["gateway"] }] },
            more: services => services.AddSingleton<IStandingStore>(_store));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private StandingBook Book => _identity.Get<StandingBook>();

    public async ValueTask DisposeAsync()
    {
        await _identity.DisposeAsync();
        _store.Dispose();
    }

    [Fact]
    public async Task Followers_get_all_at_once_then_each_change_and_a_beat()
    {
        await Book.AddAsync(Measures.OnPerson("a"), Measures.Bounds, Cancellation);
        await using var follower = Follow();
        (await NextAsync(follower)).Measures.ShouldHaveSingleItem();
        await Book.AddAsync(Measures.OnPerson("b"), Measures.Bounds, Cancellation);
        var second = await NextAsync(follower);
        second.Measures.Select(m => m.Subject.PersonId).ShouldBe(["a", "b"]);
        _identity.Clock.Advance(TimeSpan.FromSeconds(1));
        await Book.RefreshAsync(Cancellation);
        var beat = await NextAsync(follower);
        (beat.Revision, beat.AsOf).ShouldBe((second.Revision, _identity.Clock.GetUtcNow()));
        (beat.Measures == second.Measures).ShouldBeTrue("a beat copies nothing");
        await Book.EndAsync(second.Measures[0].Id, new StandingEnding { At = _identity.Clock.GetUtcNow(), By = "oscar" }, Cancellation);
        var third = await NextAsync(follower);
        third.Revision.ShouldBeGreaterThan(second.Revision);
        third.Measures.ShouldHaveSingleItem().Subject.PersonId.ShouldBe("b");
    }

    [Fact]
    public async Task An_end_by_itself_is_a_change_with_a_revision_of_its_own()
    {
        await Book.AddAsync(Measures.OnPerson(minutes: 1), Measures.Bounds, Cancellation);
        await using var follower = Follow();
        var before = await NextAsync(follower);
        _identity.Clock.Advance(TimeSpan.FromMinutes(1));
        await Book.RefreshAsync(Cancellation);
        var after = await NextAsync(follower);
        after.Measures.ShouldBeEmpty();
        after.Revision.ShouldBeGreaterThan(before.Revision);
    }

    [Fact]
    public async Task While_the_store_is_away_nothing_is_told_least_of_all_that_nobody_is_cut_off()
    {
        await Book.AddAsync(Measures.OnPerson(), Measures.Bounds, Cancellation);
        await using var follower = Follow();
        var before = await NextAsync(follower);
        _store.Away = true;
        _identity.Clock.Advance(TimeSpan.FromSeconds(5));
        await Should.ThrowAsync<IOException>(() => Book.RefreshAsync(Cancellation));
        var next = NextAsync(follower);
        next.IsCompleted.ShouldBeFalse();
        Book.Current!.Snapshot.ShouldBe(before);
        _store.Away = false;
        await Book.RefreshAsync(Cancellation);
        (await next).ShouldBe(before with { AsOf = _identity.Clock.GetUtcNow() });
    }

    [Fact]
    public async Task Who_begins_to_follow_while_the_store_is_away_gets_no_old_page_but_the_next_good_one()
    {
        await Book.AddAsync(Measures.OnPerson(), Measures.Bounds, Cancellation);
        _identity.Clock.Advance(StandingBook.LongestTold - TimeSpan.FromTicks(1));
        await using (var young = Follow())
        {
            (await NextAsync(young)).Measures.ShouldHaveSingleItem();
        }

        _store.Away = true;
        _identity.Clock.Advance(TimeSpan.FromTicks(1));
        await using var follower = Follow();
        var first = NextAsync(follower);
        await Should.ThrowAsync<IOException>(() => Book.RefreshAsync(Cancellation));
        first.IsCompleted.ShouldBeFalse();
        _store.Away = false;
        await Book.RefreshAsync(Cancellation);
        (await first).ShouldSatisfyAllConditions(s => s.AsOf.ShouldBe(_identity.Clock.GetUtcNow()), s => s.Measures.ShouldHaveSingleItem());
    }

    [Fact]
    public async Task What_the_store_says_is_as_of_its_clock_and_gets_old_by_this_machines()
    {
        // An hour ahead of this replica: another one's clock may be as well.
        _store.Clock = _identity.Clock.GetUtcNow().AddHours(1);
        await Book.RefreshAsync(Cancellation);
        await using var follower = Follow();
        (await NextAsync(follower)).AsOf.ShouldBe(_store.Clock.Value);
        _identity.Clock.Advance(StandingBook.LongestGood);
        Book.Good.ShouldNotBeNull();
        _identity.Clock.Advance(TimeSpan.FromTicks(1));
        Book.Good.ShouldBeNull();

        // Set back, it must not make what is answered now an older word.
        _store.Clock = _store.Clock.Value.AddHours(-2);
        await Book.RefreshAsync(Cancellation);
        var one = await NextAsync(follower);
        await Book.RefreshAsync(Cancellation);
        (await NextAsync(follower)).AsOf.ShouldBeGreaterThan(one.AsOf);
        one.AsOf.ShouldBeGreaterThan(_store.Clock.Value.AddHours(2));
        Book.Good.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_store_that_was_never_read_is_no_empty_book()
    {
        _store.Away = true;
        await Should.ThrowAsync<IOException>(() => Book.RefreshAsync(Cancellation));
        Book.Current.ShouldBeNull();
        await using var follower = Follow();
        var first = NextAsync(follower);
        first.IsCompleted.ShouldBeFalse();
        _store.Away = false;
        await Book.RefreshAsync(Cancellation);
        (await first).Measures.ShouldBeEmpty();
        var health = new StandingHealthCheck(Book);
        (await health.CheckHealthAsync(null!, Cancellation)).Status.ShouldBe(Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy);
        _identity.Clock.Advance(TimeSpan.FromSeconds(11));
        (await health.CheckHealthAsync(null!, Cancellation)).Status.ShouldBe(Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Unhealthy);
    }

    [Fact]
    public async Task Who_reads_slowly_holds_nobody_up_and_finds_the_newest()
    {
        await Book.RefreshAsync(Cancellation);
        await using var slow = Follow();
        await NextAsync(slow);
        await using var quick = Follow();
        await NextAsync(quick);
        for (var i = 1; i <= 20; i++)
        {
            await Book.AddAsync(Measures.OnPerson($"{i}"), Measures.Bounds, Cancellation);
            (await NextAsync(quick)).Measures.Length.ShouldBe(i);
        }

        (await NextAsync(slow)).Measures.Length.ShouldBe(20);
    }

    [Fact]
    public async Task Many_follow_and_each_ends_for_itself()
    {
        await Book.RefreshAsync(Cancellation);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await using var stays = Follow();
        var leaving = Enumerable.Range(0, 20).Select(_ => Book.WatchAsync(new StandingWatch { Follower = "test" }, end.Token).GetAsyncEnumerator(end.Token)).ToList();
        foreach (var follower in leaving.Append(stays))
        {
            (await NextAsync(follower)).Measures.ShouldBeEmpty();
        }

        await end.CancelAsync();
        foreach (var follower in leaving)
        {
            await Should.ThrowAsync<OperationCanceledException>(async () => await follower.MoveNextAsync());
            await follower.DisposeAsync();
        }

        await Book.AddAsync(Measures.OnPerson(), Measures.Bounds, Cancellation);
        (await NextAsync(stays)).Measures.ShouldHaveSingleItem();
    }

    private IAsyncEnumerator<StandingSnapshot> Follow() => _identity.Services.GetRequiredService<IStandings>().WatchAsync(new StandingWatch { Follower = "test" }, Cancellation).GetAsyncEnumerator(Cancellation);

    private static async Task<StandingSnapshot> NextAsync(IAsyncEnumerator<StandingSnapshot> follower)
    {
        (await follower.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(2), Cancellation)).ShouldBeTrue();
        return follower.Current;
    }

    /// <summary>A store that can be away.</summary>
    private sealed class FailingStore : IStandingStore, IDisposable
    {
        private readonly TestFolder _folder = new();
        private readonly GatewayStack.Identity.Standings.Embedded.StandingFile _file;

        public FailingStore() => _file = new(_folder.Identity);

        public bool Away { get; set; }

        private GatewayStack.Identity.Standings.Embedded.StandingFile Store => Away ? throw new IOException("away") : _file;

        /// <summary>What the store's own clock says, where it has one.</summary>
        public DateTimeOffset? Clock { get; set; }

        public async Task<StandingReading> ReadAsync(long known, CancellationToken cancellationToken) => await Store.ReadAsync(known, cancellationToken) with { AsOf = Clock };

        public async Task<StandingAddition> AddAsync(StoredMeasure measure, StandingBounds bounds, CancellationToken cancellationToken) => await Store.AddAsync(measure, bounds, cancellationToken);

        public async Task<(StoredMeasure Measure, bool Now)?> EndAsync(string id, StandingEnding ending, CancellationToken cancellationToken) => await Store.EndAsync(id, ending, cancellationToken);

        public async Task<ImmutableArray<StoredMeasure>> EndDueAsync(DateTimeOffset now, CancellationToken cancellationToken) => await Store.EndDueAsync(now, cancellationToken);

        public async Task<ImmutableArray<StoredMeasure>> ListAsync(StandingQuery query, CancellationToken cancellationToken) => await Store.ListAsync(query, cancellationToken);

        public async Task<int> PruneAsync(DateTimeOffset endedBefore, CancellationToken cancellationToken) => await Store.PruneAsync(endedBefore, cancellationToken);

        public void Dispose()
        {
            _file.Dispose();
            _folder.Dispose();
        }
    }
}
