namespace GatewayStack.Transform.Extraction;

/// <summary>Hands out the workers. One person never has all of them, unless there is only one, and has a second one only while nobody waits who has none.</summary>
/// <remarks>Safe for concurrent use.</remarks>
/// <param name="count">How many there are.</param>
internal sealed class DocumentWorkers(int count)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter> _waiting = [];
    private readonly Dictionary<string, int> _held = new(StringComparer.Ordinal);
    private readonly int _most = Math.Max(1, count - 1);
    private int _free = count;

    /// <summary>Waits for a worker.</summary>
    /// <param name="person">Whose document it is for; null where that is not known.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task WaitAsync(string? person, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var waiter = new Waiter(person);
        lock (_lock)
        {
            _waiting.AddLast(waiter);
            HandOut();
        }

        await using var end = cancellationToken.UnsafeRegister(_ => GiveUp(waiter, cancellationToken), state: null);
        await waiter.Task;
    }

    /// <summary>Gives a worker back.</summary>
    public void Release(string? person)
    {
        lock (_lock)
        {
            _free++;
            if (person is not null && --_held[person] == 0)
            {
                _held.Remove(person);
            }

            HandOut();
        }
    }

    private void GiveUp(Waiter waiter, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_waiting.Remove(waiter))
            {
                waiter.TrySetCanceled(cancellationToken);
            }
        }
    }

    private void HandOut()
    {
        while (_free > 0 && (Next(most: 0) ?? Next(_most - 1)) is { } next)
        {
            _waiting.Remove(next);
            _free--;
            if (next.Value.Person is { } person)
            {
                _held[person] = _held.GetValueOrDefault(person) + 1;
            }

            next.Value.TrySetResult();
        }
    }

    /// <summary>The first who waits and has no more workers than this.</summary>
    private LinkedListNode<Waiter>? Next(int most)
    {
        for (var node = _waiting.First; node is not null; node = node.Next)
        {
            if (node.Value.Person is not { } person || _held.GetValueOrDefault(person) <= most)
            {
                return node;
            }
        }

        return null;
    }

    private sealed class Waiter(string? person) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public string? Person { get; } = person;
    }
}
