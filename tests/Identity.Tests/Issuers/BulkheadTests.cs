using GatewayStack.Identity.Issuers;

namespace GatewayStack.Identity.Tests.Issuers;

/// <summary>Who waits has a turn, whoever else sends how much.</summary>
public sealed class BulkheadTests
{
    [Fact]
    public async Task Sources_take_turns()
    {
        var bulkhead = new Bulkhead(1, 100);
        (await bulkhead.EnterAsync("first")).ShouldBeTrue();
        var order = new List<string>();
        var waiting = new[] { "a", "a", "a", "b", "c", "b" }.Select(source => (source, Place: bulkhead.EnterAsync(source))).ToList();
        while (waiting.Count > 0)
        {
            bulkhead.Leave();
            var next = waiting.Single(w => w.Place.IsCompleted);
            (await next.Place).ShouldBeTrue();
            order.Add(next.source);
            waiting.Remove(next);
        }

        order.ShouldBe(["a", "b", "c", "a", "b", "a"]);
    }

    [Fact]
    public async Task Where_it_is_full_the_longest_line_gives_way_and_never_a_shorter_one()
    {
        var bulkhead = new Bulkhead(1, 3);
        await bulkhead.EnterAsync("first");
        var many = new[] { bulkhead.EnterAsync("many"), bulkhead.EnterAsync("many"), bulkhead.EnterAsync("many") };
        (await bulkhead.EnterAsync("many")).ShouldBeFalse();
        var one = bulkhead.EnterAsync("one");
        (await many[2]).ShouldBeFalse();
        var other = bulkhead.EnterAsync("other");
        (await many[1]).ShouldBeFalse();

        // Now all lines are of one: who comes again has to wait elsewhere, who is new takes one's place.
        (await bulkhead.EnterAsync("many")).ShouldBeFalse();
        bulkhead.Leave();
        (await many[0]).ShouldBeTrue();
        bulkhead.Leave();
        (await one).ShouldBeTrue();
        bulkhead.Leave();
        (await other).ShouldBeTrue();
    }

    [Theory]
    [InlineData(true, 64)]
    [InlineData(false, 16)]
    public async Task Who_is_known_has_more_room_than_strangers(bool known, int places)
    {
        var calls = new IssuerCalls("questions", "idp", TimeProvider.System);
        var (gate, underWay) = (new TaskCompletionSource<int>(), 0);
        var asked = Enumerable.Range(0, 100).Select(i => calls.AskAsync(known ? Asker.Known : Asker.Stranger, "source", (_, _) =>
        {
            Interlocked.Increment(ref underWay);
            return gate.Task;
        })).ToArray();
        Volatile.Read(ref underWay).ShouldBe(places);
        gate.SetResult(1);
        (await Task.WhenAll(asked)).Sum().ShouldBe(100);
    }

    [Fact]
    public async Task Of_lines_that_are_as_long_any_gives_way()
    {
        var given = new HashSet<int>();
        for (var round = 0; round < 200 && given.Count < 3; round++)
        {
            var bulkhead = new Bulkhead(1, 6);
            await bulkhead.EnterAsync("first");
            var lines = Enumerable.Range(0, 6).Select(i => bulkhead.EnterAsync("source-" + (i / 2))).ToArray();
            _ = bulkhead.EnterAsync("new");
            given.Add(Array.FindIndex(lines, line => line.IsCompleted) / 2);
        }

        given.ShouldBe([0, 1, 2], ignoreOrder: true);
    }

    [Fact]
    public async Task A_place_that_is_left_with_nobody_waiting_is_free_again()
    {
        var bulkhead = new Bulkhead(2, 0);
        for (var i = 0; i < 10; i++)
        {
            (await bulkhead.EnterAsync("a"), await bulkhead.EnterAsync("b"), await bulkhead.EnterAsync("c")).ShouldBe((true, true, false));
            bulkhead.Leave();
            bulkhead.Leave();
        }
    }

    [Fact]
    public async Task However_many_come_and_go_no_more_are_under_way_than_may_be_and_nobody_is_forgotten()
    {
        var bulkhead = new Bulkhead(4, 10_000);
        var (underWay, most) = (0, 0);
        await Parallel.ForEachAsync(Enumerable.Range(0, 2_000), new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, _) =>
        {
            (await bulkhead.EnterAsync("source-" + (i % 7))).ShouldBeTrue();
            var now = Interlocked.Increment(ref underWay);
            int seen;
            while (now > (seen = Volatile.Read(ref most)) && Interlocked.CompareExchange(ref most, now, seen) != seen)
            {
            }

            await Task.Yield();
            Interlocked.Decrement(ref underWay);
            bulkhead.Leave();
        });
        most.ShouldBeInRange(1, 4);
    }
}
