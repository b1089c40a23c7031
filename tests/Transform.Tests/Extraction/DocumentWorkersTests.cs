using GatewayStack.Transform.Extraction;

namespace GatewayStack.Transform.Tests.Extraction;

public sealed class DocumentWorkersTests
{
    [Fact]
    public async Task One_person_never_has_all_workers()
    {
        var workers = new DocumentWorkers(2);
        await workers.WaitAsync("a", CancellationToken.None);
        var second = workers.WaitAsync("a", CancellationToken.None);
        second.IsCompleted.ShouldBeFalse();
        await workers.WaitAsync("b", CancellationToken.None);
        workers.Release("a");
        await second;
    }

    [Fact]
    public async Task Who_has_none_comes_first()
    {
        var workers = new DocumentWorkers(3);
        await workers.WaitAsync("a", CancellationToken.None);
        await workers.WaitAsync("a", CancellationToken.None);
        await workers.WaitAsync("b", CancellationToken.None);
        var third = workers.WaitAsync("a", CancellationToken.None);
        var other = workers.WaitAsync("c", CancellationToken.None);
        workers.Release("a");
        await other;
        third.IsCompleted.ShouldBeFalse();
        workers.Release("c");
        await third;
    }

    [Fact]
    public async Task A_single_worker_and_nobody_known_are_served_in_turn()
    {
        var workers = new DocumentWorkers(1);
        await workers.WaitAsync("a", CancellationToken.None);
        var next = workers.WaitAsync(person: null, CancellationToken.None);
        workers.Release("a");
        await next;

        workers = new DocumentWorkers(2);
        await workers.WaitAsync(person: null, CancellationToken.None);
        await workers.WaitAsync(person: null, CancellationToken.None);
    }

    [Fact]
    public async Task Who_gives_up_takes_no_worker()
    {
        var workers = new DocumentWorkers(1);
        await workers.WaitAsync("a", CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var gone = workers.WaitAsync("b", stop.Token);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => gone);
        var next = workers.WaitAsync("c", CancellationToken.None);
        workers.Release("a");
        await next;
    }
}
