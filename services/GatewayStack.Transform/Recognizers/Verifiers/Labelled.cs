using System.Buffers;
using System.Runtime.InteropServices;

namespace GatewayStack.Transform.Recognizers.Verifiers;

/// <summary>A value behind the word that names it: <c>username: jdoe</c>, <c>"login" = "jdoe"</c>, <c>my handle is jdoe</c>.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Labelled(int Offset, int Length, bool IsAssigned, bool IsQuoted)
{
    /// <summary>So many units behind the word are looked at.</summary>
    public const int After = 96;

    private const int MostBlanks = 8;

    private const int LongestTag = 40;

    private static readonly string[] Links = ["is", "was", "are", "ist", "war", "lautet", "est", "était", "es", "era", "è", "é", "jest", "är", "er"];
    private static readonly string[] Fillers = ["number", "no", "nr", "code", "name", "id", "of the bank", "on the back", "address", "handle"];

    /// <summary>Reads the value behind a keyword; a length of 0 when there is none.</summary>
    /// <param name="match">The keyword.</param>
    /// <param name="body">What a value is made of.</param>
    /// <param name="linked">True where the value may also stand behind what links words in a sentence or a page: few other things are written like it.</param>
    public static Labelled Read(in Match match, SearchValues<char> body, bool linked = false)
    {
        var rest = match.Text[(match.Start + match.Length)..];
        var at = 0;
        at += at < rest.Length && rest[at] is 's' or 'S' ? 1 : 0;
        if (at < rest.Length && char.IsLetterOrDigit(rest[at]) && !WordStart.IsUnblanked(rest[at]))
        {
            return default;
        }

        var assigned = false;
        foreach (var filler in Fillers)
        {
            at = SkipWord(rest, at, filler);
        }

        at = Skip(rest, at, "\"'`*)]}", 3);
        at = Skip(rest, at, " \t", MostBlanks);
        var mark = Skip(rest, at, ":=#>", 3);
        mark += mark + 1 < rest.Length && rest[mark] == '|' && rest[mark + 1] == ' ' ? 1 : 0;
        assigned = mark > at;
        at = mark;
        if (linked)
        {
            var link = SkipLink(rest, at);
            assigned |= link > at;
            at = link;
        }

        at = assigned ? at : SkipWord(rest, at, "as");
        at = Skip(rest, at, " \t*", MostBlanks);
        var quoted = Skip(rest, at, linked ? "\"'`“„«" : "\"'`", 1) > at;
        at += quoted ? 1 : 0;
        var length = rest[at..].IndexOfAnyExcept(body);
        length = length < 0 ? rest.Length - at : length;
        while (length > 0 && rest[at + length - 1] is '.' or ',' or '-' or '_' or '\'')
        {
            length--;
        }

        // What stands in place of a value names its type so: [USERNAME:...].
        return match.At(-1) == '[' && at + length < rest.Length && rest[at + length] == ']' ? default : new Labelled(match.Length + at, length, assigned, quoted);
    }

    /// <summary>The value.</summary>
    public ReadOnlySpan<char> ValueOf(in Match match) => match.Text.Slice(match.Start + Offset, Length);

    /// <summary>The verdict for it.</summary>
    public Verdict Is(double odds) => new(Length, LogOdds.ToProbability(odds), Offset);

    private static int Skip(ReadOnlySpan<char> rest, int at, string marks, int most)
    {
        for (var end = at + most; at < rest.Length && at < end && marks.Contains(rest[at]); at++)
        {
        }

        return at;
    }

    /// <summary>Behind a verb, an arrow or a dash with blanks, or the tags of a page.</summary>
    private static int SkipLink(ReadOnlySpan<char> rest, int at)
    {
        if (at > 0 && rest[at - 1] is ' ' or '\t')
        {
            foreach (var link in Links)
            {
                var end = at + link.Length;
                if (end < rest.Length && rest[end] is ' ' or ':' && rest[at..end].Equals(link, StringComparison.OrdinalIgnoreCase))
                {
                    return end + 1;
                }
            }

            if (rest[at..] is ['-' or '–' or '—' or '→', ' ', ..])
            {
                return at + 2;
            }
        }

        while (at < rest.Length && rest[at] == '<' && rest.Slice(at, Math.Min(LongestTag, rest.Length - at)).IndexOf('>') is > 0 and var tag)
        {
            at = Skip(rest, at + tag + 1, " ", 1);
        }

        return at;
    }

    private static int SkipWord(ReadOnlySpan<char> rest, int at, string word)
    {
        var start = Skip(rest, at, " _-", 2);
        var end = start + word.Length;
        return start > at && rest[start..].StartsWith(word, StringComparison.OrdinalIgnoreCase) && end < rest.Length && !char.IsLetterOrDigit(rest[end]) ? end : at;
    }
}
