using System.Collections.Concurrent;

namespace GatewayStack.Identity.Credentials;

/// <summary>One question for everybody who asks the same at the same time.</summary>
internal sealed class SingleFlight<TValue>
{
    private readonly ConcurrentDictionary<TokenKey, Task<TValue>> _flights = new();

    /// <summary>Joins the question that is under way, or asks it.</summary>
    /// <param name="key">What is asked.</param>
    /// <param name="ask">Asks, and remembers the answer where it is to be remembered; it looks there first, since another question may just have ended.</param>
    /// <param name="cancellationToken">Ends the wait, not the question: it serves everybody who waits for it.</param>
    public async Task<TValue> RunAsync(TokenKey key, Func<Task<TValue>> ask, CancellationToken cancellationToken)
    {
        var asked = new TaskCompletionSource<TValue>(TaskCreationOptions.RunContinuationsAsynchronously);
        var shared = _flights.GetOrAdd(key, asked.Task);
        if (ReferenceEquals(shared, asked.Task))
        {
            _ = Task.Run(() => AnswerAsync(key, ask, asked), CancellationToken.None);
        }

        return await shared.WaitAsync(cancellationToken);
    }

    private async Task AnswerAsync(TokenKey key, Func<Task<TValue>> ask, TaskCompletionSource<TValue> asked)
    {
        try
        {
            var answer = await ask();
            // Whoever comes now is no longer answered by this question.
            _flights.TryRemove(key, out _);
            asked.SetResult(answer);
        }
        catch (Exception e)
        {
            _flights.TryRemove(key, out _);
            asked.SetException(e);
        }
    }
}
