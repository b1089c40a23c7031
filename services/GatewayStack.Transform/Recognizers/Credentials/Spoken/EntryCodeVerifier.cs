using System.Buffers;
using System.Collections.Frozen;

namespace GatewayStack.Transform.Recognizers.Credentials.Spoken;

/// <summary>A short code that opens a door, an alarm, a safe, a screen: "the code for the back door is 4711", "Alarm: 6630", "1408#".</summary>
internal static class EntryCodeVerifier
{
    private const int MostWords = 12;
    private const int Reach = 56;
    private const int LeastDigits = 3;
    private const int MostDigits = 8;
    private const int LongestCode = 10;
    private const int MostSmallWords = 6;
    private const double Certain = 0.9;
    private const double Likely = 0.75;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Safes = WordSet.Of("safe tresor coffre cofre cassaforte kluis sejf kassaskåpet trezor "
        + "pengeskab pengeskabet kassakaappi széf seif seiful сейф");

    private static readonly SearchValues<char> Dialled = SearchValues.Create("0123456789-");

    /// <summary>Behind words that name such a code.</summary>
    public static Verdict Named(in Match match) => IsWord(match) ? Read(match, Certain) : Verdict.No;

    /// <summary>Behind a word for any code, where what it opens stands near.</summary>
    public static Verdict Any(in Match match) => IsOfPlace(match) ? Read(match, Likely) : Verdict.No;

    /// <summary>Before such a word: "4711 is the code for the garage".</summary>
    public static Verdict Before(in Match match) => IsOfPlace(match) ? BeforeVerifier.Pin(match) : Verdict.No;

    /// <summary>Nothing, where what stands round the word names nothing that is opened.</summary>
    public static int? AnyOutlook(in Match soFar, int known) => soFar.Start + soFar.Length + Reach <= soFar.Text.Length && !IsOfPlace(soFar) ? null : soFar.Length;

    private static bool IsOfPlace(in Match match)
    {
        var text = match.Text;
        if (!IsWord(match) || EntryWords.IsOtherCode(EntryWords.WordBefore(text, match.Start)))
        {
            return false;
        }

        var end = match.Start + match.Length;
        var before = text[Math.Max(0, match.Start - Reach)..match.Start];
        var line = before.LastIndexOf('\n');
        var after = text[end..Math.Min(text.Length, end + Reach)];
        return EntryWords.NamesPlace(before[(line + 1)..]) || EntryWords.NamesPlace(after);
    }

    /// <summary>Directly behind what is opened: "alarm 6630", "gate 1408#", "der Tresor geht mit 4482 auf".</summary>
    public static Verdict Guard(in Match match)
    {
        if (!IsWord(match))
        {
            return Verdict.No;
        }

        var text = match.Text;
        var at = ValueReader.SkipBlanks(text, match.Start + match.Length);
        var colon = at < text.Length && text[at] == ':';
        at = ValueReader.SkipBlanks(text, colon ? at + 1 : at);
        var end = TokenEnd(text, at);
        var token = text[at..end].TrimEnd(".,;:!?)");
        var isAlarm = match.Value.Contains("larm", StringComparison.OrdinalIgnoreCase);
        var isLock = IsLock(match.Value);
        var isSafe = IsSafe(match.Value);
        var marked = token.Length > 0 && token[^1] is '#' or '*';
        if (at <= match.Start + match.Length || IsLog(text, match.Start)
            || (IsCode(token) && at + token.Length < end && text[at + token.Length] == ':') || (!isSafe && IsTimeOrPort(token, match.Value)))
        {
            return Verdict.No;
        }

        if ((IsCode(token) || (isLock && IsShortCode(token)))
            && (marked || EntryWords.IsLockCode(token) || ((isAlarm || isLock || isSafe || colon) && IsEnd(text, end, token.Length, at) && token.Length is >= 3 and <= 6
            && !token.ContainsAnyExcept(Alphabets.Digit) && !char.IsUpper(match.Value[1]))))
        {
            return new Verdict(token.Length, Likely) { Offset = at - match.Start };
        }

        if (isSafe && IsCombination(token))
        {
            return new Verdict(token.Length, Likely) { Offset = at - match.Start };
        }

        return !colon && BehindVerb(match, isLock) is { Length: > 0 } said ? said : isAlarm && SwitchedOff(match) is { Length: > 0 } off ? off
            : (isAlarm || isSafe) && !colon ? BehindColon(match) : Verdict.No;
    }

    /// <summary>"gate is 2291#", "l'alarme c'est 5583": small words, then one that a code follows, then the code and nothing more.</summary>
    private static Verdict BehindVerb(in Match match, bool isLock)
    {
        var text = match.Text;
        var at = match.Start + match.Length;
        var direct = false;
        for (var words = 0; words < MostSmallWords; words++)
        {
            at = ValueReader.SkipBlanks(text, at);
            var end = TokenEnd(text, at);
            if (end == at)
            {
                return Verdict.No;
            }

            var token = text[at..end].TrimEnd(".,;:!?)");
            if (direct && (IsCode(token) || (isLock && IsShortCode(token))) && !IsTimeOrPort(token, match.Value) && !(token.Length == 4 && token[..2] is "19" or "20"))
            {
                return token[^1] is '#' or '*' || EndsCode(text, at + token.Length) ? new Verdict(token.Length, Likely) { Offset = at - match.Start } : Verdict.No;
            }

            if (token.Length < end - at || !EntryWords.Joins(token, out direct))
            {
                return Verdict.No;
            }

            at = end;
        }

        return Verdict.No;
    }

    /// <summary>"alarm off within 45 s with 90417": a word for switching off, later one for "with", and the code.</summary>
    private static Verdict SwitchedOff(in Match match)
    {
        var text = match.Text;
        var at = match.Start + match.Length;
        var (off, atOnce, with) = (false, false, false);
        for (var words = 0; words < MostWords; words++)
        {
            at = ValueReader.SkipBlanks(text, at);
            var end = TokenEnd(text, at);
            var token = text[at..end].TrimEnd(".,;:!?)");
            if (end == at || (words >= 2 && !off))
            {
                return Verdict.No;
            }

            if (with && token.Length is >= 4 and <= 8 && !token.ContainsAnyExcept(Alphabets.Digit) && (atOnce || EndsCode(text, at + token.Length)))
            {
                return new Verdict(token.Length, Likely) { Offset = at - match.Start };
            }

            if (token.Length < end - at && text[end - 1] is '.' or ';' or '!' or '?')
            {
                return Verdict.No;
            }

            off |= EntryWords.IsOff(token);
            atOnce |= off && words == 0;
            with = EntryWords.IsWith(token);
            at = end;
        }

        return Verdict.No;
    }

    private static bool EndsCode(ReadOnlySpan<char> text, int end)
    {
        if (end >= text.Length || text[end] is '.' or ',' or ';' or '!' or ')' or '\n' or '\r')
        {
            return true;
        }

        var next = ValueReader.SkipBlanks(text, end);
        var word = text[next..TokenEnd(text, next)].TrimEnd(".,;:!?)");
        return text[end] == ' ' && (word.IsEmpty || word is "auf" or "now" or "jetzt" or "maintenant" or "ahora" or "adesso" or "agora" or "nu" or "teraz" or "then" or "and" or "und" or "et" or "y" or "e" or "en" or "i" or "och" or "-" or "–" || word[0] == '(');
    }

    private static bool IsLock(ReadOnlySpan<char> word)
    {
        foreach (var name in (ReadOnlySpan<string>)["lock", "schloss", "cadenas", "candado", "hangslot", "kłódka", "hänglås", "lucchetto", "cadeado", "antivol", "cijferslot", "kodlås"])
        {
            if (word.EndsWith(name, StringComparison.OrdinalIgnoreCase) || word.EndsWith(name + "et", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSafe(ReadOnlySpan<char> word) => Safes.Contains(word) || word.Equals("caja fuerte", StringComparison.OrdinalIgnoreCase);

    /// <summary>Three numbers of a dial: <c>22-08-41</c>.</summary>
    private static bool IsCombination(ReadOnlySpan<char> token) => token is [_, _, '-', _, _, '-', _, _] && token.Count('-') == 2 && !token.ContainsAnyExcept(Dialled);

    private static bool IsShortCode(ReadOnlySpan<char> token) => token.Length == 3 && !token.ContainsAnyExcept(Alphabets.Digit);

    /// <summary>An alarm clock's time, and the port of a service where a language calls a gate so.</summary>
    private static bool IsTimeOrPort(ReadOnlySpan<char> token, ReadOnlySpan<char> word) =>
        (word.Contains("larm", StringComparison.OrdinalIgnoreCase) && token.Length == 4 && token[2..] is "00" or "15" or "30" or "45" && token[0] is '0' or '1' or '2')
        || (word.StartsWith("po", StringComparison.OrdinalIgnoreCase)
        && token is "8080" or "8443" or "8000" or "8888" or "9000" or "9090" or "9092" or "9200" or "3000" or "5000" or "5432" or "3306" or "6379" or "1433" or "1521" or "5672" or "27017");

    /// <summary>"the alarm when you feed the cat: 7719".</summary>
    private static Verdict BehindColon(in Match match)
    {
        var text = match.Text;
        var line = text[(match.Start + match.Length)..];
        var end = line.IndexOfAny('\n', '\r', '.');
        line = end < 0 ? line : line[..end];
        var colon = line.IndexOf(": ");
        if (colon < 0 || line[..colon].ContainsAny(Alphabets.Digit))
        {
            return Verdict.No;
        }

        var start = match.Start + match.Length + colon + 2;
        var token = text[start..TokenEnd(text, start)].TrimEnd(".,;:!?)");
        return token.Length is >= 4 and <= 6 && !token.ContainsAnyExcept(Alphabets.Digit) ? new Verdict(token.Length, Likely) { Offset = start - match.Start } : Verdict.No;
    }

    private static bool IsLog(ReadOnlySpan<char> text, int start)
    {
        var line = text[(text[..start].LastIndexOf('\n') + 1)..start];
        return line.Count(':') >= 2 || line.Contains('=') || (line.Contains('[') && !line.Contains("[x]", StringComparison.OrdinalIgnoreCase)
            && !line.Contains("[ ]", StringComparison.Ordinal));
    }

    private static bool IsEnd(ReadOnlySpan<char> text, int end, int length, int at) =>
        at + length < end || end >= text.Length || text[end] is '\n' or '\r' || (end + 1 < text.Length && text[end + 1] is '(' or '-' or 'w' or 'p' or 'e' or 'u' or 'y');

    private static bool IsWord(in Match match) =>
        (match.At(-1) is var before && (WordStart.IsUnblanked(before) || (!char.IsLetterOrDigit(before) && before is not ('_' or '.' or '/' or '$'))))
        && match.At(match.Length) is var next && (WordStart.IsUnblanked(match.At(match.Length - 1)) || (!char.IsLetterOrDigit(next) && next is not ('_' or '.' or '(' or '=' or '/' or '-')));

    private static Verdict Read(in Match match, double score)
    {
        var text = match.Text;
        var at = match.Start + match.Length;
        var linked = true;
        var asked = false;
        var said = false;
        var lines = 0;
        for (var words = 0; words < MostWords; words++)
        {
            while (at < text.Length && (char.IsWhiteSpace(text[at])
                || text[at] is ':' or '-' or '–' or '—' or '=' or '>' or '→' or '(' or '"' or '\'' or '|' or '“' or '„' or '?'
                || (text[at] is '.' && at + 1 < text.Length && text[at + 1] is '.' or ' ')
                || (text[at] == '*' && at + 1 < text.Length && text[at + 1] == '*')))
            {
                lines += text[at] == '\n' ? 1 : 0;
                asked |= text[at] == '?';
                linked |= text[at] is ':' or '=' or '→' or '(' or '.' or '—' or '–' or '|' || (text[at] is '\n' && asked);
                if (lines > (asked ? 2 : 1) || (text[at] == '\n' && words > 0 && !linked && !asked))
                {
                    return Verdict.No;
                }

                at++;
            }

            var end = TokenEnd(text, at);
            if (end == at)
            {
                return Verdict.No;
            }

            var token = text[at..end].TrimEnd(".,;:!?)\"'”“*|");
            token = text[at..end] is [.., '*', var last] && last is ',' or '.' or ';' ? text[at..(end - 1)] : text[end - 1] == '*' && !text[at..(end - 1)].Contains('*')
                ? text[at..end] : token;
            if ((IsCode(token) || (words == 0 && IsShortCode(token) && IsLock(match.Value) && EndsCode(text, at + token.Length)))
                && (linked || words <= 1 || token[^1] is '#' or '*' || (said && EndsCode(text, at + token.Length)))
                && !(IsOpener(match.Value) && token[^1] is not ('#' or '*') && !EndsCode(text, at + token.Length)))
            {
                return new Verdict(token.Length, score) { Offset = at - match.Start };
            }

            var word = text[at..end].Trim("\"'`*()[],:;.");
            asked |= text[end - 1] == '?';
            if (text[end - 1] is '.' or '!' or ';' && end - at > 1 && !asked)
            {
                return Verdict.No;
            }

            if (EntryWords.IsKind(word) || (words == 0 && EntryWords.IsOtherCode(word)))
            {
                return Verdict.No;
            }

            linked = text[end - 1] is ':' or '=' || (SpokenWords.IsVerb(word, out var direct) && direct) || EntryWords.NamesPlace(word);
            said |= SpokenWords.Equates(word) || (EntryWords.NamesPlace(word) && words <= 2);
            at = end;
        }

        return Verdict.No;
    }

    /// <summary>"opens with", which may be said of a museum too.</summary>
    private static bool IsOpener(ReadOnlySpan<char> word) => word.Contains(' ') && word[^1] is 'h' or 't' or 'c' or 'n' or 'm' or 'd' or 'ę';

    /// <summary>The next blank, or where a script without blanks begins or ends.</summary>
    private static int TokenEnd(ReadOnlySpan<char> text, int at)
    {
        var start = at;
        while (at < text.Length && !char.IsWhiteSpace(text[at]) && (at == start || WordStart.IsUnblanked(text[at]) == WordStart.IsUnblanked(text[at - 1])))
        {
            at++;
        }

        return at;
    }

    /// <summary>Three to eight digits, few letters among them, with the keys that end an entry.</summary>
    private static bool IsCode(ReadOnlySpan<char> token)
    {
        var digits = 0;
        var letters = 0;
        var marks = 0;
        for (var i = 0; i < token.Length; i++)
        {
            var c = token[i];
            if (char.IsAsciiDigit(c))
            {
                digits++;
            }
            else if (char.IsAsciiLetterUpper(c))
            {
                letters++;
            }
            else if (c is '#' or '*' && (i == 0 || i == token.Length - 1))
            {
                marks++;
            }
            else if (c == '-' && i > 0 && i < token.Length - 1)
            {
                letters++;
            }
            else
            {
                return false;
            }
        }

        return digits is >= LeastDigits and <= MostDigits && letters <= 2 && token.Length <= LongestCode && (digits >= 4 || marks > 0 || (letters > 0 && !token.Contains('-')));
    }
}
