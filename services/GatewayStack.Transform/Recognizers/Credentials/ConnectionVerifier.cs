namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>Whether a connection holds a password, and how far it goes.</summary>
internal static class ConnectionVerifier
{
    private const double Certain = 0.97;
    private const double Sure = 0.996;

    /// <summary>What a synopsis puts round the parts of an address: <c>[user[:password]@]host</c>.</summary>
    private const string Optional = "[]{}()";
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
        var user = login[..colon].Trim(Optional);
        var password = login[(colon + 1)..].Trim(Optional);
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
        for (var start = 0; start < value.Length; start = end + 1)
        {
            var next = PairEnd(value, start);
            var pair = value[start..next];
            var sign = pair.IndexOf('=');
            if (sign < 0)
            {
                break;
            }

            found |= IsSecretName(pair[..sign].Trim()) && IsSecret(default, Unquoted(pair[(sign + 1)..].Trim()));
            end = next;
        }

        if (!found)
        {
            return Verdict.No;
        }

        // A sentence may go on behind the last value.
        var last = value[..end].LastIndexOf('=') + 1;
        var blank = end == value.Length ? value[last..end].IndexOf(' ') : -1;
        end = blank > 0 ? last + blank : end < value.Length && value[end] == ';' ? end + 1 : end;
        return new Verdict(value[..end].TrimEnd(" ).,").Length, Sure);
    }

    /// <summary>An address of a database as Java writes it, with the password among its parameters or before the host.</summary>
    public static Verdict VerifyJdbc(in Match match)
    {
        var url = match.Value.TrimEnd(".,;:!?)]}*");
        var at = url.IndexOf('@');
        if (at > 0 && url[..at].LastIndexOf(':') is > 0 and var colon && url[(colon + 1)..at].IndexOf('/') is > 0 and var slash)
        {
            var login = url[(colon + 1)..at];
            return IsSecret(login[..slash], login[(slash + 1)..]) ? new Verdict(url.Length, Sure) : Verdict.No;
        }

        foreach (var range in url.SplitAny(";?&"))
        {
            var pair = url[range];
            if (pair.IndexOf('=') is > 0 and var sign && IsSecretName(pair[..sign]) && IsSecret(default, pair[(sign + 1)..]))
            {
                return new Verdict(url.Length, Sure);
            }
        }

        return Verdict.No;
    }

    /// <summary>A user and a password before the host.</summary>
    public static Verdict VerifyOracle(in Match match)
    {
        var slash = match.Value.IndexOf('/');
        var password = match.Value[(slash + 1)..match.Value.IndexOf('@')];
        return match.At(-1) is not ('/' or ':' or '.') && IsSecret(match.Value[..slash], password) ? new Verdict(match.Length, Sure) : Verdict.No;
    }

    /// <summary>Names and values with blanks between them, a database's among them: a log has such lines too.</summary>
    public static Verdict VerifyWords(in Match match)
    {
        var (named, found) = (false, false);
        foreach (var range in match.Value.Split(' '))
        {
            var pair = match.Value[range];
            var sign = pair.IndexOf('=');
            named |= pair.StartsWith("dbname=");
            found |= sign > 0 && IsSecretName(pair[..sign]) && IsSecret(default, Unquoted(pair[(sign + 1)..]));
        }

        return named && found ? new Verdict(match.Value.TrimEnd(".)").Length, Sure) : Verdict.No;
    }

    /// <summary>A user and a password before the protocol.</summary>
    public static Verdict VerifyDriver(in Match match)
    {
        var colon = match.Value.IndexOf(':');
        return IsSecret(match.Value[..colon], match.Value[(colon + 1)..match.Value.IndexOf('@')]) ? new Verdict(match.Length, Sure) : Verdict.No;
    }

    /// <summary>A host with its password behind it, as a cache's clients write it.</summary>
    public static Verdict VerifyList(in Match match)
    {
        var password = match.Value[(match.Value.IndexOf('=') + 1)..];
        var end = password.IndexOf(',');
        return IsSecret(default, end < 0 ? password : password[..end]) ? new Verdict(match.Value.TrimEnd(".;)").Length, Sure) : Verdict.No;
    }

    /// <summary>Where a name and its value end: at a semicolon outside of braces and quotes.</summary>
    private static int PairEnd(ReadOnlySpan<char> value, int at)
    {
        var open = '\0';
        for (; at < value.Length; at++)
        {
            var c = value[at];
            if (open != '\0')
            {
                // Two braces that close stand for one.
                var isOne = c == '}' && open == '}' && at + 1 < value.Length && value[at + 1] == '}';
                (open, at) = (c == open && !isOne ? '\0' : open, isOne ? at + 1 : at);
            }
            else if (c == ';')
            {
                return at;
            }
            else if (value[..at].TrimEnd(' ') is [.., '='])
            {
                open = c switch { '{' => '}', '"' or '\'' => c, _ => open };
            }
        }

        return at;
    }

    private static ReadOnlySpan<char> Unquoted(ReadOnlySpan<char> value) =>
        value is ['{', .., '}'] or ['"', .., '"'] or ['\'', .., '\''] && !value.StartsWith("{{") ? value[1..^1] : value;

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

    /// <summary>A password between a link's user and its host, or what stands for one.</summary>
    public static bool IsPassword(ReadOnlySpan<char> user, ReadOnlySpan<char> written) => IsSecret(user, written) || PlaceholderValues.Is(written);

    private static bool IsSecret(ReadOnlySpan<char> user, ReadOnlySpan<char> password) =>
        password.Length >= 3
        && !PlaceholderValues.Is(password)
        && !PlaceholderValues.IsName(password)
        && !(password.Equals(user, StringComparison.OrdinalIgnoreCase) && new ValueShape(password).IsWords)
        && !password.Equals("pass", StringComparison.OrdinalIgnoreCase)
        && !password.Equals("pw", StringComparison.OrdinalIgnoreCase);

    private static bool IsPort(ReadOnlySpan<char> text) => text.Length <= 5 && !text.ContainsAnyExceptInRange('0', '9');
}
