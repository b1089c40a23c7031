using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Edits;
using GatewayStack.Transform.Names.Verification;
using GatewayStack.Transform.Scanning;

namespace GatewayStack.Transform.Sessions;

/// <summary>What may leave of a channel.</summary>
/// <param name="Text">The text.</param>
/// <param name="Masked">How many findings were changed in it.</param>
/// <param name="Restored">How many pseudonyms were put back in it.</param>
/// <param name="Blocked">The type that blocks the rest; null where nothing does.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ChannelOutput(string Text, int Masked, int Restored, string? Blocked);

/// <summary>
/// Masks one channel of an answer, and puts back what its pseudonyms stand for. Text leaves as soon as nothing can still be found that begins in it; what is
/// held back is bounded by the longest window of a row, and is usually the last word.
/// </summary>
/// <remarks>
/// Belongs to one channel: not safe for concurrent use. Positions count from the channel's first unit. What is put back is never scanned: it is the person's
/// own, and what was found is judged in the provider's text alone.
/// </remarks>
/// <param name="scanner">Finds what is masked; null where nothing is.</param>
/// <param name="names">Finds the names that are masked; null where none are.</param>
/// <param name="pseudonyms">Finds what is put back; null where nothing is.</param>
/// <param name="replacements">What stands in place of findings.</param>
/// <param name="json">True when the channel is JSON source.</param>
internal sealed class ChannelMasker(Scanner? scanner, NameScanner? names, PseudonymMatcher? pseudonyms, Replacements replacements, bool json) : IDisposable
{
    private const int Kept = Scanner.LeftContext + 1;

    private static readonly SearchValues<char> OfNumbers = SearchValues.Create("+-.0123456789eE");

    private readonly FoldedText _folded = new(json, waits: scanner is not null);
    private readonly SpanMerger _open = new();
    private readonly List<PseudonymHit> _hits = [];
    private readonly Queue<PseudonymHit> _tokens = [];
    private readonly StringBuilder _output = new();
    private readonly JsonPosition? _position = json ? new JsonPosition() : null;
    private readonly LinkPosition _link = new();
    private readonly TextKnowledge? _known = names is null ? null : new TextKnowledge();
    private ScanState _state = new() { Types = replacements.Actions.Changes };
    private int _nextToken;
    private int _lastToken = -1;
    private int _linkRead;
    private bool _dropsNumber;
    private int _nextUnit;
    private char[] _held = new char[256];
    private int _heldFrom;
    private int _heldCount;
    private int _emitted;
    private int _masked;
    private int _restored;
    private string? _blocked;

    /// <summary>Takes text and returns what may leave.</summary>
    /// <param name="text">The next piece.</param>
    /// <param name="final">True for the channel's last piece.</param>
    /// <param name="cancellationToken">Ends a long scan.</param>
    public ChannelOutput Accept(string text, bool final, CancellationToken cancellationToken)
    {
        if (_blocked is not null)
        {
            return new ChannelOutput(string.Empty, 0, 0, _blocked);
        }

        Hold(text);
        _folded.Append(_held.AsSpan(_folded.Consumed - _heldFrom, _heldFrom + _heldCount - _folded.Consumed), final);
        var scanned = Scan(final, cancellationToken);
        _nextToken = FindTokens(final);
        var lowest = Math.Min(Math.Min(scanned, _nextToken), names is null ? int.MaxValue : _nextUnit);

        // What has left stays gone: a gate that was passed over may lie before the last one, but nothing begins there any more.
        var limit = final ? _heldFrom + _heldCount : Math.Max(_heldFrom, WholeCharacter(_folded.StartOf(lowest)));
        Emit(limit, final, cancellationToken);
        Forget(_blocked is null ? Math.Min(limit, _emitted) : _heldFrom + _heldCount, scanned);
        return Take();
    }

    public void Dispose() => _folded.Dispose();

    private int Scan(bool final, CancellationToken cancellationToken)
    {
        if (scanner is null)
        {
            return _folded.Chars.Length;
        }

        List<Candidate>? found = null;
        var lowest = scanner.Advance(_folded.Chars, final, ref _state, ref found, cancellationToken);
        names?.Advance(_folded.Chars, final, _known!, ref _nextUnit, ref found, cancellationToken);
        found?.Sort(Candidate.ByStart);
        foreach (var candidate in found ?? [])
        {
            if (candidate.Row.Marks && replacements.Actions.Changes(candidate.Row.Type))
            {
                _open.Add(_folded.StartOf(candidate.Start), _folded.EndOf(candidate.End - 1), candidate.Row, candidate.Score);
            }
        }

        return lowest;
    }

    private int FindTokens(bool final)
    {
        if (pseudonyms is null)
        {
            return _folded.Chars.Length;
        }

        _hits.Clear();
        var next = pseudonyms.Advance(_folded.Chars, _nextToken, final, ref _lastToken, _hits);
        foreach (var hit in _hits)
        {
            ReadLinks(hit.Start);
            if (!_link.IsInside)
            {
                _tokens.Enqueue(new PseudonymHit(_folded.StartOf(hit.Start), _folded.EndOf(hit.End - 1), hit.Value));
                ReadLinks(hit);
            }
        }

        ReadLinks(next);
        return next;
    }

    private void ReadLinks(int until)
    {
        for (; _linkRead < until; _linkRead++)
        {
            var start = _folded.StartOf(_linkRead);
            var isEncoded = _folded.EndOf(_linkRead) - start > 1 && _held[start - _heldFrom] is '%' or '&';
            _link.Advance(_folded.Chars[_linkRead], isEncoded);
        }
    }

    /// <summary>What is put back may begin an address: whatever follows it without a blank is a part of that.</summary>
    private void ReadLinks(PseudonymHit hit)
    {
        foreach (var c in hit.Value)
        {
            _link.Advance(c, isEncoded: false);
        }

        _linkRead = hit.End;
    }

    private void Emit(int limit, bool final, CancellationToken cancellationToken)
    {
        while (_blocked is null)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var hasToken = NextToken(out var token);
            var span = _open.Spans is [var first, ..] ? first : null;
            if (hasToken && (span is null || token.Start <= span.Start || token.Start < span.End))
            {
                if (token.End > limit)
                {
                    // What begins inside of it may still turn out to reach beyond it.
                    Write(Math.Min(limit, span is null ? token.Start : Math.Min(token.Start, span.Start)), holdsNumber: !final);
                    return;
                }

                _tokens.Dequeue();
                if (!ReachesBeyond(token))
                {
                    Restore(token);
                }
            }
            else if (_open.TryTake(limit, out var whole))
            {
                Mask(whole);
            }
            else
            {
                Write(span is null ? limit : Math.Min(limit, span.Start), holdsNumber: !final || span is not null);
                return;
            }
        }
    }

    private bool NextToken(out PseudonymHit token)
    {
        while (_tokens.TryPeek(out token))
        {
            if (token.Start >= _emitted)
            {
                return true;
            }

            _tokens.Dequeue();
        }

        return false;
    }

    /// <summary>True where more than the pseudonym is to be masked: then all of it is.</summary>
    private bool ReachesBeyond(PseudonymHit token)
    {
        foreach (var span in _open.Spans)
        {
            if (span.Start >= token.End)
            {
                break;
            }

            if (span.End > token.Start && !IsInside(span, token))
            {
                return true;
            }
        }

        return false;
    }

    private void Restore(PseudonymHit token)
    {
        while (_open.Spans is [var span, ..] && IsInside(span, token) && _open.TryTake(token.End, out _))
        {
            // A pseudonym that looks like a finding is none.
        }

        Write(token.Start, holdsNumber: true);
        Replace(token.End, token.Value);
        _restored++;
    }

    private void Mask(MergedSpan span)
    {
        Write(span.Start, holdsNumber: true);
        var type = replacements.Actions.TypeOf(span.ToFinding(segment: 0));
        if (replacements.Actions.For(type) == ContentAction.Block)
        {
            _blocked = type;
            return;
        }

        var source = _held.AsSpan(span.Start - _heldFrom, span.End - span.Start);
        if (_position is not null && JsonValues.AreSeveral(source, _position.IsOutsideString))
        {
            MaskPieces(span.End, type);
        }
        else if (replacements.For(type, JsonText.Unescape(source, _position?.Strings ?? 0)) is { } replacement)
        {
            var isNumber = _position?.IsBeforeInnerValue == true && !source.ContainsAnyExcept(OfNumbers);
            Replace(span.End, isNumber ? $"\"{JsonText.Escape(replacement)}\"" : replacement);
            _dropsNumber |= isNumber;
            _masked++;
        }
    }

    /// <summary>What goes over the borders of strings and numbers is replaced in each of them, so that JSON stays JSON; what stands between them stays.</summary>
    private void MaskPieces(int end, string type)
    {
        var masked = _masked;
        while (_emitted < end)
        {
            var source = _held.AsSpan(_emitted - _heldFrom, end - _emitted);
            var (skipped, length) = _position!.IsOutsideString ? JsonValues.First(source) : (0, JsonValues.QuoteIn(source));
            Write(_emitted + skipped, holdsNumber: false);
            var value = source.Slice(skipped, length);
            if (length > 0 && replacements.For(type, JsonText.Unescape(value, _position.Strings)) is { } replacement)
            {
                Replace(_emitted + length, replacement);
                _masked = masked + 1;
            }
            else
            {
                Write(_emitted + Math.Max(length, skipped == 0 ? 1 : 0), holdsNumber: false);
            }
        }
    }

    /// <summary>Outside of a string, where numbers stand, a text needs quotes of its own, and stands in place of the whole number.</summary>
    private void Replace(int end, string replacement)
    {
        _output.Append(_position?.Fit(replacement) ?? replacement);
        _emitted = end;
        _dropsNumber = _position?.IsOutsideString == true;
    }

    private static bool IsInside(MergedSpan span, PseudonymHit token) => span.Start >= token.Start && span.End <= token.End;

    private void Write(int until, bool holdsNumber)
    {
        if (until <= _emitted)
        {
            return;
        }

        var text = _held.AsSpan(_emitted - _heldFrom, until - _emitted);
        if (_dropsNumber)
        {
            var rest = text.IndexOfAnyExcept(OfNumbers);
            _dropsNumber = rest < 0;
            _emitted += rest < 0 ? text.Length : rest;
            text = rest < 0 ? [] : text[rest..];
        }

        _position?.Advance(text);
        if (holdsNumber && _position?.IsOutsideString == true)
        {
            // The sign of a number that may turn out to be something.
            text = text[..(text.LastIndexOfAnyExcept(OfNumbers) + 1)];
        }

        _output.Append(text);
        _emitted += text.Length;
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

    private void Forget(int limit, int scanned)
    {
        // A span that is not whole yet is still needed: its value decides what stands in its place.
        limit = Math.Min(limit, _open.Spans is [var open, ..] && _blocked is null ? open.Start : limit);
        var gone = Math.Max(0, limit - _heldFrom);
        _held.AsSpan(gone, _heldCount - gone).CopyTo(_held);
        _heldFrom += gone;
        _heldCount -= gone;

        var reached = scanner is null ? _folded.Chars.Length : Math.Min(scanned, _state.FirstOpen);
        var forgotten = Math.Min(Math.Min(reached, _nextToken), names is null ? int.MaxValue : _nextUnit) - Kept;
        if (forgotten > 0)
        {
            _folded.Forget(forgotten);
            _state.Shift(forgotten);
            _nextToken -= forgotten;
            _lastToken -= forgotten;
            _linkRead -= forgotten;
            _nextUnit -= forgotten;
        }
    }

    private ChannelOutput Take()
    {
        var output = new ChannelOutput(_output.ToString(), _masked, _restored, _blocked);
        _output.Clear();
        (_masked, _restored) = (0, 0);
        return output;
    }
}
