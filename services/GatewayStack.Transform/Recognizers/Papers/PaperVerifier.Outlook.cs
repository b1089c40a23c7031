using System.Buffers;

namespace GatewayStack.Transform.Recognizers.Papers;

/// <summary>Where a number may still begin, while the text behind its word is coming.</summary>
internal static partial class PaperVerifier
{
    /// <summary>More than what tells a number from a date or an amount behind it.</summary>
    private const int MostBehind = 40;

    private static readonly SearchValues<char> OfValues = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -/.");

    /// <summary>The outlook of a kind: for the first value, or for the one that is written like it.</summary>
    public static Outlook OutlookFor(PaperKind kind, int index) => (in Match soFar, int known) => Outlook(soFar, kind, index, known);

    private static int? Outlook(in Match soFar, PaperKind kind, int index, int known)
    {
        var text = soFar.Text;
        var end = soFar.Start + soFar.Length;
        var word = end;

        // Behind a point or another sign the number may follow at once: "no.AB 123456".
        while (char.IsLetter(text[end - 1]) && word < text.Length && char.IsLetter(text[word]))
        {
            word++;
        }

        if (word == text.Length)
        {
            return word - soFar.Start;
        }

        var from = WordEnd(text, soFar.Start, soFar.Length);
        if (from < 0 || (soFar.At(-1) is '/' or '.' or '-' or '_' && !IsKey(soFar)))
        {
            return null;
        }

        var at = Math.Max(from, soFar.Start + known);
        return Math.Min(FirstValue(text, at, kind), index == 0 ? SpokenNumber.FirstRun(text, at) : text.Length) - soFar.Start;
    }

    /// <summary>Where the first number of a kind begins, or what may become one; the end of the text where there is none.</summary>
    private static int FirstValue(ReadOnlySpan<char> text, int from, PaperKind kind)
    {
        var at = NextStart(text, from);
        while (at < text.Length)
        {
            var length = text[at..].IndexOfAnyExcept(OfValues);
            if (length < 0 || (text.Slice(at, length).ContainsAny(Alphabets.Digit) && !IsKnownBehind(text[(at + length)..])))
            {
                break;
            }

            var value = PaperValue.Read(text, at);
            if (value.End > 0 && Fits(kind, value) && kind.Check?.Invoke(text[value.Start..value.End]) != false)
            {
                break;
            }

            at = NextStart(text, value.End > 0 ? value.End : WordFrom(text, at));
        }

        return at;
    }

    private static bool IsKnownBehind(ReadOnlySpan<char> text)
    {
        var units = 0;
        for (var i = 0; i < text.Length && units < MostBehind; i++)
        {
            units += text[i] == ' ' ? 0 : 1;
        }

        return units == MostBehind;
    }
}
