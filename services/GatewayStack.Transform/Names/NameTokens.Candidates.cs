namespace GatewayStack.Transform.Names;

/// <content>Which tokens may be part of a name, and which stand in entries of several words.</content>
internal sealed partial class NameTokens
{
    private bool MarkCandidates(ReadOnlySpan<char> unit)
    {
        var any = false;
        for (var i = First; i < Last; i++)
        {
            Candidate[i] = Class[i] != WordClasses.Honorific && Shape[i] switch
            {
                TokenShape.Capital or TokenShape.CapitalInTitle => !OpeningWords.Is(this, unit, i),
                TokenShape.Upper or TokenShape.UpperInUpper or TokenShape.Hashtag => true,
                TokenShape.Initial => unit[Start[i]] != 'I' || Class[i] != WordClasses.Function,
                TokenShape.Mixed => true,
                TokenShape.Caseless => false,
                TokenShape.Alphanumeric => End[i] - Start[i] <= 8,
                TokenShape.Lower or TokenShape.LowerInLower => (Phrase[i] & ~ThingPhrase) != 0 || (Class[i] == WordClasses.OrganizationWord && OpensName(i))
                    || (Class[i] != WordClasses.Function && Class[i] != WordClasses.Foreign && !IsCode(unit, i)
                        && !OpeningWords.IsUnknownScript(unit[Start[i]], Flags[i])
                        && (Class[i] == 0 ? End[i] - Start[i] > 1
                            : (Flags[i] & WordFlags.AnyName) != WordFlags.None || (Candidate[i - 1] && WordClasses.IsKindOfName(Class[i])))),
                _ => (Phrase[i] & ~ThingPhrase) != 0,
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

    /// <summary>True for a word in small letters before a capital, or before an article or preposition of its language and a capital: lycée Voltaire, clinique du Port.</summary>
    private bool OpensName(int i) =>
        IsCapital(i + 1) || (Shape[i + 1] == TokenShape.Lower && Class[i + 1] is WordClasses.Foreign or WordClasses.Particle or WordClasses.Function && IsCapital(i + 2));

    private bool IsCapital(int i) => Shape[i] is TokenShape.Capital or TokenShape.CapitalInTitle or TokenShape.Mixed;

    private bool IsPoint(ReadOnlySpan<char> unit, int i) => Shape[i] == TokenShape.Punctuation && unit[Start[i]] is not ('.' or '-');

    private bool Joins(ReadOnlySpan<char> unit, int i) => Shape[i] switch
    {
        TokenShape.Punctuation => unit[Start[i]] is '-' or '\'' or '’' or '&' or '.' or '/' or '+' or '!' or '–',
        TokenShape.Lower or TokenShape.LowerInLower => End[i] - Start[i] <= 4 && (Class[i] is WordClasses.Function or WordClasses.Foreign || End[i] - Start[i] <= 3)
            || (Class[i] == WordClasses.Particle && End[i] - Start[i] <= 5),
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
}
