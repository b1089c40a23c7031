namespace GatewayStack.Transform.Recognizers.Addresses;

/// <summary>Tells how far an address may go back before the number that opens it: as far as its words are names, kinds of street, or numbers.</summary>
/// <remarks>What belongs, belongs whatever follows it. So a stream holds no more than the names at its end, and a text as a whole gives the same.</remarks>
internal static class AddressReach
{
    /// <summary>No address begins further before its number.</summary>
    public const int Longest = 64;

    private const int LongestAbbreviation = 4;

    private const WordClass Begins = WordClass.Prefix | WordClass.SoftPrefix | WordClass.Box | WordClass.NumberWord | WordClass.Unit;

    private const WordClass Belongs = Begins | WordClass.Particle | WordClass.LastType | WordClass.Locative | WordClass.StrongType | WordClass.MediumType | WordClass.House;

    /// <summary>Where an address may begin whose number follows this text; the text's length when nothing in it can belong to one.</summary>
    public static int StartOf(ReadOnlySpan<char> text)
    {
        var limit = Math.Max(0, text.Length - Longest);
        var start = text.Length;
        for (var at = text.Length; ;)
        {
            var end = SkipSigns(text, at, limit);
            if (end < 0)
            {
                return start;
            }

            at = end;
            while (at > limit && (char.IsAsciiDigit(text[at - 1]) || Lexer.IsLetter(text[at - 1]) || (IsJoint(text[at - 1]) && at < end && at - 1 > limit && Lexer.IsLetter(text[at - 2]))))
            {
                at--;
            }

            var word = text[at..end];
            if (word.Length == 0)
            {
                return start;
            }

            var found = AddressWords.Classify(word);
            var isName = char.IsAsciiDigit(word[^1]) || char.IsAsciiDigit(word[0])
                || (!char.IsLower(word[0]) && word is not ("The" or "A" or "This" or "That" or "It" or "We" or "You" or "He" or "She" or "They"));
            if (!isName && (found & Belongs) == WordClass.None && AddressWords.Suffix(word) != SuffixClass.Strong)
            {
                return start;
            }

            if (isName || ((found & Begins) != WordClass.None && (word.Length > 1 || end < text.Length && text[end] is '.' or '/')) || (found & Belongs) == WordClass.None)
            {
                start = at;
            }
        }
    }

    /// <summary>Where the word before the signs ends; -1 when they end the sentence, or nothing stands before them.</summary>
    private static int SkipSigns(ReadOnlySpan<char> text, int at, int limit)
    {
        while (at > limit && !char.IsAsciiDigit(text[at - 1]) && !Lexer.IsLetter(text[at - 1]))
        {
            switch (text[at - 1])
            {
                case '.' when EndsSentence(text[limit..(at - 1)]):
                    return -1;
                case ' ' or '\t' or ',' or '#' or 'º' or '°' or '№' or '-' or '/' or '\'' or '’' or ':' or '\n' or '\r' or '.':
                    at--;
                    break;
                default:
                    return -1;
            }
        }

        return at == limit ? -1 : at;
    }

    private static bool EndsSentence(ReadOnlySpan<char> before)
    {
        var word = before.Length - 1;
        while (word >= 0 && Lexer.IsLetter(before[word]))
        {
            word--;
        }

        var length = before.Length - 1 - word;
        var found = AddressWords.Classify(before[(word + 1)..]);
        return length > LongestAbbreviation && (found & (Begins | WordClass.LastType)) == WordClass.None && AddressWords.Suffix(before[(word + 1)..]) == SuffixClass.None;
    }

    private static bool IsJoint(char c) => c is '\'' or '’' or '-' or '.';
}
