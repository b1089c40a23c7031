using GatewayStack.Audit.Postgres;
using GatewayStack.Contracts.Events;
using GatewayStack.TestServers;
using static GatewayStack.Audit.Tests.Storage.StoreSamples;

namespace GatewayStack.Audit.Tests.Postgres;

public sealed class ConsumerLeaseTests(PostgresAudit audit) : IClassFixture<PostgresAudit>
{
    private static readonly LeaseTimes Quick = new() { Retry = TimeSpan.FromMilliseconds(50), Beat = TimeSpan.FromMilliseconds(50) };

    [Fact]
    public async Task One_holds_it_and_the_next_gets_it_when_it_is_given_back()
    {
        using var one = audit.Open();
        using var two = audit.Open();
        var first = await one.Lease(Quick).AcquireAsync(Token);
        var second = two.Lease(Quick).AcquireAsync(Token);
        await Task.WhenAny(second, Task.Delay(300, Token));
        second.IsCompleted.ShouldBeFalse();
        first.Lost.IsCancellationRequested.ShouldBeFalse();

        await first.DisposeAsync();
        await using var held = await second;
        held.Lost.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public async Task A_holder_whose_session_ends_knows_it_and_another_takes_over()
    {
        using var one = audit.Open();
        using var two = audit.Open();
        await using var first = await one.Lease(Quick).AcquireAsync(Token);
        var second = two.Lease(Quick).AcquireAsync(Token);
        (await audit.ExecuteAsync("SELECT count(pg_terminate_backend(l.pid)) FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE d.datname = current_database() AND locktype = 'advisory'"))
            .ShouldBe(1L);

        await Until(first.Lost);
        await using var held = await second;
        held.Lost.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public async Task A_holder_that_is_stopped_loses_it_and_what_it_still_had_is_fenced()
    {
        await audit.ResetAsync();
        using var one = audit.Open();
        using var two = audit.Open();
        // A stopped process gives no sign of life.
        await using var first = await one.Lease(Quick with { Beat = TimeSpan.FromDays(1), ServerGivesUp = TimeSpan.FromSeconds(1) }).AcquireAsync(Token);
        var old = (await one.Store.ClaimAsync("t", [0], Token)).Single();
        await using var second = await two.Lease(Quick).AcquireAsync(Token);
        var claim = (await two.Store.ClaimAsync("t", [0], Token)).Single();

        LogPosition Step(long claimed) => new() { Topic = "t", Partition = 0, From = 0, Next = 2, Claim = claimed };
        (await one.Store.AppendAsync(Batch(Entries(1, 2)) with { Position = Step(old.Claim) }, Token)).Fenced.ShouldBeTrue();
        (await two.Store.AppendAsync(Batch(Entries(1, 2)) with { Position = Step(claim.Claim) }, Token)).Stored.ShouldBe(2);
        (await one.Store.AppendAsync(Batch(Entries(1, 2)) with { Position = Step(old.Claim) }, Token)).Fenced.ShouldBeTrue();
        (await two.Store.GetStatusAsync(Token)).Rows.ShouldBe(2);
    }

    [Fact]
    public async Task A_server_that_is_away_is_waited_for()
    {
        await using var own = await OwnPostgres.StartNewAsync();
        var other = new PostgresAudit(own);
        await other.InitializeAsync();
        using var instance = other.Open();
        await using var first = await instance.Lease(Quick).AcquireAsync(Token);
        await own.KillAsync();
        await Until(first.Lost);

        var second = instance.Lease(Quick).AcquireAsync(Token);
        await Task.WhenAny(second, Task.Delay(200, Token));
        second.IsCompleted.ShouldBeFalse();
        await own.StartAsync();
        await using (await second)
        {
        }

        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => instance.Lease(Quick).AcquireAsync(cancelled.Token));
        await other.DisposeAsync();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task Until(CancellationToken lost)
    {
        var reached = new TaskCompletionSource();
        await using var registered = lost.Register(reached.SetResult);
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);
    }
}
