using System.Collections.Immutable;
using GatewayStack.Transform.Recognizers.Codes;

namespace GatewayStack.Transform.Recognizers;

/// <summary>The rows by the gate that opens them, with the searches that find the gates. Immutable.</summary>
internal sealed class RecognizerSet
{
    public RecognizerSet(ImmutableArray<Recognizer> rows)
    {
        All = rows;
        Digit = new GateRows([.. rows.Where(r => r.Gate == Gate.Digit)], '0');
        At = new GateRows([.. rows.Where(r => r.Gate == Gate.At)], '@');
        Colon = new GateRows([.. rows.Where(r => r.Gate == Gate.Colon)], ':');
        Lines = [.. rows.Where(r => r.Gate == Gate.Line)];
        Codes = CodeAutomaton.For([.. rows.Where(r => r.Gate == Gate.Code)]);
        Characters = new AsciiSet(c => char.IsAsciiDigit(c) ? !Digit.IsEmpty || !Codes.IsEmpty : c is '@' ? !At.IsEmpty : c is ':' && !Colon.IsEmpty);
        Keywords = new WordTrie<Recognizer[]>(
            rows.Where(r => r.Gate == Gate.Keyword).SelectMany(r => r.Keywords, (row, keyword) => (row, keyword))
                .GroupBy(p => p.keyword, p => p.row, StringComparer.OrdinalIgnoreCase)
                .Select(g => KeyValuePair.Create(g.Key, g.Distinct().ToArray())),
            loose: false);
        MaxBack = rows.Where(r => !r.LeadWord && r.Reach is null).Select(r => r.Back).DefaultIfEmpty().Max();
        HasLeadWords = rows.Any(r => r.LeadWord);
        Reaching = [.. rows.Where(r => r.Reach is not null)];
    }

    /// <summary>The rows of the digit, the at sign or the colon that stands here.</summary>
    public GateRows OpenedBy(char gate) => gate switch { '@' => At, ':' => Colon, _ => Digit };

    /// <summary>Every row.</summary>
    public ImmutableArray<Recognizer> All { get; }

    /// <summary>Rows that a digit opens.</summary>
    public GateRows Digit { get; }

    /// <summary>Rows that an at sign opens.</summary>
    public GateRows At { get; }

    /// <summary>Rows that a colon opens.</summary>
    public GateRows Colon { get; }

    /// <summary>Rows that are applied to every line.</summary>
    public ImmutableArray<Recognizer> Lines { get; }

    /// <summary>Rows that a token opens which is written as one of their masks.</summary>
    public CodeAutomaton Codes { get; }

    /// <summary>Finds the single characters that open a row.</summary>
    public AsciiSet Characters { get; }

    /// <summary>Finds the keywords that open a row.</summary>
    public WordTrie<Recognizer[]> Keywords { get; }

    /// <summary>True when the word before a gate may belong to its match (<see cref="Recognizer.LeadWord"/>).</summary>
    public bool HasLeadWords { get; }

    /// <summary>The most that a row's verdict may begin before its match, but for those of <see cref="Reaching"/> and with a lead word.</summary>
    public int MaxBack { get; }

    /// <summary>Rows that say themselves how far a verdict may begin before its match.</summary>
    public ImmutableArray<Recognizer> Reaching { get; }
}
