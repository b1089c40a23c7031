namespace GatewayStack.Transform.Names.Scripts;

/// <summary>Names of Hebrew, Arabic and Hindi: words of the lists behind a title, an introduction or a key, or two of them together.</summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class SpacedNames(string language, char first, char last)
{
    private const int MostWords = 4;

    private readonly ScriptWords _titles = ScriptLists.Words(language + ".titles");
    private readonly ScriptWords _intros = ScriptLists.Words(language + ".intros");
    private readonly ScriptWords _keys = ScriptLists.Words(language + ".keys");
    private readonly ScriptWords _names = ScriptLists.Words(language + ".names");
    private readonly ScriptWords _cities = ScriptLists.Words(language + ".cities");
    private readonly ScriptWords? _beforeCity = language == "ar" ? ScriptLists.Words("ar.before.city") : null;
    private readonly ScriptWords? _afterCity = language == "hi" ? ScriptLists.Words("hi.after.city") : null;
    private readonly ScriptWords? _afterName = language == "hi" ? ScriptLists.Words("hi.after.name") : null;
    private readonly string _prefixes = language switch { "he" => "לבמ", "ar" => "بل", _ => string.Empty };
    private readonly List<(int Start, int End)> _words = [];

    /// <summary>Reads a unit.</summary>
    public void Read(ReadOnlySpan<char> unit, NameLexicon lexicon, ScriptFindings into)
    {
        Split(unit);
        for (var i = 0; i < _words.Count;)
        {
            var next = City(unit, i, into);
            next = next > i ? next : Name(unit, i, lexicon, into);
            i = Math.Max(i + 1, next);
        }
    }

    private void Split(ReadOnlySpan<char> unit)
    {
        _words.Clear();
        for (var i = 0; i < unit.Length;)
        {
            if (!IsWord(unit[i]))
            {
                i++;
                continue;
            }

            var start = i;
            while (i < unit.Length && IsWord(unit[i]))
            {
                i++;
            }

            _words.Add((start, i));
        }
    }

    private bool IsWord(char c) => c >= first && c <= last && TokenEnd.IsWord(c);

    private int City(ReadOnlySpan<char> unit, int i, ScriptFindings into)
    {
        var (start, _) = _words[i];
        for (var skip = 0; skip <= 1; skip++)
        {
            if (skip == 1 && (_prefixes.Length == 0 || !_prefixes.Contains(unit[start])))
            {
                return 0;
            }

            for (var words = Math.Min(2, _words.Count - i); words > 0; words--)
            {
                var end = _words[i + words - 1].End;
                if (end > start + skip && _cities.Contains(unit[(start + skip)..end]) && (skip == 1 || IsPlaced(unit, i, words)))
                {
                    into.Place(start + skip, end);
                    return i + words;
                }
            }
        }

        return 0;
    }

    private bool IsPlaced(ReadOnlySpan<char> unit, int i, int words) =>
        (_beforeCity is not null && i > 0 && _beforeCity.Contains(Word(unit, i - 1)))
        || (_afterCity is not null && i + words < _words.Count && _afterCity.Contains(Word(unit, i + words)))
        || (i == 0 && i + words == _words.Count && language == "he");

    private int Name(ReadOnlySpan<char> unit, int i, NameLexicon lexicon, ScriptFindings into)
    {
        var isSaid = IsSaid(unit, i);
        var words = Names(unit, i, lexicon, out var sure);
        if (words == 0 && isSaid && i + 1 < _words.Count && IsTogether(unit, i) && Names(unit, i + 1, lexicon, out _) is > 0 and var second)
        {
            words = second + 1;
        }

        isSaid |= words > 0 && _afterName is not null && i + words < _words.Count && IsTogether(unit, i + words - 1) && _afterName.Contains(Word(unit, i + words));
        if (words == 0 || (!isSaid && (words < 2 || !sure)))
        {
            return 0;
        }

        into.Person(_words[i].Start, _words[i + words - 1].End, isSaid ? ScriptNames.Said : ScriptNames.Listed);
        return i + words;
    }

    /// <summary>How many words from here on are names of the lists, with nothing but a blank between them.</summary>
    private int Names(ReadOnlySpan<char> unit, int i, NameLexicon lexicon, out bool sure)
    {
        var words = 0;
        sure = false;
        while (words < MostWords && i + words < _words.Count && (words == 0 || IsTogether(unit, i + words - 1)))
        {
            var at = i + words;
            if (at + 1 < _words.Count && IsTogether(unit, at) && _names.Contains(unit[_words[at].Start.._words[at + 1].End], out var isSure))
            {
                sure |= isSure;
                words += 2;
            }
            else if (_names.Contains(Word(unit, at), out isSure))
            {
                sure |= isSure;
                words++;
            }
            else if (!_intros.Contains(Word(unit, at)) && ScriptNames.Is(lexicon, Word(unit, at), WordFlags.Given | WordFlags.Surname))
            {
                words++;
            }
            else
            {
                break;
            }
        }

        return words;
    }

    /// <summary>True behind a title, an introduction or a key with its colon.</summary>
    private bool IsSaid(ReadOnlySpan<char> unit, int i)
    {
        if (i == 0)
        {
            return false;
        }

        var between = unit[_words[i - 1].End.._words[i].Start];
        var before = Word(unit, i - 1);
        if (between is " " or ". " or "' " or "׳ " && (_titles.Contains(before) || _intros.Contains(before)))
        {
            return true;
        }

        // Written with a mark inside: the word for doctor of Hebrew.
        if (between is " " && i > 1 && _words[i - 1].Start - _words[i - 2].End == 1 && unit[_words[i - 2].End] is '"' or '״'
            && _titles.Contains(string.Concat(Word(unit, i - 2), before)))
        {
            return true;
        }

        var key = ScriptNames.KeyEnd(unit, _words[i].Start, out var isMarked);
        return isMarked && key == _words[i - 1].End
            && (_keys.Contains(before) || (i > 1 && _keys.Contains(unit[_words[i - 2].Start..key])) || (i > 2 && _keys.Contains(unit[_words[i - 3].Start..key])));
    }

    private bool IsTogether(ReadOnlySpan<char> unit, int i) => unit[_words[i].End.._words[i + 1].Start] is " ";

    private ReadOnlySpan<char> Word(ReadOnlySpan<char> unit, int i) => unit[_words[i].Start.._words[i].End];
}
