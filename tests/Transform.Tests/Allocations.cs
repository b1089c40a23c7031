namespace GatewayStack.Transform.Tests;

/// <summary>What calls allocate on the thread that makes them.</summary>
internal static class Allocations
{
    private const int Rounds = 100;
    private const int Calls = 100;

    /// <summary>
    /// Bytes that a hundred calls allocate, in the round that allocates least. Tests beside this one take buffers from the same pools, and a collection
    /// empties them: then a round makes a new one. What every call allocates, or every hundredth, no round is without.
    /// </summary>
    public static long LeastOf(Action call)
    {
        call();
        var least = long.MaxValue;
        for (var round = 0; round < Rounds && least > 0; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < Calls; i++)
            {
                call();
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
