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

    private static readonly SearchValues<char> Login = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-\\");

    private static readonly SearchValues<string> SecretFlags = SearchValues.Create([" -p", " --pass", " --http-pass", " -P ", " -w ", " --pw", " -a "], StringComparison.Ordinal);

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

    /// <summary>Behind <c>-u</c> of a command that signs in. Beside a flag for a secret any word is an account.</summary>
    public static Verdict Argument(in Match match)
    {
        var text = match.Text;
        var line = text[(text[..match.Start].LastIndexOf('\n') + 1)..];
        line = line.IndexOf('\n') is >= 0 and var end ? line[..end] : line;
        var isGlued = match.Value[^1] is not (' ' or '=');
        var at = match.Start + match.Length;
        if (isGlued && (at >= text.Length || text[at] == ' ' || !(line.Contains("mysql", StringComparison.Ordinal) || line.Contains("mariadb", StringComparison.Ordinal))))
        {
            return Verdict.No;
        }

        at += at < text.Length && ValueReader.IsQuote(text[at]) ? 1 : 0;
        if (line.ContainsAny(SecretFlags) && !(line.Contains("-stdin", StringComparison.Ordinal) && NoNames.IsPart(Token(text, at))) && Token(text, at) is { Length: >= 2 } name && !SecretBeside.IsEverywhere(name) && !PlaceholderValues.Is(name))
        {
            // OFFICE\scanner
            return new Verdict(name.Length, Sure, at - match.Start);
        }

        foreach (var command in Commands)
        {
            if (match.Value.Length <= 4 && !isGlued && text[(text[..match.Start].LastIndexOf('\n') + 1)..match.Start].Contains(command, StringComparison.Ordinal))
            {
                return NameAt(match, at);
            }
        }

        return Verdict.No;
    }

    /// <summary>The first of two quoted arguments, or the second of three, of something that signs in.</summary>
    public static Verdict InCall(in Match match)
    {
        var text = match.Text;
        var open = match.Start + match.Length;
        Span<Range> quoted = stackalloc Range[4];
        var count = 0;
        var at = open;
        while (count < 4)
        {
            at = ValueReader.SkipBlanks(text, at);
            var value = at < text.Length && text[at] is '"' or '\'' ? ValueReader.Read(text, at, ValueForm.Call) : default;
            if (value.Length == 0 || !value.Quoted)
            {
                break;
            }

            quoted[count++] = value.Start..(value.Start + value.Length);
            at = ValueReader.SkipBlanks(text, value.Start + value.Length + 1);
            if (at >= text.Length || text[at] != ',')
            {
                break;
            }

            at++;
        }

        // Where something else stands before both, as a handle of a connection does: (conn, "x", "y"), ("x", (ConvertTo-...
        var index = count >= 3 ? 1 : 0;
        if (count == 0 || (count == 1 && !text[at..].TrimStart(' ').StartsWith('(')))
        {
            return Verdict.No;
        }

        var name = text[quoted[index]];
        return name.Length is >= 3 and <= Longest && !name.ContainsAnyExcept(Name) && char.IsLetter(name[0]) && !SecretBeside.IsEverywhere(name) && !PlaceholderValues.Is(name)
            && !References.IsLocation(name)
            && (count == 1 || SecretValue.Score(text[quoted[index + 1]], SecretKind.Password, new PossibleValue(0, text[quoted[index + 1]].Length, ValueForm.Call, Quoted: true,
            Continues: false)) >= 0.5)
            ? new Verdict(name.Length, Sure, quoted[index].Start.Value - match.Start) : Verdict.No;
    }

    /// <summary>A user that SQL makes with a password: <c>CREATE USER 'x'@'%' IDENTIFIED BY</c>, <c>ALTER ROLE x LOGIN PASSWORD</c>.</summary>
    public static Verdict InStatement(in Match match)
    {
        var text = match.Text;
        var at = match.Start + match.Length;
        at += text[at..].StartsWith("if not exists ", StringComparison.OrdinalIgnoreCase) ? 14 : 0;
        at += at < text.Length && text[at] is '"' or '\'' or '`' or '[' ? 1 : 0;
        var name = Token(text, at);
        var rest = text[Math.Min(text.Length, at + name.Length)..];
        rest = rest[..Math.Min(rest.Length, 60)];
        return name.Length >= 2 && !name.Equals("mapping", StringComparison.OrdinalIgnoreCase) && !SecretBeside.IsEverywhere(name) && !PlaceholderValues.Is(name) && (rest.Contains("identified by", StringComparison.OrdinalIgnoreCase)
            || rest.Contains("password '", StringComparison.OrdinalIgnoreCase)
            || rest.Contains("password = ", StringComparison.OrdinalIgnoreCase)) ? new Verdict(name.Length, Sure, at - match.Start) : Verdict.No;
    }

    /// <summary>A user of a device: <c>username x privilege 15 secret</c>, <c>username x password</c>.</summary>
    public static Verdict OfDevice(in Match match)
    {
        var text = match.Text;
        var at = match.Start + match.Length;
        var name = Token(text, at);
        var rest = text[Math.Min(text.Length, at + name.Length)..];
        return match.At(-1) is '\n' or '\0' or ' ' or '#' && name.Length >= 3 && !SecretBeside.IsEverywhere(name) && !PlaceholderValues.Is(name) && !AccountSigns.IsPattern(name)
            && (rest.StartsWith(" privilege ") || rest.StartsWith(" secret ") || rest.StartsWith(" password ") || rest.StartsWith(" algorithm-type ")
            || rest.StartsWith(" role ") || rest.StartsWith(" nopassword"))
            ? new Verdict(name.Length, Sure, at - match.Start) : Verdict.No;
    }

    private static ReadOnlySpan<char> Token(ReadOnlySpan<char> text, int at)
    {
        if (at >= text.Length || !char.IsAsciiLetterOrDigit(text[at]))
        {
            return [];
        }

        var length = text[at..].IndexOfAnyExcept(Login);
        var name = (length < 0 ? text[at..] : text.Slice(at, length)).TrimEnd(".-");
        return name.Length <= Longest && (at + name.Length >= text.Length || text[at + name.Length] is not ('(' or '{' or '$' or '/' or '=' or ':'))
            && References.IsLocation(name) is false ? name : [];
    }

    private static Verdict NameAt(in Match match, int at)
    {
        var rest = match.Text[at..];
        var length = rest.IndexOfAnyExcept(Name);
        var name = (length < 0 ? rest : rest[..length]).TrimEnd(".-");
        var next = name.Length < rest.Length ? rest[name.Length] : '\n';
        return name.Length is < Shortest or > Longest || !char.IsAsciiLetter(name[0]) || NoNames.IsWord(name) || PlaceholderValues.Is(name)
            || new ValueShape(name).Lowers == 0 || References.IsLocation(name)
            || (next == ' ' && at > 0 && ValueReader.IsQuote(match.Text[at - 1])) || next is '(' or '[' or '{' or '$' or '/' or '@' or ':'
            || name.Contains("secret", StringComparison.OrdinalIgnoreCase)
            || (name.IndexOf('.') is > 0 and var dot && name[..dot] is "var" or "local" or "self" or "config" or "settings" or "env" or "os" or "process")
            ? Verdict.No
            : new Verdict(name.Length, Sure) { Offset = at - match.Start };
    }
}
