using System.Buffers;
using System.Collections.Frozen;

namespace GatewayStack.Transform.Recognizers.Credentials.Spoken;

/// <summary>The password beside a login where no word says what it is: "log in with x and y", "jane@example.org / y", a line with a user and a line below it.</summary>
internal static class LoginVerifier
{
    private const int Shortest = 6;
    private const double Likely = 0.75;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> And = WordSet.Of("and und et y e i en och com with mit avec con met z med then using plus "
        + "usando mittels utilisant");
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Naming = WordSet.Of("as with mit als avec comme con como com met z jako med som user "
        + "username account benutzer utilisateur usuario utente gebruiker użytkownik användare");
    private static readonly SearchValues<char> Code = SearchValues.Create("={}();<>");

    /// <summary>Behind "log in with": the strong value that "and" joins to the login.</summary>
    public static Verdict InSentence(in Match match)
    {
        var text = match.Text;
        var at = match.Start + match.Length;
        var joined = false;
        var naming = false;
        var named = false;
        while (at < text.Length && text[at] is not ('\n' or '\r'))
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            var end = TokenEnd(text, at);
            var value = ValueReader.Read(text, at, ValueForm.Said);
            if (joined && value.Length >= Shortest && !(naming && IsUser(text, end))
                && (IsPassword(text.Slice(value.Start, value.Length)) || (named && ThoughtUp.Is(text.Slice(value.Start, value.Length)))))
            {
                return new Verdict(value.Length, Likely) { Offset = value.Start - match.Start };
            }

            var word = text[at..end];
            joined = And.Contains(word.TrimEnd(",:")) || word is "/" or "+" or "&" or ":" || (naming && word[^1] == ',');
            named |= naming;
            naming = Naming.Contains(word);
            if (word[^1] is '.' or '!' or '?' or ';' && !word.Contains('@'))
            {
                return Verdict.No;
            }

            at = end;
        }

        return Verdict.No;
    }

    /// <summary>True when what ends here is joined to another value: it is the login.</summary>
    private static bool IsUser(ReadOnlySpan<char> text, int at)
    {
        at = ValueReader.SkipBlanks(text, at);
        var word = at < text.Length ? text[at..TokenEnd(text, at)] : default;
        return word.Length > 0 && (And.Contains(word) || word is "/" or "+" or "&" or ":" or "|");
    }

    /// <summary>Behind a mail address: "jane@example.org / x", "jane@example.org:x", or all that is left of its line.</summary>
    public static Verdict BehindMail(in Match match)
    {
        var text = match.Text;
        var at = match.Start + match.Length;
        var start = SkipJoint(text, at, out var isSign);
        if (start == at || start >= text.Length)
        {
            return Verdict.No;
        }

        var value = ValueReader.Read(text, start, ValueForm.Mentioned);
        var written = text.Slice(value.Start, value.Length);
        if (value.Length < Shortest || written.Contains('@') || written.ContainsAny(Code) || written[0] is '<' or '[' or '+' || (value.Continues && !isSign))
        {
            return Verdict.No;
        }

        // Without a sign between both it must be all of the line, and look like nothing else.
        var strong = IsPassword(written) || (isSign && ThoughtUp.Is(written));
        return strong && (isSign || SentenceReader.IsStrong(written)) && (text[at] == ' ' || !written.Contains('/'))
            ? new Verdict(value.Length, Likely) { Offset = value.Start - match.Start } : Verdict.No;
    }

    /// <summary>Says whether a mail address is followed by something that may be its password, before anything waits for that.</summary>
    public static bool MayFollow(ReadOnlySpan<char> surroundings, int gate, int gateLength)
    {
        var at = gate + 1;
        while (at < surroundings.Length && (char.IsLetterOrDigit(surroundings[at]) || surroundings[at] is '.' or '-'))
        {
            at++;
        }

        if (at + 12 >= surroundings.Length)
        {
            // The word that joins both may not be known yet.
            return at > gate + 4;
        }

        var next = SkipJoint(surroundings, at, out _);
        return at > gate + 4 && next > at && next < surroundings.Length && !char.IsWhiteSpace(surroundings[next]);
    }

    /// <summary>What no word, number or name of a thing looks like.</summary>
    private static bool IsPassword(ReadOnlySpan<char> value)
    {
        var shape = new ValueShape(value.TrimEnd("!.,;"));
        return !value.ContainsAny(Code) && (shape.IsMixed || (shape.Letters > 0 && value[^1] == '!' && shape.Length >= 8)) && shape.Letters >= 2
            && !PlainValues.IsNumberedName(value, new ValueShape(value))
            && SecretValue.Score(value, SecretKind.Password, new PossibleValue(0, value.Length, ValueForm.Said, Quoted: false, Continues: false)) >= 0.5;
    }

    private static int SkipJoint(ReadOnlySpan<char> text, int at, out bool isSign)
    {
        isSign = false;
        var start = at;
        if (at + 1 < text.Length && text[at] == ' ' && char.IsLetter(text[at + 1]))
        {
            // "jane@example.org with x".
            var end = TokenEnd(text, at + 1);
            isSign = And.Contains(text[(at + 1)..end]);
            return isSign && end + 1 < text.Length ? end + 1 : start;
        }

        for (var end = Math.Min(text.Length, at + 4); at < end && text[at] is ' ' or '/' or ':' or '|' or ',' or ';' or '-' or '–' or '→' or '>' or '\t'; at++)
        {
            isSign |= text[at] is not (' ' or '\t' or ',');
        }

        return at - start is 0 or > 3 ? start : at;
    }

    private static int TokenEnd(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && !char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at;
    }
}
