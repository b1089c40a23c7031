using System.Buffers;
using System.Collections.Frozen;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>Values that say where something is: what a program looks up, a host, a path, a file, an address.</summary>
internal static class References
{
    /// <summary>What tags of YAML say of a value that stands elsewhere, or comes in the next lines.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Tags = WordSet.Of(
        "vault secret secrets env env_var ref sub getatt importvalue include reference encrypted "
        + "binary sops file lookup");

    private static readonly SearchValues<char> Names = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:");
    private static readonly SearchValues<char> Openers = SearchValues.Create("([{<");
    private static readonly SearchValues<char> Closers = SearchValues.Create(")]}>\"'");
    private static readonly SearchValues<char> Marks = SearchValues.Create("!#$%^&*");

    /// <summary>What programs keep settings and input in.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Holders = WordSet.Of(
        "self this config cfg conf settings setting env process req request res response ctx context args opts options props state user data params vars var local module app os "
            + "sys secrets values session form body event input output "
        + "result row item obj object model client account auth credentials creds db database base super server service api fields field node root spec");

    private static readonly string[] FileEndings =
    [
        ".json", ".yaml", ".yml", ".pem", ".txt", ".key", ".crt", ".cer", ".env", ".py", ".js", ".ts", ".cs", ".go", ".java", ".md", ".html", ".xml",
        ".properties", ".conf", ".ini", ".toml", ".gpg", ".sh", ".png", ".svg", ".com", ".org", ".net", ".io",
        ".gz", ".zip", ".tgz", ".php", ".rb", ".css", ".kdbx", ".p12", ".pfx", ".jks", ".csv", ".log",
    ];

    /// <summary>Something that the program looks up: a variable, a member, a call.</summary>
    public static bool IsReference(ReadOnlySpan<char> value, in PossibleValue place)
    {
        if (value.Contains("://", StringComparison.Ordinal) || value.StartsWith("arn:", StringComparison.Ordinal)
            || value.StartsWith("vault:", StringComparison.Ordinal) || value.StartsWith("op://", StringComparison.Ordinal)
            || value.StartsWith("sha256:", StringComparison.OrdinalIgnoreCase) || value.StartsWith("projects/", StringComparison.Ordinal)
                || value.StartsWith("env:", StringComparison.OrdinalIgnoreCase)
            || value.StartsWith("secret/", StringComparison.Ordinal) || value.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
                || value.StartsWith("secrets/", StringComparison.Ordinal))
        {
            return true;
        }

        if (value is ['$', >= '1' and <= '9', not (>= 'A' and <= 'Z' or >= 'a' and <= 'z' or >= '0' and <= '9'), ..])
        {
            // What a pattern has found, put back: $1=[hidden].
            return true;
        }

        if (value.StartsWith("AAAAC3NzaC1", StringComparison.Ordinal) || value.StartsWith("AAAAB3NzaC1", StringComparison.Ordinal)
            || value.StartsWith("AAAAE2VjZHNh", StringComparison.Ordinal))
        {
            // A public key as SSH writes it.
            return true;
        }

        if (value[^1] == '=' && IsIdentifier(value[..^1]) && new ValueShape(value) is { Digits: 0 } shape && !(shape.InnerUppers >= 3 && value.Length % 4 == 0))
        {
            return true;
        }

        if (IsEnvironmentName(value) || (place.Quoted && value.LastIndexOf(' ') is > 0 and var blank && IsEnvironmentName(value[(blank + 1)..])))
        {
            return true;
        }

        if (value.EndsWith(".*") || value.Contains("[*]", StringComparison.Ordinal) || value.Contains("[0]", StringComparison.Ordinal) || IsHost(value))
        {
            return true;
        }

        if (value[^1] == ')' && value.IndexOf('(') is > 0 and var call && !value[..call].ContainsAnyExcept(Names))
        {
            return true;
        }

        if (place.Quoted)
        {
            return false;
        }

        if (value[0] is '.' or '\\' or ']' or ')' or '}' or ',' || value.Contains("][", StringComparison.Ordinal))
        {
            return true;
        }

        // A call or an index: a name before the bracket.
        var bracket = value.IndexOfAny(Openers);
        if (bracket == 0 || (bracket > 0 && (value[bracket] == '(' || value[bracket..].IndexOfAny(Closers) > 0 || bracket == value.Length - 1)
            && IsIdentifier(value[..bracket])))
        {
            return true;
        }

        if (value[^1] is ':' or '{' or '[' or '(' || value.StartsWith("//") || value.StartsWith("/*") || value.StartsWith("&&")
            || value.StartsWith("||") || value.StartsWith("=") || value.StartsWith(">"))
        {
            return true;
        }

        if (value[0] == '!' && !place.Quoted && Tags.Contains(value[1..]))
        {
            return true;
        }

        var dot = value.IndexOf('.');
        return (dot > 0 && place.Form != ValueForm.Setting && IsMember(value)) || (PlaceholderValues.NamesSecret(value) && IsIdentifier(value)
            && new ValueShape(value).Digits <= 1);
    }

    /// <summary>What programs keep settings and input in: <c>config</c>, <c>request</c>.</summary>
    public static bool IsHeld(ReadOnlySpan<char> name) => Holders.Contains(name);

    /// <summary>A path, a file, a mail address.</summary>
    /// <param name="value">The value.</param>
    /// <param name="isPassword">True where it is called a password: slashes between words, a capital and a digit among them, make no path of it.</param>
    public static bool IsLocation(ReadOnlySpan<char> value, bool isPassword = false)
    {
        isPassword = isPassword && value.Count('/') <= 2 && char.IsLetter(value[0]) && !PlaceholderValues.NamesSecret(value)
            && new ValueShape(value) is { Uppers: > 0, Lowers: > 0, Digits: > 0 };
        if (value.StartsWith("./") || value.StartsWith("../") || value.StartsWith("~/") || value.StartsWith("C:\\") || (value[0] == '/'
            && value[1..].Contains('/') && new ValueShape(value).Digits < 3))
        {
            return true;
        }

        if (value[0] == '/' && new ValueShape(value[1..]).IsWords)
        {
            return true;
        }

        if (value[0] == '#' && value.Length is 4 or 7 && !value[1..].ContainsAnyExcept(Alphabets.Hex))
        {
            return true;
        }

        if (value.Contains('/') && !isPassword && !value.ContainsAny(Marks) && new ValueShape(value) is { Digits: <= 3 } path && path.Symbols == path.Joiners
            && Gibberish.RareShare(value) < 0.25)
        {
            return true;
        }

        var at = value.IndexOf('@');
        if (at > 0 && value[at..].LastIndexOf('.') is > 1 and var dot && at + dot < value.Length - 2
            && new ValueShape(value[(at + dot + 1)..]).IsLetters && !value.ContainsAny(Marks))
        {
            return true;
        }

        foreach (var ending in FileEndings)
        {
            if (value.EndsWith(ending, StringComparison.OrdinalIgnoreCase) && value.Length > ending.Length)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Names with dots between them. A number is in few of them (<c>config.v1</c>), and in most passwords that are made of words (<c>Regen.Wolke7</c>).</summary>
    private static bool IsMember(ReadOnlySpan<char> value)
    {
        var digits = 0;
        foreach (var range in value.Split('.'))
        {
            if (!IsIdentifier(value[range]))
            {
                return false;
            }

            digits += new ValueShape(value[range]).Digits;
        }

        return digits == 0 || (digits <= 2 && IsType(value)) || (digits == 1 && Holders.Contains(value[..value.IndexOf('.')]));
    }

    /// <summary>A member of a type in a namespace: <c>Amazon.RegionEndpoint.EUWest1</c>.</summary>
    private static bool IsType(ReadOnlySpan<char> value)
    {
        var parts = 0;
        foreach (var range in value.Split('.'))
        {
            if (value[range] is not [var first, _, ..] || !char.IsAsciiLetterUpper(first))
            {
                return false;
            }

            parts++;
        }

        return parts >= 3;
    }

    private static bool IsIdentifier(ReadOnlySpan<char> value)
    {
        if (value.IsEmpty || (!char.IsLetter(value[0]) && value[0] is not ('_' or '@' or '$' or '&' or '*' or '!')))
        {
            return false;
        }

        foreach (var c in value[1..])
        {
            if (!char.IsLetterOrDigit(c) && c is not ('_' or '.' or ':' or '-' or '>' or '?' or '!' or '&'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary><c>DB_PASSWORD</c>: capitals joined by underscores, with few digits.</summary>
    private static bool IsEnvironmentName(ReadOnlySpan<char> value)
    {
        if (!value.Contains('_') || !char.IsLetter(value[0]))
        {
            return false;
        }

        var digits = 0;
        foreach (var c in value)
        {
            if (!char.IsAsciiLetterUpper(c) && !char.IsAsciiDigit(c) && c != '_')
            {
                return false;
            }

            digits += char.IsAsciiDigit(c) ? 1 : 0;
        }

        return digits <= 2;
    }

    /// <summary><c>kafka:9092</c>.</summary>
    private static bool IsHost(ReadOnlySpan<char> value)
    {
        var colon = value.IndexOf(':');
        return colon > 0 && value.Length - colon is >= 3 and <= 6 && !value[(colon + 1)..].ContainsAnyExcept(Alphabets.Digit)
            && !value[..colon].ContainsAnyExcept(Names);
    }
}
