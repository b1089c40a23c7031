namespace GatewayStack.Transform.Names.Verification;

/// <summary>Gathers the evidence of the candidates of a unit while its tokens are at hand. Not safe for concurrent use.</summary>
internal sealed partial class EvidenceReader
{
    /// <summary>Numbers of evidence a candidate has.</summary>
    public const int Width = (int)Evidence.Count;

    private readonly ContextFlags[] _context = new ContextFlags[NameTokens.Capacity];
    private int _words, _capitals, _small, _mails, _phones, _handles, _greetings, _signOffs, _said, _titles, _speaks, _things, _end, _code;
    private int _numbers, _smallWords, _matter, _artifacts, _people, _pronouns, _keys, _verbs;
    private bool _isItem, _isRow;

    /// <summary>Looks the unit over.</summary>
    public void Survey(NameTokens tokens, ReadOnlySpan<char> unit, ContextLexicon context)
    {
        _words = _capitals = _small = _mails = _phones = _handles = _greetings = _signOffs = _said = _titles = _speaks = _things = 0;
        _numbers = _smallWords = _matter = _artifacts = _people = _pronouns = _keys = _verbs = 0;
        _context.AsSpan(NameTokens.First - NameTokens.Margin, NameTokens.Margin).Clear();
        _context.AsSpan(tokens.Last, NameTokens.Margin).Clear();
        int digits = 0, marks = 0;
        for (var i = NameTokens.First; i < tokens.Last; i++)
        {
            _context[i] = ContextFlags.None;
            var length = tokens.End[i] - tokens.Start[i];
            switch (tokens.Shape[i])
            {
                case TokenShape.Punctuation:
                    marks += unit[tokens.Start[i]] is '|' or '\t' or ';' ? 1 : 0;
                    digits = unit[tokens.Start[i]] is '+' or '-' or '.' or '/' or '(' or ')' ? digits : 0;
                    continue;
                case TokenShape.Number:
                    _numbers++;
                    digits += length;
                    _phones += digits >= 8 && digits - length < 8 && length < 12 ? 1 : 0;
                    continue;
                case TokenShape.Address:
                    _mails += unit[tokens.Start[i]..tokens.End[i]].Contains('@') ? 1 : 0;
                    digits = 0;
                    continue;
                case TokenShape.Handle or TokenShape.Symbol:
                    _handles++;
                    digits = 0;
                    continue;
            }

            digits = 0;
            _words++;
            var capital = tokens.Shape[i] is not (TokenShape.Lower or TokenShape.LowerInLower or TokenShape.Caseless);
            _capitals += capital ? 1 : 0;
            _small += capital ? 0 : 1;
            var flags = context.Find(tokens.Word[i]);
            _context[i] = flags;
            _greetings += (flags & ContextFlags.Greeting) != ContextFlags.None ? 1 : 0;
            _signOffs += (flags & ContextFlags.SignOff) != ContextFlags.None ? 1 : 0;
            _said += (flags & ContextFlags.Said) != ContextFlags.None ? 1 : 0;
            _titles += (flags & ContextFlags.Title) != ContextFlags.None ? 1 : 0;
            _speaks += (flags & ContextFlags.Speaker) != ContextFlags.None ? 1 : 0;
            _things += (flags & (ContextFlags.Named | ContextFlags.Product)) != ContextFlags.None || tokens.Class[i] is WordClasses.Tech or WordClasses.Compound ? 1 : 0;
            _pronouns += (flags & ContextFlags.Pronoun) != ContextFlags.None ? 1 : 0;
            _keys += (flags & ContextFlags.PersonKey) != ContextFlags.None && i + 1 < tokens.Last && unit[tokens.Start[i + 1]] is ':' or '=' ? 1 : 0;
            CountClass(tokens.Class[i], flags);
        }

        var last = unit.TrimEnd();
        _end = last.IsEmpty ? 0 : MarkOf(last[^1]);
        _code = tokens.CodeLevel;
        var begin = unit.TrimStart();
        _isItem = !begin.IsEmpty && (begin[0] is '-' or '*' or '•' or '–' or '#' or '>'
            || (char.IsAsciiDigit(begin[0]) && begin.Length > 2 && begin[1..Math.Min(4, begin.Length)].IndexOfAny('.', ')') >= 0));
        _isRow = marks > 0 || unit.Count('\t') > 0 || unit.Count(',') > 3;
    }

    private void CountClass(byte wordClass, ContextFlags flags)
    {
        switch (wordClass)
        {
            case WordClasses.Function or WordClasses.Foreign:
                _smallWords++;
                break;
            case >= WordClasses.FirstVerb and <= WordClasses.LastVerb:
                _verbs++;
                break;
            case WordClasses.Artifact:
                _artifacts++;
                break;
        }

        _matter += WordClasses.IsMatter(wordClass) ? 1 : 0;
        _people += wordClass is WordClasses.Person or WordClasses.Role or WordClasses.Kin || (flags & ContextFlags.Role) != ContextFlags.None ? 1 : 0;
    }

    /// <summary>Gathers what the unit and what stood before it say of a candidate.</summary>
    public void Read(NameTokens tokens, ReadOnlySpan<char> unit, NameFinding name, int candidates, NameModel model, TextKnowledge known, Span<short> row)
    {
        row.Clear();
        ReadMargins(name, row);
        ReadWords(tokens, unit, name, model, row);
        ReadNeighbours(tokens, unit, name, row);
        ReadUnit(tokens, unit, name, candidates, model, known, row);
    }

    /// <summary>Adds the unit to what is known of the text.</summary>
    public void Learn(NameTokens tokens, List<NameFinding> names, TextKnowledge known)
    {
        for (var i = NameTokens.First; i < tokens.Last; i++)
        {
            if (tokens.Shape[i] is TokenShape.Lower or TokenShape.LowerInLower && tokens.CaseMode != 3)
            {
                known.SeeSmall(tokens.Word[i]);
            }
        }

        foreach (var name in names)
        {
            for (var i = name.First; i <= name.Last; i++)
            {
                if (tokens.Shape[i] is not (TokenShape.Punctuation or TokenShape.Number))
                {
                    known.SeeName(tokens.Word[i], name.Margins.Least);
                }
            }
        }

        known.Learn(names, tokens);
        known.Units += _words > 0 ? 1 : 0;
        known.Tokens += _words;
        known.Small += _small;
        known.Capitals += _capitals;
        known.Mails += _mails;
        known.Phones += _phones;
        known.Greetings += _greetings;
        known.SignOffs += _signOffs;
        known.Titles += _titles;
        known.Said += _said;
        known.Speaks += _speaks;
        known.Things += _things;
        known.Code += _code * _words;
        known.Pronouns += _pronouns;
        known.People += _people;
        known.Keys += _keys;
        known.Matter += _matter;
        known.Artifacts += _artifacts;
        known.Numbers += _numbers;
        known.SmallWords += _smallWords;
        known.Verbs += _verbs;
        known.Foreign += tokens.Foreign > 1 ? _words : 0;
        if (_words > 0)
        {
            known.SinceGreeting = _greetings > 0 ? 0 : Math.Min(known.SinceGreeting + 1, TextKnowledge.Far);
            known.SinceSignOff = _signOffs > 0 && _words < 6 ? 0 : Math.Min(known.SinceSignOff + 1, TextKnowledge.Far);
        }

        known.TokensBefore = _words;
        known.CodeBefore = _code;
        known.EndBefore = _end;
    }

    private static void ReadMargins(NameFinding name, Span<short> row)
    {
        Set(row, Evidence.Margin, name.Margins.Least);
        Set(row, Evidence.MarginMean, name.Margins.Mean);
        Set(row, Evidence.MarginBest, name.Margins.Most);
        Set(row, Evidence.Type, name.Type);
        Set(row, Evidence.AsPerson, name.Readings.Person);
        Set(row, Evidence.AsPlace, name.Readings.Place);
        Set(row, Evidence.AsOrganization, name.Readings.Organization);
        Set(row, Evidence.IsSecondReading, name.Margins.IsSecond);
    }

    private void ReadWords(NameTokens tokens, ReadOnlySpan<char> unit, NameFinding name, NameModel model, Span<short> row)
    {
        int words = 0, shortest = 99, longest = 0, highest = -1, lowest = 9, form = int.MinValue;
        var phrase = tokens.Phrase[name.First] & tokens.Phrase[name.Last] >> 1 & ~(tokens.Phrase[name.First] >> 1) & 0b010101;
        for (var i = name.First; i <= name.Last; i++)
        {
            var shape = tokens.Shape[i];
            if (shape is TokenShape.Punctuation or TokenShape.Symbol)
            {
                Add(row, Evidence.Joints);
                continue;
            }

            var length = tokens.End[i] - tokens.Start[i];
            var flags = tokens.Flags[i];
            var wordClass = tokens.Class[i];
            words++;
            longest = Math.Max(longest, length);
            shortest = Math.Min(shortest, length);
            Count(row, Evidence.Capitals, shape is TokenShape.Capital or TokenShape.CapitalInTitle);
            Count(row, Evidence.Uppers, shape is TokenShape.Upper or TokenShape.UpperInUpper);
            Count(row, Evidence.Lowers, shape is TokenShape.Lower or TokenShape.LowerInLower);
            Count(row, Evidence.Initials, shape == TokenShape.Initial);
            Count(row, Evidence.WithDigits, shape is TokenShape.Alphanumeric or TokenShape.Number);
            var listed = (flags & WordFlags.AnyName) != WordFlags.None;
            Count(row, Evidence.Common, wordClass != 0 && !listed);
            Count(row, Evidence.Unknown, wordClass == 0 && !listed);
            Count(row, Evidence.OnlyListed, wordClass == 0 && listed);
            Count(row, Evidence.CommonAndListed, wordClass != 0 && listed);
            Count(row, Evidence.Given, (flags & WordFlags.Given) != WordFlags.None);
            Count(row, Evidence.Surname, (flags & WordFlags.Surname) != WordFlags.None);
            Count(row, Evidence.CommonName, (flags & WordFlags.Common) != WordFlags.None);
            Count(row, Evidence.City, (flags & WordFlags.City) != WordFlags.None);
            Count(row, Evidence.Town, (flags & WordFlags.Town) != WordFlags.None);
            Count(row, Evidence.Country, (flags & WordFlags.Country) != WordFlags.None);
            Count(row, Evidence.Region, (flags & WordFlags.Region) != WordFlags.None);
            Count(row, Evidence.Organization, (flags & WordFlags.Organization) != WordFlags.None);
            Count(row, Evidence.Known, (flags & WordFlags.Known) != WordFlags.None);
            Count(row, Evidence.Artist, (flags & WordFlags.Artist) != WordFlags.None);
            Count(row, Evidence.KindOfName, WordClasses.IsKindOfName(wordClass));
            Count(row, Evidence.Technical, wordClass is WordClasses.Tech or WordClasses.Compound or WordClasses.Technology);
            Count(row, Evidence.OtherLanguage, wordClass is WordClasses.Other or WordClasses.Foreign);
            Count(row, Evidence.Calendar, wordClass is WordClasses.Month or WordClasses.Day);
            Count(row, Evidence.PeopleOrRole, wordClass is WordClasses.People or WordClasses.Role || (_context[i] & ContextFlags.Role) != ContextFlags.None);
            Count(row, Evidence.Ware, wordClass == WordClasses.Ware);
            Count(row, Evidence.InThings, (_context[i] & ContextFlags.InThings) != ContextFlags.None);
            Count(row, Evidence.ThingPhrase, (tokens.Phrase[i] & NameTokens.ThingPhrase) != 0);
            Count(row, Evidence.Matter, WordClasses.IsMatter(wordClass) || wordClass == WordClasses.Artifact);
            Count(row, Evidence.Eponym, (_context[i] & ContextFlags.Eponym) != ContextFlags.None);
            var frequency = wordClass == 0 ? -1 : (int)(flags & (WordFlags.FrequencyLow | WordFlags.FrequencyHigh)) >> 12;
            highest = Math.Max(highest, frequency);
            lowest = Math.Min(lowest, frequency);
            form = Math.Max(form, model.Forms.Score(unit[tokens.Start[i]..tokens.End[i]]));
        }

        Set(row, Evidence.Words, words);
        Set(row, Evidence.Characters, name.End - name.Start);
        Set(row, Evidence.LongestWord, longest);
        Set(row, Evidence.ShortestWord, shortest);
        Set(row, Evidence.FirstShape, (int)tokens.Shape[name.First]);
        Set(row, Evidence.LastShape, (int)tokens.Shape[name.Last]);
        Set(row, Evidence.FirstClass, tokens.Class[name.First]);
        Set(row, Evidence.LastClass, tokens.Class[name.Last]);
        Set(row, Evidence.FirstFrequency, (int)(tokens.Flags[name.First] & (WordFlags.FrequencyLow | WordFlags.FrequencyHigh)) >> 12);
        Set(row, Evidence.LastFrequency, (int)(tokens.Flags[name.Last] & (WordFlags.FrequencyLow | WordFlags.FrequencyHigh)) >> 12);
        Set(row, Evidence.HighestFrequency, highest);
        Set(row, Evidence.LowestFrequency, lowest);
        Set(row, Evidence.FirstGiven, (tokens.Flags[name.First] & WordFlags.Given) != WordFlags.None);
        Set(row, Evidence.LastSurname, (tokens.Flags[name.Last] & WordFlags.Surname) != WordFlags.None);
        Set(row, Evidence.PersonPhrase, (phrase & 1) != 0);
        Set(row, Evidence.PlacePhrase, (phrase & 4) != 0);
        Set(row, Evidence.OrganizationPhrase, (phrase & 16) != 0);
        Set(row, Evidence.WordForm, form == int.MinValue ? 0 : form);
        Set(row, Evidence.FirstWordForm, model.Forms.Score(unit[tokens.Start[name.First]..tokens.End[name.First]]));
    }

    private static void Set(Span<short> row, Evidence evidence, int value) => row[(int)evidence] = (short)Math.Clamp(value, short.MinValue, short.MaxValue);

    private static void Set(Span<short> row, Evidence evidence, bool value) => row[(int)evidence] = value ? (short)1 : (short)0;

    private static void Add(Span<short> row, Evidence evidence) => row[(int)evidence]++;

    private static void Count(Span<short> row, Evidence evidence, bool value) => row[(int)evidence] += value ? (short)1 : (short)0;
}
