using System.Buffers;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>A private member of a JSON Web Key (RFC 7518, 6): its name is one letter, so other members of such a key must stand beside it.</summary>
internal static class JsonKeyVerifier
{
    /// <summary>So far behind the value another member may stand.</summary>
    public const int Ahead = 64;

    private const int LongNumber = 80;

    private static readonly SearchValues<string> Members = SearchValues.Create(
        ["\"kty\"", "\"crv\"", "\"AQAB\"", "\"key_ops\"", "\"dp\"", "\"dq\"", "\"qi\"", "\"oth\""], StringComparison.Ordinal);

    public static Verdict Verify(in Match match)
    {
        var start = match.Value.LastIndexOf('"') + 1;
        var value = match.Value[start..];
        return match.At(match.Length) == '"' && (IsBesideMembers(match) || IsBehindNumber(match.Text[..match.Start])) && !PlaceholderValues.Is(value)
            ? new Verdict(value.Length, 0.97, start)
            : Verdict.No;
    }

    private static bool IsBesideMembers(in Match match) =>
        match.Text[..match.Start].ContainsAny(Members) || match.Text[(match.Start + match.Length)..].ContainsAny(Members);

    /// <summary>The numbers of a large key are longer than what is looked at: then the end of one stands before the next.</summary>
    private static bool IsBehindNumber(ReadOnlySpan<char> before)
    {
        var end = before.TrimEnd(" \r\n\t,");
        return end is [.., '"'] && end.Length > LongNumber && !end[^LongNumber..^1].ContainsAnyExcept(Alphabets.Base64Url);
    }
}
