using System.Buffers;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>Values that stand in something else: a call, an object, behind a type.</summary>
internal static partial class AssignmentReader
{
    private const int LongestType = 40;
    private const int LongestCall = 48;

    private static readonly SearchValues<string> Decoders = SearchValues.Create(
        ["hex", "base64", "b64", "decode", "Buffer.from", "getBytes", "toBytes", "Encoding", "SecretKeySpec", "bytes(", "String::from", "SecretStr(", "SecretString",
            "Secret::new", "Some(",
            "Optional.of(", "new String(", "std::string(", "to_string("], StringComparison.OrdinalIgnoreCase);

    private static readonly string[] Members = ["value", "default", "_value", "current", "plainText", "plain", "secretValue", "stringValue"];

    /// <summary>Where the quoted text begins that a call turns into bytes: <c>HexFormat.of().parseHex("...")</c>, <c>Buffer.from('...', 'hex')</c>; 0 when there is none.</summary>
    private static int Decoded(ReadOnlySpan<char> text, int at)
    {
        var end = at;
        while (end < text.Length && end - at < LongestCall && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '_' or '.' or ':' or '(' or ')' or ' '))
        {
            end++;
        }

        return end > at && end < text.Length && text[end] is '"' or '\'' && text[end - 1] == '(' && text[at..end].ContainsAny(Decoders) ? end : 0;
    }

    /// <summary>Where the value of an object begins that says what the name has: <c>"password": { "value": "x" }</c>; 0 when there is none.</summary>
    private static int Member(ReadOnlySpan<char> text, int at)
    {
        at++;
        while (at < text.Length && (char.IsWhiteSpace(text[at]) || text[at] is '"' or '\''))
        {
            at++;
        }

        foreach (var word in Members)
        {
            if (text[at..].StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                var sign = at + word.Length;
                while (sign < text.Length && text[sign] is '"' or '\'' or ' ')
                {
                    sign++;
                }

                return sign + 1 < text.Length && text[sign] is ':' or '=' ? sign + 1 : 0;
            }
        }

        return 0;
    }

    /// <summary>Where the value begins behind a type: <c>password: str = "x"</c>; 0 when there is none.</summary>
    private static int Typed(ReadOnlySpan<char> text, int at)
    {
        var end = at;
        while (end < text.Length && end - at < LongestType && (char.IsLetterOrDigit(text[end])
            || text[end] is '_' or '.' or '[' or ']' or '|' or '?' or '<' or '>' or '&'))
        {
            end++;
        }

        if (end == at)
        {
            return 0;
        }

        var sign = ValueReader.SkipBlanks(text, end);
        return sign + 1 < text.Length && text[sign] == '=' && text[sign + 1] is ' ' or '"' or '\'' && sign > end ? sign + 1 : 0;
    }
}
