using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace GatewayStack.Cli.Input;

/// <summary>Work on a sequence by all processors, with its order kept and a bounded number of elements in hand.</summary>
internal static class Ordered
{
    /// <summary>Applies <paramref name="work"/> to each element.</summary>
    public static async IAsyncEnumerable<TOut> SelectAsync<TIn, TOut>(
        IAsyncEnumerable<TIn> source, Func<TIn, TOut> work, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var inHand = Channel.CreateBounded<Task<TOut>>(new BoundedChannelOptions(4 * Environment.ProcessorCount) { SingleReader = true, SingleWriter = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = ReadAsync(source, work, inHand.Writer, stop.Token);
        try
        {
            await foreach (var task in inHand.Reader.ReadAllAsync(cancellationToken))
            {
                yield return await task;
            }
        }
        finally
        {
            // Whoever stops early, because of a bad element or by choice, leaves nothing running.
            await stop.CancelAsync();
            await reading;
        }
    }

    private static async Task ReadAsync<TIn, TOut>(IAsyncEnumerable<TIn> source, Func<TIn, TOut> work, ChannelWriter<Task<TOut>> inHand, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var element in source.WithCancellation(cancellationToken))
            {
                await inHand.WriteAsync(Task.Run(() => work(element), CancellationToken.None), cancellationToken);
            }

            inHand.Complete();
        }
        catch (Exception e)
        {
            // The reader gets it, after all that came before it.
            inHand.TryComplete(e);
        }
    }
}
