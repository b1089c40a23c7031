using System.Buffers;
using System.Collections.Frozen;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers;

namespace GatewayStack.Transform.Scanning;

/// <summary>
/// A page or a mail in HTML as a browser shows it, so that a word says what a value is also where tags stand between them: <c>Your password is &lt;b&gt;x&lt;/b&gt;</c>.
/// Cells of tables are held apart by bars, and what begins a line in a browser begins one here.
/// </summary>
/// <remarks>Only whole texts are read so: a stream is scanned with its tags. What stands inside of tags is left to the scan of the text as it is.</remarks>
internal sealed class ShownText : IDisposable
{
    private const int LongestTag = 512;
    private const int LongestName = 10;
    private const double Sure = 0.75;

    private static readonly FrozenDictionary<string, Effect>.AlternateLookup<ReadOnlySpan<char>> Effects = Table(
        (Effect.None, "a abbr b bdi bdo big cite code del dfn em font i ins kbd label mark q s samp small span strike strong sub sup tt u var"),
        (Effect.Line, "article aside blockquote body br caption center dd div dl dt figcaption footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody tfoot thead tr ul"),
        (Effect.Cell, "td th"));

    private static readonly SearchValues<char> NameLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    private readonly char[] _chars;
    private readonly int[] _starts;
    private readonly int[] _ends;
    private int _count;

    /// <summary>Where the line begins.</summary>
    private int _line;

    /// <summary>Where the text of the cell begins; 0 outside of one.</summary>
    private int _cell;

    /// <summary>True where blanks that follow are not shown.</summary>
    private bool _isPadded;

    private ShownText(int length)
    {
        _chars = ArrayPool<char>.Shared.Rent(length);
        _starts = ArrayPool<int>.Shared.Rent(length);
        _ends = ArrayPool<int>.Shared.Rent(length);
    }

    private enum Effect
    {
        None,
        Line,
        Cell,
    }

    private ReadOnlySpan<char> Chars => _chars.AsSpan(0, _count);

    /// <summary>Adds what is found in the text as it is shown; nothing where it has no tags.</summary>
    /// <param name="text">The folded text.</param>
    /// <param name="scanner">The rows.</param>
    /// <param name="found">Made when the first candidate is found, and added to.</param>
    /// <param name="cancellationToken">Ends a long scan.</param>
    public static void Scan(ReadOnlySpan<char> text, Scanner scanner, ref List<Candidate>? found, CancellationToken cancellationToken)
    {
        if (!HasTags(text))
        {
            return;
        }

        using var shown = new ShownText(text.Length);
        shown.Read(text);
        List<Candidate>? inside = null;
        scanner.AdvanceInside(shown.Chars, ref inside, cancellationToken);
        foreach (var candidate in inside ?? [])
        {
            if (IsAnnounced(candidate) && !shown.IsOverBorder(candidate))
            {
                (found ??= []).Add(candidate with { Start = shown._starts[candidate.Start], End = shown._ends[candidate.End - 1] });
            }
        }
    }

    public void Dispose()
    {
        // Others must not see what this text was.
        ArrayPool<char>.Shared.Return(_chars, clearArray: true);
        ArrayPool<int>.Shared.Return(_starts);
        ArrayPool<int>.Shared.Return(_ends);
    }

    /// <summary>
    /// True for what a word announces, and surely. Names and addresses are told by what stands beside them, which tags do not hide, and pages about programs are full of what
    /// may be a secret or an age.
    /// </summary>
    private static bool IsAnnounced(in Candidate candidate) =>
        candidate.Row.Marks && candidate.Score >= Sure && candidate.Row.Gate is Gate.Keyword or Gate.Digit or Gate.Code
        && candidate.Row.Type is not (EntityTypes.Person or EntityTypes.Location or EntityTypes.Organization or EntityTypes.Address or EntityTypes.Age);

    private static bool HasTags(ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOf('<'); at >= 0;)
        {
            if (TagAt(text[at..], out _, out _) > 0)
            {
                return true;
            }

            var next = text[(at + 1)..].IndexOf('<');
            at = next < 0 ? -1 : at + 1 + next;
        }

        return false;
    }

    /// <summary>The length of the tag that begins a text; 0 where none of a page does.</summary>
    private static int TagAt(ReadOnlySpan<char> text, out Effect effect, out bool closes)
    {
        (effect, closes) = (Effect.None, text.Length > 1 && text[1] == '/');
        var from = closes ? 2 : 1;
        var name = text[from..Math.Min(text.Length, from + LongestName + 1)];
        var length = name.IndexOfAnyExcept(NameLetters);
        if (length <= 0 || !(name[length] is '>' or '/' || char.IsWhiteSpace(name[length])) || !Effects.TryGetValue(name[..length], out effect))
        {
            return 0;
        }

        var rest = text[(from + length)..Math.Min(text.Length, LongestTag)];
        var end = rest.IndexOfAny('<', '>');
        return end >= 0 && rest[end] == '>' ? from + length + end + 1 : 0;
    }

    private static FrozenDictionary<string, Effect>.AlternateLookup<ReadOnlySpan<char>> Table(params ReadOnlySpan<(Effect Effect, string Names)> rows)
    {
        var effects = new Dictionary<string, Effect>(StringComparer.OrdinalIgnoreCase);
        foreach (var (effect, names) in rows)
        {
            foreach (var name in names.Split(' '))
            {
                effects.Add(name, effect);
            }
        }

        return effects.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Reads the signs that a page has to write by their names.</summary>
    private static int ReadSign(ReadOnlySpan<char> text, ref char value)
    {
        foreach (var (name, sign) in (ReadOnlySpan<(string, char)>)[("&lt;", '<'), ("&gt;", '>'), ("&amp;", '&'), ("&quot;", '"'), ("&apos;", '\'')])
        {
            if (text.StartsWith(name))
            {
                value = sign;
                return name.Length;
            }
        }

        return 1;
    }

    private void Read(ReadOnlySpan<char> text)
    {
        var wasClosed = false;
        for (var at = 0; at < text.Length;)
        {
            if (text[at] == '<' && TagAt(text[at..], out var effect, out var closes) is > 0 and var length)
            {
                Show(at, effect, closes, wasClosed);
                wasClosed = closes;
                at += length;
                continue;
            }

            wasClosed = false;
            var c = text[at];
            var width = c == '&' ? ReadSign(text[at..], ref c) : 1;
            if (!_isPadded || !char.IsWhiteSpace(c))
            {
                Add(c, at, width);
                _isPadded = false;
            }

            at += width;
        }
    }

    /// <summary>Adds what a tag does; never more than the tag is long.</summary>
    private void Show(int at, Effect effect, bool closes, bool wasClosed)
    {
        if (effect == Effect.None)
        {
            if (wasClosed && !closes && !_isPadded)
            {
                // <span>PIN</span><span>4471</span>
                Add(' ', at);
            }

            return;
        }

        _isPadded = true;
        TrimEnd(closes && effect == Effect.Cell ? _cell : Math.Max(_line, _cell));
        if (effect == Effect.Line)
        {
            // In a cell that is still empty a paragraph begins no line.
            if (_count > Math.Max(_line, _cell))
            {
                Add('\n', at);
                _line = _count;
            }
        }
        else if (closes)
        {
            (_line, _cell) = (Math.Min(_line, _count), 0);
            Add(' ', at);
            Add('|', at);
        }
        else
        {
            if (_count == _line)
            {
                Add('|', at);
            }

            Add(' ', at);
            _cell = _count;
        }
    }

    private void TrimEnd(int from)
    {
        while (_count > from && char.IsWhiteSpace(_chars[_count - 1]))
        {
            _count--;
        }
    }

    /// <summary>True for what goes over the end of a line or of a cell: its tags would go with it.</summary>
    private bool IsOverBorder(Candidate candidate) =>
        Chars[candidate.Start..candidate.End].ContainsAny('\n', '|') && _ends[candidate.End - 1] - _starts[candidate.Start] > candidate.End - candidate.Start;

    private void Add(char c, int start, int width = 1)
    {
        _chars[_count] = c;
        _starts[_count] = start;
        _ends[_count] = start + width;
        _count++;
    }
}
