using System.Buffers;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>Values that stand for a secret without being one: what a reader is to replace, and what a program fills in.</summary>
internal static class PlaceholderValues
{
    private static readonly SearchValues<string> Announcing = SearchValues.Create(
        ["password", "passwd", "passwort", "secret", "token", "apikey", "api_key", "api-key", "api key", "pwd", "credential", "passphrase", "_key", "-key", "key_", "auth",
            "kennwort", "wachtwoord", "lösenord", "contraseña", "şifre", "пароль", "hasło", "mot de passe", "パスワード", "密码", "密碼", "비밀번호", "סיסמ", "كلمة المرور",
            "รหัสผ่าน", "mật khẩu"],
        StringComparison.OrdinalIgnoreCase);

    private const int LongestRun = 4;

    /// <summary>In what is longer, four of a kind come by chance: there a run counts by its share.</summary>
    private const int ShortValue = 128;
    private static readonly SearchValues<char> Drawn = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");
    private static readonly SearchValues<char> Capitals = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789");

    /// <summary>True when the value is a stand-in.</summary>
    public static bool Is(ReadOnlySpan<char> value)
    {
        if (!value.ContainsAny(Drawn) && new ValueShape(value) is { Letters: 0, Digits: 0 })
        {
            return true;
        }

        if (value.ContainsAny("…•●∗") || value.Contains("...", StringComparison.Ordinal) || IsTemplate(value) || HasRun(value))
        {
            return true;
        }

        if (value.Contains("abcdefghijklmnopqrstuvwxyz", StringComparison.OrdinalIgnoreCase) || IsPattern(value))
        {
            return true;
        }

        return NameParts.HasAny(value, SecretWords.Placeholder) && IsMostlyWords(value);
    }

    /// <summary>True when all of the value's words are words about secrets: <c>my-secret-token</c>, <c>db_password</c>.</summary>
    public static bool IsName(ReadOnlySpan<char> value)
    {
        var letters = 0;
        foreach (var c in value)
        {
            if (char.IsDigit(c) || (!char.IsLetter(c) && c is not ('_' or '-' or '.' or ' ' or '/' or ':')))
            {
                return false;
            }

            letters += char.IsLetter(c) ? 1 : 0;
        }

        return letters > 0 && NamesSecret(value);
    }

    /// <summary>True when the value holds a word that announces secrets.</summary>
    public static bool NamesSecret(ReadOnlySpan<char> value) =>
        value.ContainsAny(Announcing) || value.Equals("pass", StringComparison.OrdinalIgnoreCase) || value.Equals("key", StringComparison.OrdinalIgnoreCase);

    /// <summary>A regular expression, or a text with names in braces that a program fills in.</summary>
    private static bool IsPattern(ReadOnlySpan<char> value)
    {
        if (value.Contains("[A-Z", StringComparison.Ordinal) || value.Contains("a-z", StringComparison.Ordinal)
            || value.Contains("(?", StringComparison.Ordinal)
            || value.Contains("\\w", StringComparison.Ordinal) || value.Contains("\\d", StringComparison.Ordinal)
                || value.Contains("0-9]", StringComparison.Ordinal))
        {
            return true;
        }

        var open = value.IndexOf('{');
        var close = open < 0 ? -1 : value[open..].IndexOf('}');
        return close > 1 && char.IsLetter(value[open + 1]) && IsVariable(value.Slice(open + 1, close - 1));
    }

    /// <summary><c>${X}</c>, <c>{{ x }}</c>, <c>&lt;x&gt;</c>, <c>%X%</c>, <c>$X</c>, <c>[X]</c>, <c>@x@</c>, <c>#{x}</c>.</summary>
    private static bool IsTemplate(ReadOnlySpan<char> value)
    {
        if (value.Contains("${", StringComparison.Ordinal) || value.Contains("{{", StringComparison.Ordinal) || value.Contains("$(", StringComparison.Ordinal)
            || value.Contains("#{", StringComparison.Ordinal) || value.Contains("<%", StringComparison.Ordinal)
                || value.Contains("@{", StringComparison.Ordinal)
            || value.Contains("[[", StringComparison.Ordinal) || value.Contains("%(", StringComparison.Ordinal)
                || value.Contains("@Microsoft", StringComparison.Ordinal))
        {
            return true;
        }

        if (value[0] == '$' && (value.Contains(":$", StringComparison.Ordinal) || (value.IndexOf('/') is > 2 and var slash && IsSetting(value[1..slash]))))
        {
            return true;
        }

        if (value[0] == '[' && value.IndexOf(']') is > 1 and var close && !value[1..close].ContainsAnyExcept(Capitals))
        {
            return true;
        }

        var (first, last) = (value[0], value[^1]);
        var inner = value.Length > 2 ? value[1..^1] : default;
        if ((first == '<' && last == '>') || (first == '{' && last == '}') || (first == '%' && last == '%') || (first == '[' && last == ']')
            || (first == '_' && value.StartsWith("__") && value.EndsWith("__")))
        {
            return inner.IsEmpty || !inner.ContainsAnyExceptInRange('\0', '\u00FF') || inner.Length < 40;
        }

        if (first is '$' or '@' or '!' or '&' && value.Length > 1 && IsVariable(value[1..]))
        {
            return first != '!' || value[1..].Contains('_');
        }

        if (first == '@' && value.ContainsAny('.', ':', '/'))
        {
            return true;
        }

        return first == '%' && value.Length == 2;
    }

    /// <summary>A variable of a shell in capitals, as a path begins with one: <c>$REGISTRY/v2</c>.</summary>
    private static bool IsSetting(ReadOnlySpan<char> name) => char.IsAsciiLetterUpper(name[0]) && !name.ContainsAnyExcept(Capitals);

    private static bool IsVariable(ReadOnlySpan<char> name)
    {
        if (!char.IsLetter(name[0]) && name[0] != '_')
        {
            return false;
        }

        var digits = 0;
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '.' or ':' or '-' or '>' or '[' or ']'))
            {
                return false;
            }

            digits += char.IsDigit(c) ? 1 : 0;
        }

        return digits == 0 || (digits < 3 && name.Contains('_'));
    }

    /// <summary>The same character so often that nobody drew it.</summary>
    private static bool HasRun(ReadOnlySpan<char> value)
    {
        var run = 1;
        var covered = 0;
        for (var i = 1; i < value.Length; i++)
        {
            run = char.ToLowerInvariant(value[i]) == char.ToLowerInvariant(value[i - 1]) ? run + 1 : 1;
            covered += run == LongestRun ? LongestRun : run > LongestRun ? 1 : 0;
            if (run >= LongestRun && (value.Length <= ShortValue || run > 2 * LongestRun) && value[i] is 'x' or 'X' or '*' or '.' or '_' or '-' or '#' or '?')
            {
                return true;
            }
        }

        return covered * 2 >= value.Length || (value.Length > 1 && value.Length < LongestRun && !value.ContainsAnyExcept(value[0]));
    }

    /// <summary>A random value may have any word in it; a stand-in is made of words, with a number at most.</summary>
    private static bool IsMostlyWords(ReadOnlySpan<char> value)
    {
        var shape = new ValueShape(value);
        return shape.Digits <= 4 && shape.Symbols == shape.Joiners
            && (shape.Length < 40 || shape.Digits == 0 || (shape.Length < 80 && shape.Joiners >= 4 && shape.Digits <= 3)) && Gibberish.RareShare(value) < 0.35;
    }
}
