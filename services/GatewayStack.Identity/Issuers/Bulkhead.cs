using System.Security.Cryptography;

namespace GatewayStack.Identity.Issuers;

/// <summary>
/// A bound on what is under way at once, with a fair queue before it: the sources that wait have turns, and where the queue is full the longest part of it gives way. So nobody
/// takes more than their share of it, however much they send.
/// </summary>
internal sealed class Bulkhead(int mostAtOnce, int mostWaiting)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<Line>> _lines = new(StringComparer.Ordinal);
    private readonly LinkedList<Line> _turns = new();
    private int _underWay;
    private int _waiting;

    /// <summary>Waits for a place.</summary>
    /// <param name="source">Who wants it, as far as it matters for fairness.</param>
    /// <returns>True with a place, which must be left again; false where there is none to be had.</returns>
    public Task<bool> EnterAsync(string source)
    {
        lock (_gate)
        {
            if (_underWay < mostAtOnce)
            {
                _underWay++;
                return Task.FromResult(true);
            }

            if (_waiting >= mostWaiting && !TryMakeRoom(source))
            {
                return Task.FromResult(false);
            }

            if (!_lines.TryGetValue(source, out var line))
            {
                line = _turns.AddLast(new Line(source));
                _lines.Add(source, line);
            }

            var place = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            line.Value.Places.AddLast(place);
            _waiting++;
            return place.Task;
        }
    }

    /// <summary>Gives the place to whose turn it is.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            if (_turns.First is not { } line)
            {
                _underWay--;
                return;
            }

            var place = line.Value.Places.First!.Value;
            line.Value.Places.RemoveFirst();
            _waiting--;
            _turns.Remove(line);
            if (line.Value.Places.Count > 0)
            {
                _turns.AddLast(line);
            }
            else
            {
                _lines.Remove(line.Value.Source);
            }

            place.SetResult(true);
        }
    }

    /// <summary>The newest of the longest line goes; where that is the source's own, the source has to.</summary>
    private bool TryMakeRoom(string source)
    {
        // Of several that are as long any: nobody's turn to give way is foreseeable.
        var most = _lines.Values.Select(line => line.Value.Places.Count).DefaultIfEmpty().Max();
        LinkedListNode<Line>[] candidates = [.. _lines.Values.Where(line => line.Value.Places.Count == most)];
        var longest = candidates.Length == 0 ? null : candidates[RandomNumberGenerator.GetInt32(candidates.Length)];
        var own = _lines.TryGetValue(source, out var line) ? line.Value.Places.Count : 0;
        if (longest is null || own >= longest.Value.Places.Count)
        {
            return false;
        }

        var place = longest.Value.Places.Last!.Value;
        longest.Value.Places.RemoveLast();
        _waiting--;
        if (longest.Value.Places.Count == 0)
        {
            _turns.Remove(longest);
            _lines.Remove(longest.Value.Source);
        }

        place.SetResult(false);
        return true;
    }

    private sealed record Line(string Source)
    {
        public LinkedList<TaskCompletionSource<bool>> Places { get; } = new();
    }
}
