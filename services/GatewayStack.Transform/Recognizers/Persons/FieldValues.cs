namespace GatewayStack.Transform.Recognizers.Persons;

/// <summary>Judges the value behind a key and a colon.</summary>
internal static class FieldValues
{
    private const int LongestOrganization = 60;

    /// <summary>What the key before a colon says of the value behind it: a bit for the <see cref="FieldKind"/>.</summary>
    public static int KindAt(ReadOnlySpan<char> text, int gate)
    {
        var start = StartOf(text, gate);
        if (start == 0)
        {
            return 0;
        }

        var kind = FieldKeys.Of(text, gate);
        return kind == FieldKind.None || (kind != FieldKind.Address && !char.IsLetter(text[start])) ? 0 : 1 << (int)kind;
    }

    /// <summary>A person's name.</summary>
    public static Verdict VerifyName(in Match match)
    {
        var text = match.Text;
        var kind = FieldKeys.Of(text, match.Start);
        var start = StartOf(text, match.Start);
        var name = NameShape.Read(text, start);
        if (name.Words == 0 && kind is FieldKind.NamePart && text[start - 1] is '"' or '\'')
        {
            name = NameShape.Read(text, start, small: true);
        }

        if (name.Words == 0)
        {
            return Verdict.No;
        }

        // candidate: "Candidate" names a type.
        if (text[..match.Start].TrimEnd(" \"'").EndsWith(text[name.Start..name.End], StringComparison.OrdinalIgnoreCase))
        {
            return Verdict.No;
        }

        var isQuoted = text[start - 1] is '"' or '\'';
        var score = kind switch
        {
            FieldKind.NamePart => name.Ends && name.Words <= 3 ? 0.95 : 0,
            FieldKind.Name => name.Words >= 2 ? name.Ends || name.IsKnown ? 0.92 : 0.7 : name.IsKnown && name.Ends ? 0.85 : name.Ends && isQuoted ? 0.55 : 0,
            _ => name.IsKnown && name.Ends ? name.Words >= 2 ? 0.93 : 0.7 : name.Words >= 2 && IsMailbox(text, name.End) ? 0.93 : 0,
        };
        return ToVerdict(match, name.Start, name.End, score);
    }

    /// <summary>A place.</summary>
    public static Verdict VerifyPlace(in Match match)
    {
        var text = match.Text;
        var start = StartOf(text, match.Start);
        var name = NameShape.Read(text, start);
        if (name.Words is 0 or > 4 || !name.Ends || name.End - name.Start < 3 || IsCode(text[name.Start..name.End]))
        {
            return Verdict.No;
        }

        // City, State, Country
        var end = name.End;
        for (var parts = 0; parts < 2 && end < text.Length && text[end] == ','; parts++)
        {
            var next = NameShape.Read(text, NameShape.Skip(text, end + 1));
            if (next.Words is 0 or > 3 || !next.Ends || next.Start != NameShape.Skip(text, end + 1))
            {
                break;
            }

            end = next.End;
        }

        return ToVerdict(match, name.Start, end, 0.8);
    }

    /// <summary>A company.</summary>
    public static Verdict VerifyOrganization(in Match match)
    {
        var text = match.Text;
        var start = StartOf(text, match.Start);
        var end = start;
        var words = 0;
        while (words < 6 && end < text.Length && NameShape.Word(text, end) is { Length: > 0 } word
            && (char.IsUpper(word[0]) || (words > 0 && word is "of" or "and" or "für" or "de" or "und" or "et" or "y")))
        {
            if (words == 0 && (NameWords.IsOther(word) && word is not ("Bank" or "Hotel" or "Hospital" or "University" or "First" or "Global" or "North" or "South" or "East" or "West" or "General" or "Central")))
            {
                return Verdict.No;
            }

            words++;
            end += word.Length;
            var next = end < text.Length && text[end] == '.' && word.Length <= 4 ? end + 1 : end;
            next = NameShape.Skip(text, next);
            next = next < text.Length && text[next] == '&' ? NameShape.Skip(text, next + 1) : next < text.Length && text[next] == ','
                && IsForm(NameShape.Word(text, NameShape.Skip(text, next + 1))) ? NameShape.Skip(text, next + 1) : next;
            if (next == end)
            {
                break;
            }

            if (next >= text.Length || !char.IsLetter(text[next]))
            {
                break;
            }

            end = next;
        }

        var length = text[start..end].TrimEnd(" &,").Length;
        var ends = start + length >= text.Length || "\n\r\"',;<|()[]{}.".Contains(text[start + length]);
        return ToVerdict(match, start, start + length, words > 0 && ends && length is >= 3 and <= LongestOrganization ? words >= 2 ? 0.8 : 0.55 : 0);
    }

    /// <summary>An address that its key announces: it needs less than one in a sentence.</summary>
    public static Verdict VerifyAddress(in Match match)
    {
        var text = match.Text;
        var start = StartOf(text, match.Start);
        var end = start;
        var digits = 0;
        var letters = 0;
        var commas = 0;
        var capitals = 0;
        for (; end < text.Length && text[end] is not ('\n' or '\r' or '"' or '|' or '<' or ';'); end++)
        {
            var c = text[end];
            if (c is '@' or '{' or '}' or '=' or '[' or ']' or '$' or '%' or '_' or '*' or '(' or '>' || (c == ':' && end + 1 < text.Length && text[end + 1] is not ' ')
                || (c == '/' && end > start && text[end - 1] is '/' or ':'))
            {
                return Verdict.No;
            }

            digits += char.IsAsciiDigit(c) ? 1 : 0;
            letters += char.IsLetter(c) ? 1 : 0;
            commas += c is ',' or '،' or '、' ? 1 : 0;
            capitals += (char.IsUpper(c) || WordStart.IsUncased(c)) && (end == start || text[end - 1] is ' ' or ',' or '.') ? 1 : 0;
            if (c == '.' && end + 1 < text.Length && text[end + 1] == ' ' && end - start > 12 && char.IsLower(text[end - 1]) && text[start..end].LastIndexOf(' ') is var blank
                && end - start - blank > 6)
            {
                break;
            }
        }

        var value = text[start..end].TrimEnd(" ,.'");
        var isAddress = value.Length is >= 5 and <= 120 && letters >= 4 && capitals >= 1 && letters > digits
            && (digits > 0 && value.Contains(' ') ? char.IsLetterOrDigit(value[0]) : commas >= 1 && capitals >= 3);
        return isAddress ? ToVerdict(match, start, start + value.Length, digits > 0 ? 0.85 : 0.65) : Verdict.No;
    }

    /// <summary>True when a name is followed by a mail address.</summary>
    private static bool IsMailbox(ReadOnlySpan<char> text, int end) => text[end..].TrimStart(" \"") is ['<', ..];

    private static bool IsForm(ReadOnlySpan<char> word) => LegalForms.Is(word);

    private static bool IsCode(ReadOnlySpan<char> value) => value.Length <= 3 && char.IsUpper(value[^1]);

    /// <summary>Where the value begins behind the colon and its quotes; 0 when the line ends first, or no letter or digit begins it.</summary>
    private static int StartOf(ReadOnlySpan<char> text, int colon)
    {
        var at = colon + 1;
        while (at < text.Length && at < colon + 24 && text[at] is ' ' or '\t' or '"' or '\'' or '*' or '_' or '\\')
        {
            at++;
        }

        // Behind a line to write on stands the next field.
        if (text[(colon + 1)..at].Contains("___", StringComparison.Ordinal))
        {
            return 0;
        }

        return at < text.Length && (char.IsLetterOrDigit(text[at])) && (at > colon + 1 || !char.IsAsciiDigit(text[at])) ? at : 0;
    }

    private static Verdict ToVerdict(in Match match, int start, int end, double score) => score < 0.5 ? Verdict.No : new Verdict(end - start, score, start - match.Start);
}
