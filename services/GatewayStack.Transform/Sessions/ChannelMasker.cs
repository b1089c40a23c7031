using System.Text;
using GatewayStack.Transform.Edits;
using GatewayStack.Transform.Recognizers;
using GatewayStack.Transform.Scanning;

namespace GatewayStack.Transform.Sessions;

/// <summary>
/// Masks one channel of an answer. Text leaves as soon as nothing can still be found that begins in it; what is held back is bounded by the longest
/// window of a row, and is usually the last word.
/// </summary>
/// <remarks>Belongs to one channel: not safe for concurrent use. Positions count from the channel's first unit.</remarks>
internal sealed class ChannelMasker(Scanner scanner, Func<Recognizer, bool> masks, bool json) : IDisposable
{
    private const int Kept = Scanner.LeftContext + 1;

    private readonly FoldedText _folded = new(json);
    private readonly SpanMerger _open = new();
    private readonly StringBuilder _output = new();
    private readonly JsonPosition? _position = json ? new JsonPosition() : null;
    private ScanState _state;
    private char[] _held = new char[256];
    private int _heldFrom;
    private int _heldCount;
    private int _emitted;

    /// <summary>Takes text and returns what may leave.</summary>
    /// <param name="text">The next piece.</param>
    /// <param name="final">True for the channel's last piece.</param>
    /// <param name="masked">Called with the type of everything that was masked.</param>
    /// <param name="cancellationToken">Ends a long scan.</param>
    public string Accept(string text, bool final, Action<string> masked, CancellationToken cancellationToken)
    {
        Hold(text);
        _folded.Append(_held.AsSpan(_folded.Consumed - _heldFrom, _heldFrom + _heldCount - _folded.Consumed), final);

        List<Candidate>? found = null;
        var lowest = scanner.Advance(_folded.Chars, final, ref _state, ref found, cancellationToken);
        foreach (var candidate in found ?? [])
        {
            if (masks(candidate.Row))
            {
                _open.Add(_folded.StartOf(candidate.Start), _folded.EndOf(candidate.End - 1), candidate.Row, candidate.Score);
            }
        }

        // What has left stays gone: a gate that was passed over may lie before the last one, but nothing begins there any more.
        var limit = final ? _heldFrom + _heldCount : Math.Max(_heldFrom, WholeCharacter(_folded.StartOf(lowest)));
        Emit(limit, masked);
        Forget(limit, lowest);
        return TakeOutput();
    }

    public void Dispose() => _folded.Dispose();

    private void Emit(int limit, Action<string> masked)
    {
        while (_open.TryTake(limit, out var span))
        {
            Write(span.Start);
            _output.Append(_position?.IsOutsideString == true ? $"\"{Placeholder.For(span.Type)}\"" : Placeholder.For(span.Type));
            _emitted = span.End;
            masked(span.Type);
        }

        Write(_open.Spans.Count == 0 ? limit : Math.Min(limit, _open.Spans[0].Start));
    }

    private void Write(int until)
    {
        if (until <= _emitted)
        {
            return;
        }

        var text = _held.AsSpan(_emitted - _heldFrom, until - _emitted);
        _position?.Advance(text);
        _output.Append(text);
        _emitted = until;
    }

    /// <summary>A surrogate pair leaves whole: half of one cannot be written as UTF-8.</summary>
    private int WholeCharacter(int limit) => limit > _heldFrom && char.IsHighSurrogate(_held[limit - 1 - _heldFrom]) ? limit - 1 : limit;

    private void Hold(string text)
    {
        if (_heldCount + text.Length > _held.Length)
        {
            Array.Resize(ref _held, Math.Max(_held.Length * 2, _heldCount + text.Length));
        }

        text.CopyTo(_held.AsSpan(_heldCount));
        _heldCount += text.Length;
    }

    private void Forget(int limit, int lowest)
    {
        var gone = limit - _heldFrom;
        _held.AsSpan(gone, _heldCount - gone).CopyTo(_held);
        _heldFrom = limit;
        _heldCount -= gone;

        var forgotten = Math.Min(lowest, Math.Min(_state.NextCharacter, _state.NextKeyword)) - Kept;
        if (forgotten > 0)
        {
            _folded.Forget(forgotten);
            _state.Shift(forgotten);
        }
    }

    private string TakeOutput()
    {
        var output = _output.ToString();
        _output.Clear();
        return output;
    }
}
