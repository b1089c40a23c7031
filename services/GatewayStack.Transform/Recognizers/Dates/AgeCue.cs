namespace GatewayStack.Transform.Recognizers.Dates;

/// <summary>Words that announce an age: <c>aged 34</c>, <c>Age: 34</c>.</summary>
internal static class AgeCue
{
    private const int LongestWord = 16;

    /// <summary>True where one stands before the number.</summary>
    public static bool IsAnnounced(ReadOnlySpan<char> text, int start)
    {
        var at = start;
        for (var signs = 0; at > 0 && signs < 6 && text[at - 1] is ' ' or ':' or '=' or '"' or '\'' or '|' or '(' or '*' or '>'; signs++)
        {
            at--;
        }

        // A comparison is code, not a person's age.
        if (text[at..start].ContainsAny('=', '>') && text[at..start].Trim() is not ("=" or "=\"" or ">"))
        {
            return false;
        }

        for (var words = 0; words < 3 && at > 0; words++)
        {
            var end = at;
            while (at > 0 && end - at < LongestWord && AgeText.IsOfWord(text[at - 1]))
            {
                at--;
            }

            var word = text[at..end];
            if (words == 0 && word.Length > 0 && WordStart.IsUnblanked(word[^1]) && (word.EndsWith("อายุ") || word.EndsWith("年龄") || word.EndsWith("年齢")))
            {
                return true;
            }

            if (AgeWords.Of(word) == AgeWord.Cue)
            {
                // "page", "max_age" and "age group" are none: the word is whole, and a person's.
                return !IsAsset(text, start) && (at == 0 || text[at - 1] is not ('-' or '_' or '.' or '/') || IsPersonBefore(text, at - 1)) && !(word is "turns" or "turned"
                    or "turning" or "Alter" && words > 0)
                    && !IsThingBefore(text, at);
            }

            if (word is not ("is" or "of" or "at" or "ist" or "est" or "de" or "von" or "years" or "was" or "about" or "patient"))
            {
                return false;
            }

            while (at > 0 && text[at - 1] is ' ' or '_')
            {
                at--;
            }
        }

        return false;
    }

    private static bool IsPersonBefore(ReadOnlySpan<char> text, int at) =>
        AgeText.LastWord(text, at) is var word && (AgeWords.Of(word) == AgeWord.Person || word is "his" or "her" or "current");

    /// <summary>A field of what somebody owns in the same line: <c>Asset tag: 0019  Age: 12 years  Serial: ...</c>.</summary>
    private static bool IsAsset(ReadOnlySpan<char> text, int start)
    {
        var line = text[(text[..start].LastIndexOf('\n') + 1)..start];
        return line.Contains("asset", StringComparison.OrdinalIgnoreCase) || line.Contains("serial", StringComparison.OrdinalIgnoreCase) || line.Contains("model",
            StringComparison.OrdinalIgnoreCase)
            || line.Contains("inventar", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsThingBefore(ReadOnlySpan<char> text, int at)
    {
        while (at > 0 && text[at - 1] == ' ')
        {
            at--;
        }

        return AgeText.LastWord(text, at) is var word && (AgeWords.Of(word) == AgeWord.Thing);
    }
}
