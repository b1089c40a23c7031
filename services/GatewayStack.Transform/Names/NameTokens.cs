using System.Buffers;

namespace GatewayStack.Transform.Names;

/// <summary>The tokens of one unit. Reused from unit to unit.</summary>
internal sealed partial class NameTokens
{
    private const WordFlags Strong = WordFlags.Given | WordFlags.City | WordFlags.Country | WordFlags.Common | WordFlags.Organization;

    private static readonly SearchValues<string> Web = SearchValues.Create(["www."], StringComparison.OrdinalIgnoreCase);

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

    /// <summary>The bits of <see cref="Phrase"/> that say that it is in the name of a thing.</summary>
    public const int ThingPhrase = 3 << 6;

    /// <summary>Where in entries of several words it stands: for person, place, organisation, thing two bits each (1 first, 2 inside, 3 last).</summary>
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

    /// <summary>How many words of other languages than English the unit has: 0 none, 1 a few, 2 many.</summary>
    public int Foreign { get; private set; }

    /// <summary>Which part of the words, the first apart, have a capital: 0 few, 1 a third, 2 most, 3 nearly all.</summary>
    public int Capitals { get; private set; }

    /// <summary>True where capitals say little: most words have one, or the unit is of another language than English.</summary>
    public bool IsDense => Foreign > 1 || Capitals > 1 || CaseMode is 1 or 2;

    /// <summary>Writes the first words of a candidate; 0 where it has no more.</summary>
    public void WordsOf(NameFinding name, Span<uint> into)
    {
        into.Clear();
        for (int i = name.First, n = 0; i <= name.Last && n < into.Length; i++)
        {
            if (Shape[i] is not (TokenShape.Punctuation or TokenShape.Number))
            {
                into[n++] = Word[i];
            }
        }
    }

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

        // What a unit without candidates tells of its text counts, too: it must be its own, not what the unit before had.
        Survey();
        if (!MarkCandidates(unit))
        {
            return false;
        }

        MarkKeys(unit);
        return true;
    }

    private void Survey()
    {
        int words = 0, capitals = 0, foreign = 0;
        for (var i = First; i < Last; i++)
        {
            switch (Shape[i])
            {
                case TokenShape.Lower or TokenShape.LowerInLower:
                    words++;
                    break;
                case TokenShape.Capital or TokenShape.CapitalInTitle or TokenShape.Mixed or TokenShape.Upper or TokenShape.UpperInUpper when i > First:
                    words++;
                    capitals++;
                    break;
            }

            foreign += Class[i] is WordClasses.Foreign or WordClasses.Other ? 1 : 0;
        }

        Foreign = foreign == 0 ? 0 : foreign * 4 < words ? 1 : 2;
        Capitals = capitals * 6 <= words ? 0 : capitals * 5 <= words * 2 ? 1 : capitals * 5 <= words * 4 ? 2 : 3;
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
        var hasUrl = unit.Contains("://", StringComparison.Ordinal) || unit.ContainsAny(Web);
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

            var end = TokenEnd.Of(unit, i, hasAt, hasUrl, out var shape);
            if (shape == TokenShape.Hashtag && ((glued && TokenEnd.IsWord(unit[i - 1])) || unit[i..end].ContainsAnyInRange('0', '9')))
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
}
