namespace GatewayStack.Transform.Recognizers.Verifiers;

/// <summary>Extensions behind telephone numbers: <c>ext. 123</c>, <c>x123</c>.</summary>
internal static class PhoneExtension
{
    private static readonly string[] Extensions = ["extension", "ext", "extn", "x", "durchwahl", "dw", "poste", "int", "toestel", "klapka", "linka", "mellék", "wewn", "anknytning", "ramal", "dahili", "доб"];

    /// <summary>The extension behind a number (<c>ext. 123</c>, <c>x123</c>), which belongs to it.</summary>
    public static int LengthAt(ReadOnlySpan<char> text, int number)
    {
        var rest = text[number..];
        var at = 0;
        while (at < rest.Length && at < 3 && rest[at] is ' ' or ',' or ';' or '(')
        {
            at++;
        }

        foreach (var word in Extensions)
        {
            if (!rest[at..].StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var end = at + word.Length;
            while (end < rest.Length && end < at + word.Length + 3 && rest[end] is ' ' or '.' or ':' or '#')
            {
                end++;
            }

            var digits = 0;
            while (end + digits < rest.Length && char.IsAsciiDigit(rest[end + digits]))
            {
                digits++;
            }

            if (digits is > 0 and <= 6 && (end + digits >= rest.Length || !char.IsLetterOrDigit(rest[end + digits])))
            {
                return end + digits;
            }
        }

        return 0;
    }

    /// <summary>True where letters directly behind a number begin one.</summary>
    public static bool Begins(ReadOnlySpan<char> rest) => rest.Length > 1 && (rest[0] is 'x' or 'X' or 'e' or 'E')
        && (char.IsAsciiDigit(rest[1]) || rest.StartsWith("ext", StringComparison.OrdinalIgnoreCase));
}
