using System.Buffers;
using GatewayStack.Transform.Recognizers.Credentials;

namespace GatewayStack.Transform.Recognizers.Handles;

/// <summary>The name of an account in a setting (<c>DB_USER=shop_rw</c>) and in a command (<c>psql -U shop_rw</c>).</summary>
internal static class SettingVerifier
{
    private const int Shortest = 3;
    private const int Longest = 40;
    private const double Sure = 0.85;

    private static readonly SearchValues<char> Name = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-");

    private static readonly string[] Commands = ["psql", "pg_", "mysql", "mariadb", "docker login", "podman login", "ldap", "sqlcmd", "smbclient", "mongo", "createdb", "rsync",
        "rclone", "vault"];

    /// <summary>Behind a name that ends in "_user".</summary>
    public static Verdict Assigned(in Match match)
    {
        var at = match.Start + match.Length;
        var text = match.Text;
        while (at < text.Length && text[at] is ' ' or '=' or ':' or '"' or '\'')
        {
            at++;
        }

        return NameAt(match, at) is { Length: > 0 } verdict && !NoNames.IsPost(text.Slice(match.Start + verdict.Offset, verdict.Length)) ? verdict : Verdict.No;
    }

    /// <summary>Behind <c>-u</c> of a command that signs in.</summary>
    public static Verdict Argument(in Match match)
    {
        var before = match.Text[..match.Start];
        before = before[(before.LastIndexOf('\n') + 1)..];
        foreach (var command in Commands)
        {
            if (before.Contains(command, StringComparison.Ordinal))
            {
                var at = match.Start + match.Length;
                return NameAt(match, at < match.Text.Length && ValueReader.IsQuote(match.Text[at]) ? at + 1 : at);
            }
        }

        return Verdict.No;
    }

    private static Verdict NameAt(in Match match, int at)
    {
        var rest = match.Text[at..];
        var length = rest.IndexOfAnyExcept(Name);
        var name = (length < 0 ? rest : rest[..length]).TrimEnd(".-");
        var next = name.Length < rest.Length ? rest[name.Length] : '\n';
        return name.Length is < Shortest or > Longest || !char.IsAsciiLetter(name[0]) || NoNames.IsWord(name) || PlaceholderValues.Is(name)
            || new ValueShape(name).Lowers == 0 || References.IsLocation(name)
            || (next == ' ' && at > 0 && ValueReader.IsQuote(match.Text[at - 1])) || next is '(' or '[' or '{' or '$' or '/' or '@' or ':' || name.Contains("secret", StringComparison.OrdinalIgnoreCase)
            || (name.IndexOf('.') is > 0 and var dot && name[..dot] is "var" or "local" or "self" or "config" or "settings" or "env" or "os" or "process")
            ? Verdict.No
            : new Verdict(name.Length, Sure) { Offset = at - match.Start };
    }
}
