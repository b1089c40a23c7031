using System.Collections.Frozen;
using GatewayStack.Transform.Recognizers.Credentials.Topic;

namespace GatewayStack.Transform.Recognizers.Credentials.Spoken;

/// <summary>A password of which the sentence says what it opens, not what it is: "use x to get in", "x gets you in", "the archive is locked with x".</summary>
internal static class UseVerifier
{
    private const double Likely = 0.75;
    private const int MostWords = 3;
    private const int MostWordsAhead = 4;
    private const int TopicReach = 220;
    private const int ShortestJoined = 12;
    private const int ShortestSpelled = 6;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Using = WordSet.Of(
        "use uses enter type try with put mit nimm nutze benutze verwende tippe gib avec utilise utilisez tape tapez entre mets usa usar utiliza con pon escribe introduce com "
            + "use utilize digite digita inserisci usate met gebruik typ vul użyj "
        + "wpisz podaj z użyjcie med använd skriv ange");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Small = WordSet.Of("the this that a an your our new code das den die neue neuen le la el "
        + "il lo de het o a det den");

    /// <summary>The value before "to get in", "gets you in".</summary>
    public static Verdict Before(in Match match)
    {
        var text = match.Text;
        if (match.At(-1) is not ' ' || char.IsLetterOrDigit(match.At(match.Length)))
        {
            return Verdict.No;
        }

        var lowest = Math.Max(0, match.Start - BeforeReader.Back);
        var isSubject = match.Value.Contains("you", StringComparison.OrdinalIgnoreCase) || match.Value.Contains("kommst", StringComparison.OrdinalIgnoreCase)
            || match.Value.StartsWith("is what", StringComparison.OrdinalIgnoreCase);
        var at = match.Start;
        var found = (Start: 0, Length: 0);
        for (var words = 0; words < MostWords; words++)
        {
            while (at > lowest && text[at - 1] is ' ' or '"' or '\'' or '”' or '“' or '`' or '*')
            {
                at--;
            }

            var end = at;
            while (at > lowest && !char.IsWhiteSpace(text[at - 1]))
            {
                at--;
            }

            if (at == end || (at == lowest && lowest > 0 && !char.IsWhiteSpace(text[at - 1])))
            {
                return Verdict.No;
            }

            if (found.Length > 0)
            {
                return Using.Contains(text[at..end].Trim("\"'*`:(")) || (at > 0 && end - at > 1 && text[end - 1] == ':')
                    ? new Verdict(found.Length, Likely) { Offset = found.Start - match.Start } : Verdict.No;
            }

            var start = at;
            while (start < end && text[start] is '"' or '\'' or '“' or '„' or '`' or '*' or '(')
            {
                start++;
            }

            while (end > start && text[end - 1] is '"' or '\'' or '”' or '`' or '*' or ',' or ')')
            {
                end--;
            }

            if (ThoughtUp.Is(text[start..end]))
            {
                if (isSubject)
                {
                    return new Verdict(end - start, Likely) { Offset = start - match.Start };
                }

                found = (start, end - start);
            }
            else if (text[(end - 1)..][0] is '.' or '?' or '!' or ':')
            {
                return Verdict.No;
            }
        }

        return Verdict.No;
    }

    /// <summary>The value behind "locked with", "unlock it with", "when asked, enter".</summary>
    public static Verdict Behind(in Match match)
    {
        var text = match.Text;
        var at = match.Start + match.Length;
        for (var words = 0; words < MostWordsAhead && at < text.Length; words++)
        {
            at = ValueReader.SkipBlanks(text, at);
            while (at < text.Length && text[at] is ':' or ' ')
            {
                at++;
            }

            var value = ValueReader.Read(text, at, ValueForm.Said);
            if (value.Length == 0)
            {
                return Verdict.No;
            }

            var written = text.Slice(value.Start, value.Length);
            if (ThoughtUp.Is(written) && (EndsHere(text, value) || SentenceReader.IsStrong(written)))
            {
                return new Verdict(value.Length, Likely) { Offset = value.Start - match.Start };
            }

            var end = at;
            while (end < text.Length && !char.IsWhiteSpace(text[end]))
            {
                end++;
            }

            if (!Small.Contains(text[at..end].TrimEnd(":")) && !SecretTopic.IsNear(text[at..end]))
            {
                return Verdict.No;
            }

            at = end;
        }

        return Verdict.No;
    }

    /// <summary>Behind "sorry, capital S:", "new one:": only where the talk is of a password.</summary>
    public static Verdict Corrected(in Match match)
    {
        var text = match.Text;
        if (char.IsLetterOrDigit(match.At(-1)) || char.IsLetterOrDigit(match.At(match.Length)))
        {
            return Verdict.No;
        }

        var line = text[(match.Start + match.Length)..];
        var stop = line.IndexOfAny('\n', '\r');
        line = stop < 0 ? line : line[..stop];
        if (!SecretTopic.IsNear(text[Math.Max(0, match.Start - TopicReach)..match.Start]) && !SecretTopic.IsNear(line))
        {
            return Verdict.No;
        }

        var given = true;
        var start = match.Start + match.Length;
        for (var at = start; at < start + line.Length;)
        {
            if (char.IsWhiteSpace(text[at]) || text[at] is ':' or ',' or '-' or '–' or '→')
            {
                given |= text[at] is ':' or '→' or '-' or '–';
                at++;
                continue;
            }

            var end = at;
            while (end < text.Length && !char.IsWhiteSpace(text[end]))
            {
                end++;
            }

            var value = ValueReader.Read(text, at, ValueForm.Said);
            if (value.Length > 0 && (ThoughtUp.Is(text.Slice(value.Start, value.Length)) || IsJoinedWords(text.Slice(value.Start, value.Length), text[..match.Start]))
                && (given || SentenceReader.IsStrong(text.Slice(value.Start, value.Length))))
            {
                return new Verdict(value.Length, Likely) { Offset = value.Start - match.Start };
            }

            var word = text[at..end].TrimEnd(",:");
            given = text[end - 1] is ':' or '→' || (SpokenWords.IsVerb(word, out var direct) && direct) || word is "with" or "lowercase" or "uppercase";
            if (text[end - 1] is '.' or '!' or '?' or ';')
            {
                return Verdict.No;
            }

            at = end;
        }

        return Verdict.No;
    }

    /// <summary>Behind "it's", of which is said how it is spelled: "it's bluebottle, all lowercase". Where the talk is of a password, a word alone is one then.</summary>
    public static Verdict Spelled(in Match match)
    {
        var text = match.Text;
        var value = match.At(match.Length) == ' ' && !char.IsLetterOrDigit(match.At(-1)) ? ValueReader.Read(text, match.Start + match.Length, ValueForm.Said) : default;
        var written = text.Slice(value.Start, value.Length);
        return written.Length >= ShortestSpelled && !written.ContainsAnyExceptInRange('a', 'z') && !SecretWords.States.Contains(written.ToString())
            && SpellingNotes.Follow(text, value.Start + value.Length) && SecretTopic.IsNear(text[Math.Max(0, match.Start - TopicReach)..match.Start])
            ? new Verdict(value.Length, Likely, value.Start - match.Start) : Verdict.No;
    }

    /// <summary>Nothing, where a short word or one with other letters follows.</summary>
    public static int? SpelledOutlook(in Match soFar, int known)
    {
        var rest = soFar.Text[(soFar.Start + soFar.Length)..].TrimStart(' ');
        var letters = rest.IndexOfAnyExceptInRange('a', 'z');
        return letters >= 0 && (letters < ShortestSpelled || char.IsLetterOrDigit(rest[letters])) ? null : soFar.Length;
    }

    /// <summary>Words written as one (<c>GardenGnomeWithHat</c>), where the same sentence speaks of a password.</summary>
    private static bool IsJoinedWords(ReadOnlySpan<char> value, ReadOnlySpan<char> before)
    {
        var sentence = before[(before.LastIndexOfAny('.', '\n') + 1)..];
        return value.Length >= ShortestJoined && new ValueShape(value) is { IsLetters: true, InnerUppers: >= 2, Lowers: >= 6 } && SecretTopic.IsPassword(sentence);
    }

    private static bool EndsHere(ReadOnlySpan<char> text, in PossibleValue value)
    {
        var end = value.Start + value.Length;
        while (end < text.Length && (ValueReader.IsQuote(text[end]) || text[end] is '*'))
        {
            end++;
        }

        return !value.Continues || (end < text.Length && text[end] is not ' ') || (end + 1 < text.Length && text[end + 1] == '(')
            || (end + 4 < text.Length && text[(end + 1)..(end + 4)] is "to " or "whe" or "if " or "and" or "bef" or "pls" or "ple" or "öff" or "ver" or "ges" or "auf" or "pou" or "par" or "per" or "om " or "för" or "aby" or "whi" or "in " or "at ");
    }
}
