namespace GatewayStack.Transform.Names.Verification;

/// <content>What stands beside a candidate, in its unit and before it.</content>
internal sealed partial class EvidenceReader
{
    private void ReadNeighbours(NameTokens tokens, ReadOnlySpan<char> unit, NameFinding name, Span<short> row)
    {
        int first = name.First, last = name.Last;
        Set(row, Evidence.ShapeBefore, first == NameTokens.First ? -1 : (int)tokens.Shape[first - 1]);
        Set(row, Evidence.ShapeAfter, last + 1 == tokens.Last ? -1 : (int)tokens.Shape[last + 1]);
        Set(row, Evidence.ClassBefore, tokens.Class[first - 1]);
        Set(row, Evidence.ClassAfter, tokens.Class[last + 1]);
        Set(row, Evidence.ClassTwoBefore, tokens.Class[first - 2]);
        Set(row, Evidence.ClassTwoAfter, tokens.Class[last + 2]);
        Set(row, Evidence.MarkBefore, MarkAt(tokens, unit, first - 1));
        Set(row, Evidence.MarkAfter, MarkAt(tokens, unit, last + 1));
        Set(row, Evidence.Glue, (tokens.Glued[first] ? 1 : 0) + (last + 1 < tokens.Last && tokens.Glued[last + 1] ? 2 : 0));
        ContextFlags before = WordBefore(tokens, first, 0), twoBefore = WordBefore(tokens, first, 1), threeBefore = WordBefore(tokens, first, 2);
        ContextFlags after = WordAfter(tokens, last, 0), twoAfter = WordAfter(tokens, last, 1);
        Set(row, Evidence.Determiner, Nearest(ContextFlags.Determiner, before, twoBefore, threeBefore));
        Set(row, Evidence.PlaceWordBefore, Nearest(ContextFlags.Place, before, twoBefore, ContextFlags.None));
        Set(row, Evidence.PrepositionBefore, Nearest(ContextFlags.Preposition, before, twoBefore, ContextFlags.None));
        Set(row, Evidence.TitleBefore, Nearest(ContextFlags.Title, before, twoBefore, ContextFlags.None));
        Set(row, Evidence.RoleBefore, Nearest(ContextFlags.Role, before, twoBefore, ContextFlags.None));
        Set(row, Evidence.RoleAfter, Nearest(ContextFlags.Role, after, twoAfter, ContextFlags.None));
        Set(row, Evidence.SaidBeside, Nearest(ContextFlags.Said, after, before, twoAfter));
        Set(row, Evidence.ToPersonBefore, Nearest(ContextFlags.ToPerson, before, twoBefore, ContextFlags.None));
        Set(row, Evidence.GreetingBefore, Nearest(ContextFlags.Greeting, before, twoBefore, ContextFlags.None));
        Set(row, Evidence.ThingAfter, Thing(tokens, last + 1, after) ? 1 : Thing(tokens, last + 2, twoAfter) ? 2 : 0);
        Set(row, Evidence.ThingBefore, Thing(tokens, first - 1, before) ? 1 : Thing(tokens, first - 2, twoBefore) ? 2 : 0);
        var apostrophe = last + 1 < tokens.Last && tokens.Glued[last + 1] && unit[tokens.Start[last + 1]] is '\'' or '’';
        Set(row, Evidence.Possessive, apostrophe ? 1 : 0);
        Set(row, Evidence.FlagsBefore, (int)tokens.Flags[first - 1] & (int)WordFlags.AnyName);
        Set(row, Evidence.FlagsAfter, (int)tokens.Flags[last + 1] & (int)WordFlags.AnyName);
        Set(row, Evidence.KindBefore, KindAt(tokens, first - 1));
        Set(row, Evidence.KindAfter, KindAt(tokens, last + 1));
        Set(row, Evidence.Series, (InSeries(tokens, unit, first - 1, -1) ? 1 : 0) + (InSeries(tokens, unit, last + 1, 1) ? 1 : 0));
        Set(row, Evidence.RunBefore, first - name.From);
        Set(row, Evidence.RunAfter, name.To - 1 - last);
    }

    private void ReadUnit(NameTokens tokens, ReadOnlySpan<char> unit, NameFinding name, int candidates, NameModel model, TextKnowledge known, Span<short> row)
    {
        var keys = tokens.Key[name.First] == 0 ? ContextFlags.None : model.Context.Find(tokens.Key[name.First]);
        Set(row, Evidence.Key, tokens.Key[name.First] == 0 ? 0 : (keys & ContextFlags.PersonKey) != ContextFlags.None ? 4 : (keys & ContextFlags.PlaceKey) != ContextFlags.None ? 3
            : (keys & ContextFlags.OrganizationKey) != ContextFlags.None ? 2 : 1);
        Set(row, Evidence.TokensBefore, name.First - NameTokens.First);
        Set(row, Evidence.TokensAfter, tokens.Last - 1 - name.Last);
        Set(row, Evidence.UnitTokens, tokens.Last - NameTokens.First);
        Set(row, Evidence.CaseMode, tokens.CaseMode);
        Set(row, Evidence.CodeLevel, tokens.CodeLevel);
        Set(row, Evidence.Foreign, tokens.Foreign);
        Set(row, Evidence.CapitalShare, _words == 0 ? 0 : _capitals * 100 / _words);
        Set(row, Evidence.OtherCapitals, _capitals - (name.Last + 1 - name.First));
        Set(row, Evidence.OtherCandidates, candidates - 1);
        Set(row, Evidence.EndsWithColon, _end == MarkOf(':'));
        Set(row, Evidence.IsItem, _isItem);
        Set(row, Evidence.IsRow, _isRow);
        Set(row, Evidence.FirstInSentence, IsFirst(tokens, unit, name.First));
        Set(row, Evidence.UnitMail, _mails);
        Set(row, Evidence.UnitPhone, _phones);
        Set(row, Evidence.UnitGreeting, _greetings);
        Set(row, Evidence.UnitSignOff, _signOffs);
        Set(row, Evidence.UnitSaid, _said);
        Set(row, Evidence.UnitTitle, _titles);
        Set(row, Evidence.UnitSpeaks, _speaks);
        Set(row, Evidence.UnitThings, _things);
        Set(row, Evidence.UnitNumbers, _numbers);
        Set(row, Evidence.UnitSmallWords, _words == 0 ? 0 : _smallWords * 100 / _words);
        Set(row, Evidence.UnitMatter, _matter);
        Set(row, Evidence.UnitPronouns, _pronouns);
        Set(row, Evidence.SinceGreeting, known.SinceGreeting);
        Set(row, Evidence.SinceSignOff, known.SinceSignOff);
        Set(row, Evidence.TokensOfUnitBefore, known.TokensBefore);
        Set(row, Evidence.CodeOfUnitBefore, known.CodeBefore);
        Set(row, Evidence.EndOfUnitBefore, known.EndBefore);
    }

    /// <summary>1 where the nearest word has the flag, 2 where the next but one has, 3 where the third has; 0 for none.</summary>
    private static int Nearest(ContextFlags flag, ContextFlags first, ContextFlags second, ContextFlags third) =>
        (first & flag) != ContextFlags.None ? 1 : (second & flag) != ContextFlags.None ? 2 : (third & flag) != ContextFlags.None ? 3 : 0;

    /// <summary>What a word beside a candidate is, from what speaks for a thing to what speaks for a person.</summary>
    private static int KindAt(NameTokens tokens, int i)
    {
        if (i < NameTokens.First || i >= tokens.Last || tokens.Shape[i] == TokenShape.Punctuation)
        {
            return 3;
        }

        return tokens.Class[i] switch
        {
            WordClasses.Person or WordClasses.Role or WordClasses.Kin or WordClasses.Honorific or WordClasses.Title => 7,
            >= WordClasses.FirstVerb and <= WordClasses.LastVerb => 6,
            WordClasses.Function or WordClasses.Foreign => 5,
            WordClasses.Artifact => 0,
            var c when WordClasses.IsMatter(c) => 0,
            >= WordClasses.FirstNoun and < WordClasses.FirstVerb => 1,
            > 0 and < WordClasses.FirstNoun => 2,
            _ => 4,
        };
    }

    /// <summary>True where a mark that lists things stands between a candidate and another word with a capital.</summary>
    private static bool InSeries(NameTokens tokens, ReadOnlySpan<char> unit, int i, int step) =>
        i >= NameTokens.First && i < tokens.Last && tokens.Shape[i] == TokenShape.Punctuation && unit[tokens.Start[i]] is ',' or '/' or ';' or '|' or '·' or '•'
        && i + step >= NameTokens.First && i + step < tokens.Last
        && tokens.Shape[i + step] is TokenShape.Capital or TokenShape.CapitalInTitle or TokenShape.Mixed or TokenShape.Upper or TokenShape.UpperInUpper;

    private static bool Thing(NameTokens tokens, int i, ContextFlags flags) =>
        (flags & (ContextFlags.Named | ContextFlags.Product)) != ContextFlags.None
        || (i >= NameTokens.First && i < tokens.Last && tokens.Class[i] is WordClasses.Tech or WordClasses.Compound);

    /// <summary>What the word before a token tells, marks left out; <paramref name="skip"/> words further back.</summary>
    private ContextFlags WordBefore(NameTokens tokens, int i, int skip)
    {
        for (i--; i >= NameTokens.First; i--)
        {
            if (tokens.Shape[i] != TokenShape.Punctuation && skip-- == 0)
            {
                return _context[i];
            }
        }

        return ContextFlags.None;
    }

    private ContextFlags WordAfter(NameTokens tokens, int i, int skip)
    {
        for (i++; i < tokens.Last; i++)
        {
            if (tokens.Shape[i] != TokenShape.Punctuation && skip-- == 0)
            {
                return _context[i];
            }
        }

        return ContextFlags.None;
    }

    /// <summary>True when only marks and numbers stand before it, or a mark that begins a sentence.</summary>
    private static bool IsFirst(NameTokens tokens, ReadOnlySpan<char> unit, int i)
    {
        for (i--; i >= NameTokens.First; i--)
        {
            if (tokens.Shape[i] is not (TokenShape.Punctuation or TokenShape.Number or TokenShape.Symbol))
            {
                return false;
            }

            if (unit[tokens.Start[i]] is '.' or ':' or '!' or '?')
            {
                return true;
            }
        }

        return true;
    }

    private static int MarkAt(NameTokens tokens, ReadOnlySpan<char> unit, int i) =>
        i < NameTokens.First || i >= tokens.Last ? 0 : tokens.Shape[i] == TokenShape.Punctuation ? MarkOf(unit[tokens.Start[i]]) : 1;

    private static int MarkOf(char c) => c switch
    {
        '.' or '!' or '?' => 2,
        ',' => 3,
        ';' => 4,
        ':' => 5,
        '(' or '[' => 6,
        ')' or ']' => 7,
        '"' or '“' or '”' or '„' or '«' or '»' => 8,
        '\'' or '’' or '‘' => 9,
        '-' => 10,
        '–' or '—' => 11,
        '/' => 12,
        '|' => 13,
        '<' => 14,
        '>' => 15,
        '{' or '}' => 16,
        '=' => 17,
        '*' or '_' or '`' or '#' => 18,
        '&' => 19,
        _ => 1,
    };
}
