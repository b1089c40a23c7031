using System.Collections.Frozen;
using GatewayStack.Transform.Recognizers.Cues;
using GatewayStack.Transform.Recognizers.Dates;
using GatewayStack.Transform.Recognizers.Persons;

namespace GatewayStack.Transform.Recognizers.Verifiers;

/// <summary>What stands directly before a number that no word about telephones stands beside: a label, the head of a column, the name of a field.</summary>
internal static class PhoneLabel
{
    private const int LongestWord = 24;
    private const int LongestShort = 4;

    /// <summary>What a column counts against it whose head names neither a telephone nor whose it is.</summary>
    private const double OtherColumn = 1.6;

    private static readonly CueSet Phones = CueSet.Of(CueKind.Phone, CueKind.Call);

    private static readonly CueSet Things = CueSet.Of(CueKind.Order, CueKind.Version, CueKind.Hash, CueKind.Product, CueKind.Measure);

    private static readonly CueSet Others = CueSet.Of(CueKind.Order, CueKind.Reference, CueKind.Version, CueKind.Hash, CueKind.Amount, CueKind.Product, CueKind.Time,
        CueKind.Measure, CueKind.Account);

    /// <summary>Behind the word for a thing, that its number follows.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Numbers = WordSet.Of(
        "no nr n° nº n.º n num núm № # number nummer numer numero número numéro id ref ref. réf réf. kod code art lfd pos");

    /// <summary>Before "number" these say nothing of what it is the number of.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Owners = WordSet.Of(
        "my your his her our their the a new old this that same mein meine deine seine ihre unsere die der neue mon ma ton son sa notre votre le la un nouveau mi tu su el "
            + "nuevo il mio tuo suo "
            + "nuovo mijn jouw zijn haar ons het nieuwe mój moja jego jej nowy min mitt din hans hennes vårt nya meu minha seu sua novo and und et y e en i och or oder is "
            + "ist est es è");

    /// <summary>A number stands where one is called, or is whose it is.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lines = WordSet.Of(
        "notfall urgence urgences emergencia emergenze noodgeval alarm nödfall eltern parents padres genitori ouders rodzice línea linea maman papa mamie papi mamá papá mamã "
            + "tata mama opa oma abuela abuelo nonna nonno babcia dziadek mormor farmor bel appel home work office desk emergency main direct private privat büro casa "
            + "ufficio bureau oficina domicile kantoor thuis dom praca hem arbete clinic surgery school reception "
            + "plumber electrician landlord taxi doctor nurse pharmacy hospital hotel restaurant notaire plombier médecin arzt praxis schule hotel zahnarzt notar hausarzt klinik "
        + "dentist vet garage bank shop neighbour neighbor evening daytime day night daheim zuhause dienstlich geschäftlich ufficio studio medico idraulico huisarts school "
            + "przychodnia szkoła biuro skola kontor läkare me us him them at on under unter au al alle bij op pod på via or oder ou o of lub eller and und et y e en i och "
        + "to is ist est es è jest är now jetzt please bitte text try reach get got from von de da van od från for für pour para per voor dla för with mit here hier");

    /// <summary>True where the label says that the number is that of something else.</summary>
    public static bool NamesOther(in Match match)
    {
        var text = match.Text;
        if (ColumnHead.Of(text, match.Start, match.Start + match.Length) is var head && head.End.Value > head.Start.Value)
        {
            return new CueReader(text).TryNext(head.Start.Value, head.End.Value, head.End.Value, out var cue) && cue.Set.Meets(Others) && !cue.Set.Meets(Phones);
        }

        var word = WordBefore(text, match.Start, out var start);
        if (!Numbers.Contains(word))
        {
            return false;
        }

        var noun = WordBefore(text, start, out var nounStart);
        if (word.Length > LongestShort && !(new CueReader(text).TryRead(nounStart, start, out var thing) && thing.Set.Meets(Others)))
        {
            // "The number given to us" may be anybody's.
            return false;
        }

        return noun.Length > 1 && char.IsLetter(noun[0]) && !Owners.Contains(noun) && AgeWords.Of(noun) != AgeWord.Person && !NameWords.IsGiven(noun);
    }

    /// <summary>True where a word for a thing stands directly before the number, whatever is said of telephones before that: <c>Handy-Hülle Art. 0157 ...</c>.</summary>
    public static bool NamesThing(in Match match)
    {
        var word = WordBefore(match.Text, match.Start, out var start);
        return word.Length > 1 && match.Start - start - word.Length <= 2 && new CueReader(match.Text).TryRead(start, match.Start, out var thing) && thing.Set.Meets(Things)
            && !thing.Set.Meets(Phones);
    }

    /// <summary>What a word counts against the number that stands directly before it, and is neither who is called nor a small word of a sentence.</summary>
    /// <param name="match">The number.</param>
    /// <param name="loss">What it counts.</param>
    public static double Unknown(in Match match, double loss)
    {
        var text = match.Text;
        var word = WordBefore(text, match.Start, out var start);
        if (ColumnHead.Of(text, match.Start, match.Start + match.Length) is var head && head.End.Value > head.Start.Value)
        {
            return (new CueReader(text).TryNext(head.Start.Value, head.End.Value, head.End.Value, out var cue) && cue.Set.Meets(Phones)) || IsWhose(text[head]) ? 0 : OtherColumn;
        }

        return word.Length < 3 || word.Contains('_') || word.Length >= LongestWord || !char.IsLetter(word[0]) || Lines.Contains(word) || AgeWords.Of(word) == AgeWord.Person
            || NameWords.IsGiven(word)
            || NameWords.IsTitle(word) || (char.IsUpper(word[0]) && WordBefore(text, start, out _) is [var first, _, ..] other && char.IsUpper(first)
            && !NameWords.IsOther(other)) ? 0 : loss;
    }

    /// <summary>"Mother", "Notfall": who is called.</summary>
    private static bool IsWhose(ReadOnlySpan<char> head)
    {
        head = head.Trim(" *\"'`_");
        return Lines.Contains(head) || AgeWords.Of(head) == AgeWord.Person;
    }

    /// <summary>The word before a place in its line, what joins them passed over.</summary>
    private static ReadOnlySpan<char> WordBefore(ReadOnlySpan<char> text, int at, out int start)
    {
        var end = at;
        while (end > 0 && text[end - 1] is ' ' or ':' or '=' or '"' or '\'' or '(' or '*')
        {
            end--;
        }

        start = end;
        while (start > 0 && end - start < LongestWord && (char.IsLetter(text[start - 1]) || text[start - 1] is '.' or '°' or 'º' or '#' or '№' or '\'' or '’' or '_'))
        {
            start--;
        }

        return text[start..end] is [.., '.'] word ? word[..^1] : text[start..end];
    }

    /// <summary>Behind a name, as in a list of people: <c>Jane Doe - 030 901820</c>, <c>Dr Tandy, 0113 ...</c>.</summary>
    public static bool IsOfSomebody(in Match match)
    {
        var before = match.Text[..match.Start].TrimEnd(" -–:,(");
        var end = before.Length;
        while (before.Length > 0 && (char.IsLetter(before[^1]) || before[^1] is '\'' or '’'))
        {
            before = before[..^1];
        }

        var word = match.Text[before.Length..end];
        if (end >= match.Start || word.Length <= 2 || !char.IsUpper(word[0]) || !char.IsLower(word[^1]) || NameWords.IsOther(word))
        {
            return false;
        }

        if (match.Text[end..match.Start].Trim() is { Length: > 0 })
        {
            // "Nemesio, 655 ...", "Jane - 030 ...".
            return true;
        }

        // One word with a capital begins a line about anything; a given name, or a name before it, makes it somebody.
        var first = before.TrimEnd(' ');
        var start = first.Length;
        while (start > 0 && (char.IsLetter(first[start - 1]) || first[start - 1] is '\'' or '’' or '-' or '.'))
        {
            start--;
        }

        return NameWords.IsGiven(word) || AgeWords.Of(first[start..]) == AgeWord.Person || NameWords.IsGiven(first[start..]) || NameWords.IsTitle(first[start..]);
    }
}
