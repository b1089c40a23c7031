namespace GatewayStack.Transform.Recognizers.Credentials.Spoken;

/// <summary>The key that a product is unlocked with: groups of capitals and digits of the same length, some words behind the word for it.</summary>
internal static class ProductKeyVerifier
{
    private const int FewestGroups = 3;
    private const int Shortest = 15;
    private const int Longest = 64;
    private const int FewestDigits = 2;
    private const double Certain = 0.9;

    public static Verdict Verify(in Match match)
    {
        var text = match.Text;
        for (var at = match.Start + match.Length; at < text.Length; at++)
        {
            if (!IsLetter(text[at]) || WordStart.Joins(text[at], text[at - 1]) || text[at - 1] is '-' or '_' or '/' or '.')
            {
                continue;
            }

            var end = at;
            while (end < text.Length && (IsLetter(text[end]) || text[end] == '-'))
            {
                end++;
            }

            if (IsKey(text[at..end]) && (end == text.Length || !(WordStart.Joins(text[end - 1], text[end]) || text[end] is '_' or '/')))
            {
                return new Verdict(end - at, Certain) { Offset = at - match.Start };
            }

            at = end;
        }

        return Verdict.No;
    }

    private static bool IsLetter(char c) => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c);

    private static bool IsKey(ReadOnlySpan<char> value)
    {
        var shape = new ValueShape(value);
        if (shape.Length is < Shortest or > Longest || shape.Digits < FewestDigits || shape.Letters < FewestDigits || PlaceholderValues.Is(value))
        {
            return false;
        }

        var (groups, size, mixed) = (0, 0, 0);
        foreach (var range in value.Split('-'))
        {
            var group = new ValueShape(value[range]);
            if (group.Length < 4 || (size > 0 && group.Length != size))
            {
                return false;
            }

            size = group.Length;
            groups++;
            mixed += group.IsMixed ? 1 : 0;
        }

        // Of drawn groups most have both.
        return groups >= FewestGroups && mixed * 2 >= groups;
    }
}
