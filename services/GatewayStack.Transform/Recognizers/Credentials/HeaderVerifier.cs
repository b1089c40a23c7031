using System.Buffers;
using System.Buffers.Text;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>What stands behind the name of a scheme, a cookie or a parameter.</summary>
internal static class HeaderVerifier
{
    private const int LongestPair = 512;

    /// <summary>A bearer token: as a token in a sentence, since sentences are about bearers too.</summary>
    public static Verdict Bearer(in Match match) => Behind(match, match.Value.LastIndexOf(' '), SecretKind.Token, ValueForm.Mentioned);

    /// <summary>Base64 of a user, a colon and a password; what was drawn is one too, cut off or made up.</summary>
    public static Verdict Basic(in Match match)
    {
        var offset = match.Value.LastIndexOf(' ') + 1;
        return IsLogin(match.Value[offset..]) ? new Verdict(match.Length - offset, 0.98) { Offset = offset } : Behind(match, match.Value.IndexOf(' '), SecretKind.Token, ValueForm.Mentioned);
    }

    /// <summary>The login that the settings of a registry keep so: <c>"auth": "dXNlcjpwYXNz"</c>.</summary>
    public static Verdict Registry(in Match match)
    {
        var offset = match.Value.TrimEnd('=').LastIndexOfAny('"', '=', ' ') + 1;
        return IsLogin(match.Value[offset..]) ? new Verdict(match.Length - offset, 0.98) { Offset = offset } : Verdict.No;
    }

    private static bool IsLogin(ReadOnlySpan<char> value)
    {
        Span<byte> pair = stackalloc byte[LongestPair];
        Span<char> encoded = stackalloc char[LongestPair];
        var text = value.TrimEnd('=');
        text.CopyTo(encoded);
        encoded = encoded[..text.Length];
        encoded.Replace('+', '-');
        encoded.Replace('/', '_');
        if (Base64Url.DecodeFromChars(encoded, pair, out _, out var length) != OperationStatus.Done)
        {
            return false;
        }

        return pair[..length].Contains((byte)':') && !pair[..length].ContainsAnyExceptInRange((byte)0x20, (byte)0xFE);
    }

    /// <summary>The value of a session's cookie.</summary>
    public static Verdict Cookie(in Match match) => Behind(match, match.Value.IndexOf('='), SecretKind.Key, ValueForm.Assigned);

    /// <summary>The value of the first cookie of a header.</summary>
    public static Verdict FirstCookie(in Match match)
    {
        var name = match.Value.IndexOfAny(':', '=') + 1;
        return Behind(match, name + match.Value[name..].IndexOf('='), SecretKind.Key, ValueForm.Assigned);
    }

    /// <summary>The value of a signature.</summary>
    public static Verdict Parameter(in Match match) => Behind(match, match.Value.IndexOf('='), SecretKind.Key, ValueForm.Setting);

    /// <summary>The password of a wireless network's code.</summary>
    public static Verdict Wifi(in Match match)
    {
        // What ends it is a field, or a semicolon too many: some write one in the password without an escape.
        var sign = match.Value.IndexOf(";P:", StringComparison.Ordinal) is >= 0 and var field ? field + 2 : match.Value.IndexOf("P:", StringComparison.Ordinal) + 1;
        var end = sign + 1;
        while (end < match.Length && !(match.Value[end] == ';' && (end + 1 == match.Length || match.Value[end + 1] == ';' || (end + 2 < match.Length && match.Value[end + 2] == ':'))))
        {
            end++;
        }

        return Behind(match.UpTo(end), sign, SecretKind.Password, ValueForm.Setting);
    }

    private static Verdict Behind(in Match match, int sign, SecretKind kind, ValueForm form)
    {
        var offset = sign + 1;
        while (offset < match.Length && match.Value[offset] == ' ')
        {
            offset++;
        }

        var value = match.Value[offset..].TrimEnd(".;,");
        if (value.IsEmpty)
        {
            return Verdict.No;
        }

        var score = SecretValue.Score(value, kind, new PossibleValue(0, value.Length, form, Quoted: false, Continues: false));
        return score >= 0.5 ? new Verdict(value.Length, score) { Offset = offset } : Verdict.No;
    }
}
