namespace GatewayStack.Transform.Recognizers.Dates;

/// <summary>A date that somebody was born on: any form of a date, and a word that says so.</summary>
internal static class BirthVerifier
{
    private const double Close = 0.95;
    private const double Far = 0.8;
    private const int Near = 24;

    /// <summary>The shortest date with all four digits of its year.</summary>
    private const int WholeDate = 8;

    /// <summary>True where digits may begin a date.</summary>
    public static bool MayBegin(ReadOnlySpan<char> text, int gate, int gateLength)
    {
        var shape = ReadAt(text, gate);
        return shape.End > 0 && (IsStarred(text, shape) || MayBeListed(text, shape) || BirthCues.Are(text, shape.Start, shape.End, out _));
    }

    /// <summary>The date.</summary>
    public static Verdict Verify(in Match match)
    {
        var shape = ReadAt(match.Text, match.Start);
        if (shape.End > 0 && IsStarred(match.Text, shape))
        {
            return new Verdict(shape.End - shape.Start, Close, shape.Start - match.Start);
        }

        if (shape.End > 0 && MayBeListed(match.Text, shape) && BirthCues.AreAnnounced(match.Text, shape.Start))
        {
            return new Verdict(shape.End - shape.Start, Far, shape.Start - match.Start);
        }

        if (shape.End == 0 || IsEmpty(match.Text[shape.Start..shape.End]) || IsMoment(match.Text, shape.End) || !BirthCues.Are(match.Text, shape.Start, shape.End,
            out var distance) || (shape.IsBare && distance > Near))
        {
            return Verdict.No;
        }

        return new Verdict(AfterTime(match.Text, shape.End) - shape.Start, distance <= Near && !shape.IsBare && !BirthCues.MayBeOfThing(match.Text, shape.Start, shape.End) ? Close : Far, shape.Start - match.Start);
    }

    /// <summary>The star of birth, as genealogists and German hospitals write it behind a name: <c>Eckehard *27.05.1958</c>.</summary>
    private static bool IsStarred(ReadOnlySpan<char> text, DateShape shape) =>
        !shape.IsBare && shape.Start >= 3 && text[shape.Start - 1] == '*' && text[shape.Start - 2] is ' ' or '('
        && (char.IsLetter(text[shape.Start - 3]) || text[shape.Start - 3] is ',' or ' ')
        && (shape.End >= text.Length || text[shape.End] != '*');

    /// <summary>A whole date behind a name: what was announced may stand far above.</summary>
    private static bool MayBeListed(ReadOnlySpan<char> text, DateShape shape)
    {
        var before = text[..shape.Start].TrimEnd(" ,|-–");
        return !shape.IsBare && shape.End - shape.Start >= WholeDate && before.Length < shape.Start && before is [.., var last] && char.IsLetter(last)
            && char.IsUpper(before[before.LastIndexOf(' ') + 1]);
    }

    /// <summary>A date with the time of a day behind it is when something was written: <c>24/5/26 21:09</c>.</summary>
    private static bool IsMoment(ReadOnlySpan<char> text, int end) =>
        text[end..].TrimStart(", ") is [>= '0' and <= '2', >= '0' and <= '9', ':', >= '0' and <= '5', ..] && text[end] is ' ' or ',';

    /// <summary>The time behind the T of a timestamp belongs to it.</summary>
    private static int AfterTime(ReadOnlySpan<char> text, int end)
    {
        if (end + 2 >= text.Length || text[end] != 'T' || !char.IsAsciiDigit(text[end + 1]))
        {
            return end;
        }

        var at = end + 1;
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] is ':' or '.' or 'Z' or '+'))
        {
            at++;
        }

        return at;
    }

    /// <summary>What programs write where there is no date: the first day that they can count, or the last.</summary>
    private static bool IsEmpty(ReadOnlySpan<char> date) =>
        date is "1900-01-01" or "01.01.1900" or "01/01/1900" or "1/1/1900" or "1899-12-30" or "30/12/1899" or "12/30/1899" or "30.12.1899" or "1970-01-01" or "01.01.1970"
            or "01/01/1970"
            or "0001-01-01" or "01/01/0001" or "9999-12-31" or "31/12/9999" or "31.12.9999" or "12/31/9999";

    private static DateShape ReadAt(ReadOnlySpan<char> text, int start)
    {
        if (start > 0 && text[start - 1] is '-' or '/' or '.' or '_' or ':' && start > 1 && char.IsLetterOrDigit(text[start - 2]) && !(text[start - 1] == '-' && WordStart.IsUncased(text[start - 2]))
            && !(text[start - 1] == ':' && char.IsLetter(text[start - 2])))
        {
            return DateShape.None;
        }

        var shape = DateShape.Read(text, start);
        return shape.End > 0 && shape.End < text.Length && WordStart.Joins(text[shape.End - 1], text[shape.End]) && text[shape.End] is not 'T' ? DateShape.None : shape;
    }
}
