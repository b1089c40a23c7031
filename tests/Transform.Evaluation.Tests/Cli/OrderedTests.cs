using GatewayStack.Cli.Input;

namespace GatewayStack.Transform.Evaluation.Tests.Cli;

/// <summary>Work on a long sequence holds a bounded part of it.</summary>
public class OrderedTests
{
    [Fact]
    public async Task What_is_not_taken_is_not_read()
    {
        var read = 0;
        async IAsyncEnumerable<int> Endless()
        {
            while (true)
            {
                await Task.Yield();
                yield return read++;
            }
        }

        await using var results = Ordered.SelectAsync(Endless(), static i => i * 2, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        for (var i = 0; i < 10; i++)
        {
            (await results.MoveNextAsync()).ShouldBeTrue();
            results.Current.ShouldBe(2 * i);
        }

        // Ten taken, a bounded number in hand, one waiting for its place.
        read.ShouldBeLessThanOrEqualTo(10 + (4 * Environment.ProcessorCount) + 2);
    }

    [Fact]
    public async Task An_error_comes_after_what_was_before_it()
    {
        var results = new List<int>();
        var error = await Should.ThrowAsync<InvalidOperationException>(async () =>
        {
            await foreach (var result in Ordered.SelectAsync(Enumerable.Range(0, 100).ToAsyncEnumerable(), Work, TestContext.Current.CancellationToken))
            {
                results.Add(result);
            }
        });
        error.Message.ShouldBe("7");
        results.ShouldBe(Enumerable.Range(0, 7));

        static int Work(int i) => i == 7 ? throw new InvalidOperationException("7") : i;
    }
}
