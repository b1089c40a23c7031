using System.Collections.Frozen;

namespace GatewayStack.Transform.Recognizers.Persons;

/// <summary>Organisations by their legal form: <c>Harbour Tools GmbH</c>.</summary>
internal static class LegalForms
{
    private const int MostWords = 5;

    /// <summary>What opens the row. Forms of two letters that begin many words are left to the tagger.</summary>
    public static readonly string[] Keywords =
    [
        "inc", "llc", "ltd", "limited", "gmbh", "corp", "corporation", "incorporated", "plc", "llp", "pty", "pvt", "pte", "s.a", "s.p.a", "s.r.l", "b.v", "n.v", "oyj", "ag",
        "kg", "ug", "ohg", "a/s",
        "aps", "sarl", "ltda", "kft", "zrt", "s.r.o", "d.o.o", "k.k", "sdn", "bv", "nv", "ab", "oy", "e.v", "srl", "spa",
    ];

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Forms = new[]
    {
        "Inc", "INC", "LLC", "Ltd", "LTD", "Limited", "GmbH", "Corp", "Corporation", "Incorporated", "PLC", "plc", "LLP", "Pty", "Pvt", "Pte", "S.A", "S.p.A", "S.r.l", "S.R.L",
        "B.V", "N.V", "Oyj", "AG",
        "KG", "UG", "OHG", "A/S", "ApS", "SARL", "Ltda", "LTDA", "Kft", "Zrt", "s.r.o", "d.o.o", "K.K", "Sdn", "BV", "NV", "AB", "Oy", "e.V", "SRL", "SpA",
    }.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Names in licences and documentation, which are nobody's.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Public = (
        "Microsoft Google Oracle Apple Foundation IBM Amazon Adobe Intel Hat Facebook Meta Canonical Novell Sun Systems Netscape Twitter Cisco NVIDIA AMD VMware Docker "
            + "Anthropic OpenAI MIT "
        + "Mozilla Apache Linux SUSE Nokia Samsung Sony Consortium Example Acme").Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly ContextWords Licence = new("copyright", "(c)", "licensed", "license", "trademark", "trademarks", "©");

    /// <summary>True for a legal form.</summary>
    public static bool Is(ReadOnlySpan<char> word) => Forms.Contains(word);

    /// <summary>True where a form ends a name.</summary>
    public static bool MayEnd(ReadOnlySpan<char> text, int gate, int gateLength)
    {
        var end = gate + gateLength;
        if (!Forms.Contains(text[gate..end]) || (end < text.Length && char.IsLetterOrDigit(text[end])))
        {
            return false;
        }

        var at = gate;
        while (at > 0 && text[at - 1] is ' ' or ',')
        {
            at--;
        }

        return at < gate && at > 0 && (char.IsLetterOrDigit(text[at - 1]) || text[at - 1] is '.' or ')');
    }

    /// <summary>The name with its form.</summary>
    public static Verdict Verify(in Match match)
    {
        var text = match.Text;
        var start = ReachOf(text[..match.Start]);
        var name = text[start..match.Start].TrimEnd(" ,.");
        if (name.Length < 2 || name.LastIndexOf(' ') is var blank && Public.Contains(name[(blank + 1)..]) || Public.Contains(NameShape.Word(name, 0))
            || Licence.FindBefore(text, start, 40) >= 0)
        {
            return Verdict.No;
        }

        var end = match.Start + match.Length;
        end = After(text, end, "& Co. KG", "Co. KG", "& Co KG", "mbH", "Ltd", "Ltd.", "Bhd", "Bhd.");
        end += end < text.Length && text[end] == '.' && text[match.Start..end].Contains('.') ? 1 : 0;
        return new Verdict(end - start, 0.8, start - match.Start);
    }

    /// <summary>Where a name begins that a form may follow.</summary>
    public static int ReachOf(ReadOnlySpan<char> known)
    {
        var start = known.Length;
        var at = known.Length;
        for (var words = 0; words < MostWords; words++)
        {
            while (at > 0 && (known[at - 1] is ' ' or '&' || (known[at - 1] == ',' && words == 0) || (known[at - 1] == '.' && at > 1 && (words == 0 || char.IsUpper(known[at - 2])))))
            {
                at--;
            }

            var end = at;
            while (at > 0 && (char.IsLetterOrDigit(known[at - 1]) || known[at - 1] is '-' or '\'' or '’'))
            {
                at--;
            }

            var word = known[at..end];
            if (word.Length == 0)
            {
                break;
            }

            if (char.IsUpper(word[0]) && word is not ("The" or "At" or "In" or "By" or "With" or "From" or "For" or "And" or "Dear" or "To" or "Contact" or "Der" or "Die" or "Bei"))
            {
                start = at;
            }
            else if (word is not ("of" or "and" or "und" or "et" or "y" or "de" or "für"))
            {
                break;
            }
        }

        return start;
    }

    private static int After(ReadOnlySpan<char> text, int end, params ReadOnlySpan<string> more)
    {
        var at = end < text.Length && text[end] == '.' ? end + 1 : end;
        at = NameShape.Skip(text, at);
        foreach (var word in more)
        {
            if (at > end && text[at..].StartsWith(word) && (at + word.Length >= text.Length || !char.IsLetter(text[at + word.Length])))
            {
                return at + word.Length;
            }
        }

        return end;
    }
}
