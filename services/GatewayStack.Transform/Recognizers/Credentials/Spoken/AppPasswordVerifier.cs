namespace GatewayStack.Transform.Recognizers.Credentials.Spoken;

/// <summary>A password that a mail provider draws for one program: four groups of four small letters.</summary>
internal static class AppPasswordVerifier
{
    private const int Groups = 4;
    private const int Reach = 100;
    private const double LeastRare = 0.3;

    public static Verdict Verify(in Match match)
    {
        var text = match.Text;
        var limit = Math.Min(text.Length, match.Start + match.Length + Reach);
        for (var at = match.Start + match.Length; at + ((Groups * 5) - 1) <= limit; at++)
        {
            if (char.IsAsciiLetterLower(text[at]) && !WordStart.Joins(text[at], text[at - 1]) && IsPassword(text, at))
            {
                return new Verdict((Groups * 5) - 1, 0.9) { Offset = at - match.Start };
            }
        }

        return Verdict.No;
    }

    private static bool IsPassword(ReadOnlySpan<char> text, int at)
    {
        var value = text.Slice(at, (Groups * 5) - 1);
        for (var i = 0; i < value.Length; i++)
        {
            if (i % 5 == 4 ? value[i] != ' ' : !char.IsAsciiLetterLower(value[i]))
            {
                return false;
            }
        }

        var end = at + value.Length;
        return (end == text.Length || !WordStart.Joins(text[end - 1], text[end])) && Gibberish.RareShare(value) >= LeastRare;
    }
}
