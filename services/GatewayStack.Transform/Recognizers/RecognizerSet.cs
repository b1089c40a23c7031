using System.Buffers;
using System.Collections.Immutable;
using GatewayStack.Transform.Recognizers.Codes;
using GatewayStack.Transform.Scanning;

namespace GatewayStack.Transform.Recognizers;

/// <summary>The rows by the gate that opens them, with the searches that find the gates. Immutable.</summary>
internal sealed class RecognizerSet
{
    private const char BeyondAscii = (char)128;
    private const char Start = (char)129;

    private readonly ImmutableArray<Recognizer>[] _digitAfter, _atAfter, _colonAfter;

    public RecognizerSet(ImmutableArray<Recognizer> rows)
    {
        All = rows;
        Digit = [.. rows.Where(r => r.Gate == Gate.Digit)];
        At = [.. rows.Where(r => r.Gate == Gate.At)];
        Colon = [.. rows.Where(r => r.Gate == Gate.Colon)];
        _digitAfter = ByUnitBefore(Digit, '0');
        _atAfter = ByUnitBefore(At, '@');
        _colonAfter = ByUnitBefore(Colon, ':');
        Lines = [.. rows.Where(r => r.Gate == Gate.Line)];
        Codes = CodeAutomaton.For([.. rows.Where(r => r.Gate == Gate.Code)]);
        Characters = SearchValues.Create((Digit.IsEmpty && Codes.IsEmpty ? "" : "0123456789") + (At.IsEmpty ? "" : "@") + (Colon.IsEmpty ? "" : ":"));
        Keywords = new WordTrie<Recognizer[]>(
            rows.Where(r => r.Gate == Gate.Keyword).SelectMany(r => r.Keywords, (row, keyword) => (row, keyword))
                .GroupBy(p => p.keyword, p => p.row, StringComparer.OrdinalIgnoreCase)
                .Select(g => KeyValuePair.Create(g.Key, g.Distinct().ToArray())),
            loose: false);
        MaxBack = rows.Where(r => !r.LeadWord && r.Reach is null).Select(r => r.Back).DefaultIfEmpty().Max();
        HasLeadWords = rows.Any(r => r.LeadWord);
        Reaching = [.. rows.Where(r => r.Reach is not null)];
    }

    /// <summary>The rows that a digit, an at sign or a colon opens, but for those that cannot stand behind what is before it.</summary>
    public ImmutableArray<Recognizer> OpenedBy(ReadOnlySpan<char> text, int hit)
    {
        var after = text[hit] switch { '@' => _atAfter, ':' => _colonAfter, _ => _digitAfter };
        return after[hit == 0 ? Start : Math.Min(text[hit - 1], BeyondAscii)];
    }

    /// <summary>For each unit that may stand before a gate the rows that may stand behind it: most of a table's need no look then.</summary>
    private static ImmutableArray<Recognizer>[] ByUnitBefore(ImmutableArray<Recognizer> rows, char gate)
    {
        var after = new ImmutableArray<Recognizer>[Start + 1];
        for (var before = '\0'; before < BeyondAscii; before++)
        {
            after[before] = [.. rows.Where(r => (r.MaxLead > 0 && r.Lead?.Contains(before) == true) || RowMatcher.StartOf([before, gate], r, 1) >= 0)];
        }

        after[BeyondAscii] = rows;
        after[Start] = [.. rows.Where(r => RowMatcher.StartOf([gate], r, 0) >= 0)];
        return after;
    }

    /// <summary>Every row.</summary>
    public ImmutableArray<Recognizer> All { get; }

    /// <summary>Rows that a digit opens.</summary>
    public ImmutableArray<Recognizer> Digit { get; }

    /// <summary>Rows that an at sign opens.</summary>
    public ImmutableArray<Recognizer> At { get; }

    /// <summary>Rows that a colon opens.</summary>
    public ImmutableArray<Recognizer> Colon { get; }

    /// <summary>Rows that are applied to every line.</summary>
    public ImmutableArray<Recognizer> Lines { get; }

    /// <summary>Rows that a token opens which is written as one of their masks.</summary>
    public CodeAutomaton Codes { get; }

    /// <summary>Finds the single characters that open a row.</summary>
    public SearchValues<char> Characters { get; }

    /// <summary>Finds the keywords that open a row.</summary>
    public WordTrie<Recognizer[]> Keywords { get; }

    /// <summary>True when the word before a gate may belong to its match (<see cref="Recognizer.LeadWord"/>).</summary>
    public bool HasLeadWords { get; }

    /// <summary>The most that a row's verdict may begin before its match, but for those of <see cref="Reaching"/> and with a lead word.</summary>
    public int MaxBack { get; }

    /// <summary>Rows that say themselves how far a verdict may begin before its match.</summary>
    public ImmutableArray<Recognizer> Reaching { get; }
}
