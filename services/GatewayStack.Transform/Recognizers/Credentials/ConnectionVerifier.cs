namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>Whether a connection holds a password, and how far it goes.</summary>
internal static class ConnectionVerifier
{
    private const double Certain = 0.97;
    private const double Sure = 0.996;
    private static readonly string[] Secrets = ["password", "pwd", "accountkey", "sharedaccesskey", "sharedsecretvalue", "secretkey", "accesskey",
        "apikey", "secret", "sas", "authtoken", "pass"];

    public static Verdict VerifyUrl(in Match match)
    {
        var url = match.Value.TrimEnd(".,;:!?)]}*");
        var authority = url.IndexOf("://", StringComparison.Ordinal) + 3;
        var at = url[authority..].LastIndexOf('@');
        if (at < 0)
        {
            return Verdict.No;
        }

        var login = url.Slice(authority, at);
        var colon = login.IndexOf(':');
        var user = login[..colon];
        var password = login[(colon + 1)..];
        var web = url.StartsWith("http", StringComparison.OrdinalIgnoreCase) || url.StartsWith("git", StringComparison.OrdinalIgnoreCase)
            || url.StartsWith("ws", StringComparison.OrdinalIgnoreCase);
        if (!IsSecret(user, password) || (char.IsDigit(password[0]) && password.Contains('/') && IsPort(password[..password.IndexOf('/')])) || (web
            && password.Contains('/')))
        {
            return Verdict.No;
        }

        return web ? new Verdict(login.Length, Certain) { Offset = authority } : new Verdict(url.Length, Sure);
    }

    public static Verdict VerifyString(in Match match)
    {
        var value = match.Value;
        var found = false;
        var end = 0;
        foreach (var range in value.Split(';'))
        {
            var pair = value[range];
            var sign = pair.IndexOf('=');
            if (sign < 0)
            {
                break;
            }

            var name = pair[..sign].Trim();
            var given = pair[(sign + 1)..];
            found |= IsSecretName(name) && IsSecret(default, given.Trim());
            end = range.End.GetOffset(value.Length);
        }

        if (!found)
        {
            return Verdict.No;
        }

        // A sentence may go on behind the last value.
        var last = value[..end].LastIndexOf('=') + 1;
        var blank = end == value.Length ? value[last..end].IndexOf(' ') : -1;
        end = blank > 0 ? last + blank : end < value.Length && value[end] == ';' ? end + 1 : end;
        return new Verdict(value[..end].TrimEnd(" ).,").Length, Certain);
    }

    private static bool IsSecretName(ReadOnlySpan<char> name)
    {
        foreach (var secret in Secrets)
        {
            if (name.Equals(secret, StringComparison.OrdinalIgnoreCase) || (name.Contains(' ') && name.EndsWith(secret, StringComparison.OrdinalIgnoreCase)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSecret(ReadOnlySpan<char> user, ReadOnlySpan<char> password) =>
        password.Length >= 3
        && !PlaceholderValues.Is(password)
        && !PlaceholderValues.IsName(password)
        && !(password.Equals(user, StringComparison.OrdinalIgnoreCase) && new ValueShape(password).IsWords)
        && !password.Equals("pass", StringComparison.OrdinalIgnoreCase)
        && !password.Equals("pw", StringComparison.OrdinalIgnoreCase);

    private static bool IsPort(ReadOnlySpan<char> text) => text.Length <= 5 && !text.ContainsAnyExceptInRange('0', '9');
}
