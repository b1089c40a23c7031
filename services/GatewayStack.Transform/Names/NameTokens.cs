namespace GatewayStack.Transform.Names;

/// <summary>What a token looks like.</summary>
internal enum TokenShape : byte
{
    /// <summary>john</summary>
    Lower,

    /// <summary>John</summary>
    Capital,

    /// <summary>JOHN</summary>
    Upper,

    /// <summary>J</summary>
    Initial,

    /// <summary>McDonald, iPhone</summary>
    Mixed,

    /// <summary>76ers</summary>
    Alphanumeric,

    /// <summary>1234</summary>
    Number,

    /// <summary>A single mark.</summary>
    Punctuation,

    /// <summary>@john</summary>
    Handle,

    /// <summary>#john</summary>
    Hashtag,

    /// <summary>An e-mail address or URL.</summary>
    Address,

    /// <summary>Emoji and the like.</summary>
    Symbol,

    /// <summary>John, where Every Word Is Written So</summary>
    CapitalInTitle,

    /// <summary>JOHN, WHERE EVERY WORD IS</summary>
    UpperInUpper,

    /// <summary>john, where no word has a capital</summary>
    LowerInLower,

    /// <summary>A word of a script that has no case.</summary>
    Caseless,

    /// <summary>A word with an underscore.</summary>
    Identifier,
}

/// <summary>The tokens of one unit. Reused from unit to unit.</summary>
internal sealed class NameTokens
{
    private const WordFlags Strong = WordFlags.Given | WordFlags.City | WordFlags.Country | WordFlags.Common | WordFlags.Organization;

    /// <summary>So many tokens a unit can have at most, and room for the neighbours of the outermost.</summary>
    public const int Capacity = NameUnits.MaxLength + Margin + Margin;

    /// <summary>Empty tokens before the first and after the last, so that neighbours need no test.</summary>
    public const int Margin = 2;

    /// <summary>Where each token begins.</summary>
    public readonly short[] Start = new short[Capacity];

    /// <summary>Where each token ends.</summary>
    public readonly short[] End = new short[Capacity];

    /// <summary>Hash of the word without regard to case.</summary>
    public readonly uint[] Word = new uint[Capacity];

    /// <summary>What it looks like.</summary>
    public readonly TokenShape[] Shape = new TokenShape[Capacity];

    /// <summary>What the lists say.</summary>
    public readonly WordFlags[] Flags = new WordFlags[Capacity];

    /// <summary>The class of a common word.</summary>
    public readonly byte[] Class = new byte[Capacity];

    /// <summary>Where in entries of several words it stands: for person, place, organisation two bits each (1 first, 2 inside, 3 last).</summary>
    public readonly byte[] Phrase = new byte[Capacity];

    /// <summary>Hash of the key whose value it is in (<c>"name": "..."</c>); 0 for none.</summary>
    public readonly uint[] Key = new uint[Capacity];

    /// <summary>True when no blank stands before it.</summary>
    public readonly bool[] Glued = new bool[Capacity];

    /// <summary>True when it may be part of a name.</summary>
    public readonly bool[] Candidate = new bool[Capacity];

    /// <summary>The first token's index.</summary>
    public const int First = Margin;

    /// <summary>One past the last token's index.</summary>
    public int Last { get; private set; }

    /// <summary>1 nearly all words have capitals, 2 all words are in capitals, 3 no word has a capital, 0 else.</summary>
    public int CaseMode { get; private set; }

    /// <summary>How much of the unit is marks that code has and prose has not: 0 to 3.</summary>
    public int CodeLevel { get; private set; }

    /// <summary>Splits a unit.</summary>
    /// <returns>False when nothing in it can be a name.</returns>
    public bool Read(ReadOnlySpan<char> unit, NameLexicon lexicon)
    {
        Split(unit);
        SetCaseMode(unit);
        for (var i = First; i < Last; i++)
        {
            if (Shape[i] is TokenShape.Punctuation or TokenShape.Number or TokenShape.Symbol or TokenShape.Handle or TokenShape.Address)
            {
                Flags[i] = WordFlags.None;
                Class[i] = 0;
            }
            else
            {
                Flags[i] = lexicon.Find(Word[i], out Class[i]);
                if (Shape[i] == TokenShape.Mixed && Class[i] == 0 && Flags[i] == WordFlags.None && IsCompound(unit[Start[i]..End[i]], lexicon))
                {
                    Class[i] = WordClasses.Compound;
                }
            }

            Phrase[i] = 0;
        }

        Pad(First - 1);
        Pad(First - 2);
        Pad(Last);
        Pad(Last + 1);
        MarkPhrases(lexicon);
        if (!MarkCandidates(unit))
        {
            return false;
        }

        MarkKeys(unit);
        return true;
    }

    private static bool IsCompound(ReadOnlySpan<char> word, NameLexicon lexicon)
    {
        for (var from = 0; from < word.Length;)
        {
            var to = from + 1;
            while (to < word.Length && !(char.IsUpper(word[to]) && (char.IsLower(word[to - 1]) || (to + 1 < word.Length && char.IsLower(word[to + 1])))))
            {
                to++;
            }

            lexicon.Find(NameHash.Word(word[from..to]), out var wordClass);
            if (wordClass == 0 && to - from > 1)
            {
                return false;
            }

            from = to;
        }

        return true;
    }

    private void Pad(int i)
    {
        Start[i] = End[i] = 0;
        Word[i] = i < First ? 1u : 2u;
        Shape[i] = TokenShape.Punctuation;
        Flags[i] = WordFlags.None;
        Class[i] = 0;
        Phrase[i] = 0;
        Glued[i] = false;
        Candidate[i] = false;
        Key[i] = 0;
    }

    private void Split(ReadOnlySpan<char> unit)
    {
        var hasAt = unit.Contains('@');
        var hasUrl = unit.Contains("://", StringComparison.Ordinal) || unit.Contains("www.", StringComparison.OrdinalIgnoreCase);
        var n = First;
        var glued = false;
        var code = 0;
        for (var i = 0; i < unit.Length;)
        {
            var c = unit[i];
            if (char.IsWhiteSpace(c) || c == '\0')
            {
                glued = false;
                i++;
                continue;
            }

            var end = TokenEnd(unit, i, hasAt, hasUrl, out var shape);
            if (shape == TokenShape.Hashtag && ((glued && IsWord(unit[i - 1])) || unit[i..end].ContainsAnyInRange('0', '9')))
            {
                // [PERSON#mvnbqp], #e19c76: no hashtag, and what follows is no word.
                shape = TokenShape.Identifier;
            }

            code += c is '{' or '}' or '(' or ')' or '=' or ';' or '<' or '>' or '[' or ']' or '$' or '|' or '\\' or '`' ? 2
                : shape is TokenShape.Identifier or TokenShape.Mixed ? 3 : c is '/' or '_' or ':' or '"' or '*' or '%' ? 1 : 0;
            Start[n] = (short)i;
            End[n] = (short)end;
            Shape[n] = shape;
            Word[n] = shape switch
            {
                TokenShape.Hashtag => NameHash.Word(unit[(i + 1)..end]),
                TokenShape.Handle or TokenShape.Address or TokenShape.Symbol => (uint)shape + 16,
                _ => NameHash.Word(unit[i..end]),
            };
            Glued[n] = glued;
            Candidate[n] = false;
            Key[n] = 0;
            n++;
            glued = true;
            i = end;
        }

        Last = n;
        CodeLevel = code < 2 ? 0 : Math.Min(code * 4 / (n - First), 3);
    }

    private static int TokenEnd(ReadOnlySpan<char> unit, int i, bool hasAt, bool hasUrl, out TokenShape shape)
    {
        var c = unit[i];
        if (IsWord(c))
        {
            if (hasAt && MailEnd(unit, i) is var mail and > 0)
            {
                shape = TokenShape.Address;
                return mail;
            }

            if (hasUrl && UrlEnd(unit, i) is var url and > 0)
            {
                shape = TokenShape.Address;
                return url;
            }

            return WordEnd(unit, i, out shape);
        }

        if (c is '@' or '#' && i + 1 < unit.Length && (char.IsLetter(unit[i + 1]) || unit[i + 1] == '_' || (c == '@' && char.IsAsciiDigit(unit[i + 1]))))
        {
            shape = c == '@' ? TokenShape.Handle : TokenShape.Hashtag;
            return WordEnd(unit, i + 1, out _);
        }

        if (c == '\\' && i + 1 < unit.Length && unit[i + 1] is 'n' or 'r' or 't')
        {
            shape = TokenShape.Punctuation;
            return i + 2;
        }

        if (char.IsHighSurrogate(c) && i + 1 < unit.Length && char.IsLowSurrogate(unit[i + 1]))
        {
            shape = TokenShape.Symbol;
            return i + 2;
        }

        shape = c < 128 || char.IsPunctuation(c) ? TokenShape.Punctuation : TokenShape.Symbol;
        return i + 1;
    }

    private static bool IsWord(char c) => c < 128 ? char.IsAsciiLetterOrDigit(c) || c == '_' : char.IsLetterOrDigit(c) || IsMark(c);

    private static bool IsMark(char c) => char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark
        or System.Globalization.UnicodeCategory.SpacingCombiningMark;

    private static int WordEnd(ReadOnlySpan<char> unit, int start, out TokenShape shape)
    {
        int upper = 0, lower = 0, digits = 0, other = 0, under = 0;
        var i = start;
        for (; i < unit.Length && IsWord(unit[i]); i++)
        {
            var c = unit[i];
            if (c is >= 'a' and <= 'z')
            {
                lower++;
            }
            else if (c is >= 'A' and <= 'Z')
            {
                upper++;
            }
            else if (c is >= '0' and <= '9')
            {
                digits++;
            }
            else if (c == '_')
            {
                under++;
            }
            else if (char.IsLower(c))
            {
                lower++;
            }
            else if (char.IsUpper(c))
            {
                upper++;
            }
            else if (char.IsDigit(c))
            {
                digits++;
            }
            else
            {
                other++;
            }
        }

        var first = unit[start];
        shape = under > 0 ? TokenShape.Identifier
            : digits == i - start ? TokenShape.Number
            : digits > 0 ? TokenShape.Alphanumeric
            : upper == 0 && lower == 0 ? TokenShape.Caseless
            : upper == 0 ? TokenShape.Lower
            : upper + other == 1 ? (lower == 0 ? TokenShape.Initial : char.IsUpper(first) ? TokenShape.Capital : TokenShape.Mixed)
            : lower == 0 ? TokenShape.Upper
            : upper == 1 && char.IsUpper(first) ? TokenShape.Capital
            : TokenShape.Mixed;
        return i;
    }

    private static int MailEnd(ReadOnlySpan<char> unit, int start)
    {
        var i = start;
        while (i < unit.Length && i - start < 64 && (char.IsAsciiLetterOrDigit(unit[i]) || unit[i] is '.' or '_' or '%' or '+' or '-'))
        {
            i++;
        }

        if (i + 1 >= unit.Length || unit[i] != '@' || !char.IsLetterOrDigit(unit[i + 1]))
        {
            return 0;
        }

        for (i++; i < unit.Length && (char.IsLetterOrDigit(unit[i]) || (unit[i] is '.' or '-' && i + 1 < unit.Length && char.IsLetterOrDigit(unit[i + 1]))); i++)
        {
        }

        return i;
    }

    private static int UrlEnd(ReadOnlySpan<char> unit, int start)
    {
        var i = start;
        while (i < unit.Length && i - start < 16 && char.IsAsciiLetter(unit[i]))
        {
            i++;
        }

        var isUrl = unit[i..].StartsWith("://", StringComparison.Ordinal)
            || (i - start == 3 && unit[i..].StartsWith(".", StringComparison.Ordinal) && unit[start..i].Equals("www", StringComparison.OrdinalIgnoreCase));
        if (!isUrl)
        {
            return 0;
        }

        while (i < unit.Length && !char.IsWhiteSpace(unit[i]) && unit[i] is not ('<' or '>' or '"' or '\'' or '`' or ')' or ']' or '}' or ',' or '|'))
        {
            i++;
        }

        while (i > start && unit[i - 1] is '.' or ';' or '!' or '?' or ':')
        {
            i--;
        }

        return i;
    }

    /// <summary>The shape of a word says less where the whole unit is written so: it becomes a shape of its own.</summary>
    private void SetCaseMode(ReadOnlySpan<char> unit)
    {
        int capitals = 0, uppers = 0, lowers = 0, shortLowers = 0;
        for (var i = First; i < Last; i++)
        {
            switch (Shape[i])
            {
                case TokenShape.Capital or TokenShape.Mixed:
                    capitals++;
                    break;
                case TokenShape.Upper:
                    uppers++;
                    break;
                case TokenShape.Lower:
                    lowers++;
                    shortLowers += End[i] - Start[i] <= 3 ? 1 : 0;
                    break;
            }
        }

        CaseMode = lowers + capitals == 0 ? (uppers > 1 ? 2 : 0)
            : uppers >= 3 && uppers >= 3 * (lowers + capitals) ? 2
            : capitals + uppers == 0 ? 3
            : capitals >= 3 && capitals >= 4 * (lowers - shortLowers) && capitals >= shortLowers ? 1
            : 0;
        if (CaseMode == 0)
        {
            return;
        }

        for (var i = First; i < Last; i++)
        {
            Shape[i] = (CaseMode, Shape[i]) switch
            {
                (1, TokenShape.Capital) => TokenShape.CapitalInTitle,
                (2, TokenShape.Upper) => TokenShape.UpperInUpper,
                (3, TokenShape.Lower) => TokenShape.LowerInLower,
                var (_, same) => same,
            };
        }
    }

    private bool MarkCandidates(ReadOnlySpan<char> unit)
    {
        var any = false;
        for (var i = First; i < Last; i++)
        {
            Candidate[i] = Class[i] != WordClasses.Honorific && Shape[i] switch
            {
                TokenShape.Capital or TokenShape.CapitalInTitle or TokenShape.Upper or TokenShape.UpperInUpper or TokenShape.Hashtag => true,
                TokenShape.Initial => unit[Start[i]] != 'I' || Class[i] != WordClasses.Function,
                TokenShape.Mixed or TokenShape.Caseless => true,
                TokenShape.Alphanumeric => End[i] - Start[i] <= 8,
                TokenShape.Lower or TokenShape.LowerInLower => Phrase[i] != 0 || (Class[i] != WordClasses.Function
                    && Class[i] != WordClasses.Foreign && !IsCode(unit, i) && (Class[i] == 0 ? End[i] - Start[i] > 1 : (Flags[i] & WordFlags.AnyName) != WordFlags.None || (Candidate[i - 1] && WordClasses.IsKindOfName(Class[i])))),
                _ => Phrase[i] != 0,
            };
            any |= Candidate[i];
        }

        if (!any)
        {
            return false;
        }

        // What joins or follows candidates: "of the", "-", "'", numbers. Two in a row at most.
        for (var i = First; i < Last; i++)
        {
            if (Candidate[i] || !Candidate[i - 1])
            {
                continue;
            }

            if (Shape[i] == TokenShape.Number)
            {
                Candidate[i] = End[i] - Start[i] <= 4 && (Candidate[i + 1] || !IsPoint(unit, i - 1));
            }
            else if (Joins(unit, i))
            {
                Candidate[i] = Candidate[i + 1] || (unit[Start[i]] == '.' && Glued[i] && End[i - 1] - Start[i - 1] <= 4);
                if (!Candidate[i] && i + 2 < Last && Candidate[i + 2] && Joins(unit, i + 1))
                {
                    Candidate[i] = Candidate[i + 1] = true;
                }
            }
        }

        return true;
    }

    /// <summary>
    /// True for a word on no list, or on one of rare places, that is no name in small letters: it stands between marks of code or in a unit full of
    /// them, or it is one of the many that our lists of words lack in other languages.
    /// </summary>
    private bool IsCode(ReadOnlySpan<char> unit, int i) => (Flags[i] & Strong) == WordFlags.None
        && (CodeLevel > 1 || (CaseMode != 3 && unit[Start[i]..End[i]].ContainsAnyExceptInRange('\0', '\x7f')) || EndsAsWord(unit[Start[i]..End[i]])
            || (Glued[i] && IsCodeMark(unit[Start[i] - 1])) || (Glued[i + 1] && IsCodeMark(unit[End[i]])));

    private static bool EndsAsWord(ReadOnlySpan<char> word) => word.Length > 5
        && (word.EndsWith("ed", StringComparison.Ordinal) || word.EndsWith("ing", StringComparison.Ordinal) || word.EndsWith("ly", StringComparison.Ordinal)
            || word.EndsWith("ness", StringComparison.Ordinal) || word.EndsWith("able", StringComparison.Ordinal) || word.EndsWith("tion", StringComparison.Ordinal)
            || word.EndsWith("tions", StringComparison.Ordinal) || word.EndsWith("ment", StringComparison.Ordinal) || word.EndsWith("ize", StringComparison.Ordinal));

    private static bool IsCodeMark(char c) => c is '_' or '/' or '\\' or '(' or '[' or ']' or '{' or '}' or '=' or '<' or '>' or '$' or '*' or '+' or '%' or '`';

    private bool IsPoint(ReadOnlySpan<char> unit, int i) => Shape[i] == TokenShape.Punctuation && unit[Start[i]] is not ('.' or '-');

    private bool Joins(ReadOnlySpan<char> unit, int i) => Shape[i] switch
    {
        TokenShape.Punctuation => unit[Start[i]] is '-' or '\'' or '’' or '&' or '.' or '/' or '+' or '!' or '–',
        TokenShape.Lower or TokenShape.LowerInLower => End[i] - Start[i] <= 4 && (Class[i] is WordClasses.Function or WordClasses.Foreign || End[i] - Start[i] <= 3),
        _ => false,
    };

    private void MarkPhrases(NameLexicon lexicon)
    {
        for (var i = First; i < Last; i++)
        {
            if ((Flags[i] & WordFlags.Opens) == WordFlags.None
                || (Class[i] is WordClasses.Function or WordClasses.Foreign or WordClasses.Particle && Shape[i] is TokenShape.Lower or TokenShape.LowerInLower))
            {
                continue;
            }

            var hash = Word[i];
            for (var j = i + 1; j < Last && j < i + NameLexicon.MaxPhrase; j++)
            {
                hash = NameHash.Join(hash, Word[j]);
                var kinds = lexicon.FindPhrase(hash);
                for (var kind = 0; kinds != 0; kind++, kinds >>= 1)
                {
                    if ((kinds & 1) != 0)
                    {
                        Mark(i, j, kind * 2);
                    }
                }
            }
        }
    }

    private void Mark(int from, int to, int shift)
    {
        for (var i = from; i <= to; i++)
        {
            var place = i == from ? 1 : i == to ? 3 : 2;
            Phrase[i] = (byte)((Phrase[i] & ~(3 << shift)) | (place << shift));
        }
    }

    /// <summary>Gives each token the key that stands before it: <c>key: value</c>, <c>"key": "value"</c>, <c>key=value</c>, or a column's gap.</summary>
    private void MarkKeys(ReadOnlySpan<char> unit)
    {
        uint word = 0, key = 0;
        var wordAt = 0;
        var since = 0;
        for (var i = First; i < Last; i++)
        {
            Key[i] = key;
            var length = End[i] - Start[i];
            switch (Shape[i])
            {
                case TokenShape.Punctuation:
                    var c = unit[Start[i]];
                    if (c is ':' or '=' && word != 0 && i - wordAt <= 3)
                    {
                        key = word;
                        since = 0;
                    }
                    else if (c is ';' or '|' or '{' or '}' or '\\' || (c == ',' && since > 1))
                    {
                        key = 0;
                        word = 0;
                    }

                    break;
                case TokenShape.Number or TokenShape.Address or TokenShape.Handle or TokenShape.Symbol:
                    break;
                default:
                    since++;
                    word = LastPart(unit.Slice(Start[i], length));
                    wordAt = i;
                    if (since > 8)
                    {
                        key = 0;
                    }

                    break;
            }
        }
    }

    /// <summary>The last word of an identifier: name of <c>customer_name</c> and <c>customerName</c>.</summary>
    private static uint LastPart(ReadOnlySpan<char> word)
    {
        var from = word.LastIndexOf('_') + 1;
        for (var i = word.Length - 1; i > from; i--)
        {
            if (char.IsAsciiLetterUpper(word[i]) && char.IsAsciiLetterLower(word[i - 1]))
            {
                from = i;
                break;
            }
        }

        return NameHash.Word(word[from..]);
    }
}
