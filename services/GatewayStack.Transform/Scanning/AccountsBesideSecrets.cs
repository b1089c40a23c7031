using System.Buffers;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers;
using GatewayStack.Transform.Recognizers.Credentials;
using GatewayStack.Transform.Recognizers.Handles;

namespace GatewayStack.Transform.Scanning;

/// <summary>
/// Accounts whose field is too common a word to say so by itself, beside a secret that is sure: <c>UID=waage_ro</c> above <c>PWD=...</c>, <c>$user = 'farm_ribeira'</c>
/// above <c>$senha</c>; and what a call is given directly before its password: <c>auth=("nightly_sync", "...")</c>.
/// </summary>
/// <remarks>Only whole texts are asked, as of lone findings: a stream cannot know what is still to come.</remarks>
internal static class AccountsBesideSecrets
{
    /// <summary>A secret that is this sure has an account.</summary>
    private const double Sure = 0.8;
    private const double Likely = 0.8;
    private const int Shortest = 3;
    private const int Longest = 40;
    private const int Reach = 110;
    private const int LinesBefore = 2;
    private const int LongestInflection = 10;
    private const int LongestGap = 4;
    private const int MostLinks = 3;

    private static readonly Recognizer Row = new() { Name = "account-beside-a-secret", Type = EntityTypes.Username, Gate = Gate.Line, Score = Likely };

    private static readonly SearchValues<string> Keys = SearchValues.Create(
        ["user", "usr", "uid", "login", "logon", "account", "identity", "benutzer", "nutzer", "konto", "kennung", "utilisateur", "identifiant", "compte", "usuario", "cuenta", "utente", "utilizador", "conta",
            "gebruiker", "użytkownik", "användar", "bind_dn", "binddn", "bind dn"], StringComparison.OrdinalIgnoreCase);

    private static readonly System.Collections.Frozen.FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Links = WordSet.Of(
        "is ist bleibt lautet heißt heisst est reste es sigue è resta é continua is blijft jest är stays remains called name you are");

    /// <summary>Names of what a call is told, which are no accounts.</summary>
    private static readonly SearchValues<string> Settings = SearchValues.Create(
        ["pass", "pwd", "secret", "token", "key", "auth", "pin", "code", "cred", "mdp", "senha", "clave", "kennwort", "wort", "haslo", "header", "param", "value", "string", "psk", "phrase"], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<char> Name = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-");
    private static readonly SearchValues<char> Small = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_.-");

    /// <summary>Adds them to what was found.</summary>
    /// <param name="text">The whole folded text.</param>
    /// <param name="found">All that was found in it.</param>
    public static void Add(ReadOnlySpan<char> text, List<Candidate> found)
    {
        var known = found.Count;
        CoveredParts? covered = null;
        for (var i = 0; i < known; i++)
        {
            var secret = found[i];
            if (secret.Score < Sure || secret.Row.Type is not (EntityTypes.Password or EntityTypes.Secret))
            {
                continue;
            }

            var (start, length) = secret.Row.Type == EntityTypes.Password ? Argument(text, secret.Start) : default;
            if (length == 0)
            {
                (start, length) = Field(text, secret);
            }

            if (length > 0 && !(covered ??= new CoveredParts(found)).Meet(start, start + length))
            {
                found.Add(new Candidate(start, start + length, Row, Likely));
            }
        }
    }

    /// <summary>The quoted argument before a quoted secret.</summary>
    private static (int Start, int Length) Argument(ReadOnlySpan<char> text, int secret)
    {
        if (secret < Shortest + LongestGap || !ValueReader.IsQuote(text[secret - 1]))
        {
            return default;
        }

        var near = text[Math.Max(0, secret - Reach)..(secret - 1)].TrimEnd(" \t\r\n");
        if (near is not [.., var close, ','] || !ValueReader.IsQuote(close))
        {
            return default;
        }

        var end = near.Length - 2;
        var start = near[..end].LastIndexOfAnyExcept(Small) + 1;
        var name = near[start..end];
        return start > 0 && near[start - 1] == close && near[..(start - 1)].TrimEnd() is [.., '(' or ','] && (IsAccount(name, '\n') || (name.Contains('_') && IsWritten(name)))
            ? (Math.Max(0, secret - Reach) + start, name.Length) : default;
    }

    /// <summary>The nearest field for an account in the lines about the secret.</summary>
    private static (int Start, int Length) Field(ReadOnlySpan<char> text, Candidate secret)
    {
        var from = secret.Start;
        for (var lines = 0; from > 0 && secret.Start - from < Reach; from--)
        {
            if (text[from - 1] == '\n' && ++lines > LinesBefore)
            {
                break;
            }
        }

        (int Start, int Length) nearest = default;
        for (var at = from; at < secret.Start && text[at..secret.Start].IndexOfAny(Keys) is >= 0 and var next; at += 2)
        {
            at += next;
            nearest = ValueBehind(text, at, secret.Start) is { Length: > 0 } value ? value : nearest;
        }

        return nearest;
    }

    /// <summary>What stands behind the word for an account: in a field anything that may be one, in a sentence only what is written as accounts are.</summary>
    private static (int Start, int Length) ValueBehind(ReadOnlySpan<char> text, int key, int limit)
    {
        var at = key;
        while (at < limit && at - key < LongestInflection + LongestInflection && (char.IsLetter(text[at]) || text[at] == '_'))
        {
            at++;
        }

        // bind dn
        at += text[at..limit].StartsWith(" dn", StringComparison.OrdinalIgnoreCase) ? 3 : 0;
        var gap = at;
        while (gap < limit && gap - at < LongestGap + 8 && text[gap] is ' ' or '=' or ':' or '"' or '\'' or ',' or '\t' or '>')
        {
            gap++;
        }

        var signs = text[at..gap];
        if (signs.StartsWith("\" ") && text[gap..limit].StartsWith("value=\"", StringComparison.Ordinal))
        {
            gap += 7;
            signs = "=";
        }

        if (signs.ContainsAny('=', ':') || (signs.Contains(',') && signs.ContainsAny('"', '\'')))
        {
            gap += text[gap..limit].StartsWith("cn=", StringComparison.OrdinalIgnoreCase) || text[gap..limit].StartsWith("uid=", StringComparison.OrdinalIgnoreCase)
                ? text[gap..limit].IndexOf('=') + 1 : 0;
            return Token(text, gap, limit) is { Length: > 0 } field && IsWhole(text, gap, gap + field.Length) && !IsCode(text, key) ? (gap, field.Length) : default;
        }

        for (var links = 0; links < MostLinks && signs is " "; links++)
        {
            var word = Token(text, gap, limit);
            if (word.IsEmpty)
            {
                return default;
            }

            if (!Links.Contains(word))
            {
                return LoginShape.IsMarked(word) || LoginShape.BeginsAsNoWord(word) ? (gap, word.Length) : default;
            }

            gap += word.Length + 1;
        }

        return default;
    }

    /// <summary>No first word of several: <c>users: "control room"</c>, <c>account: please call us</c>.</summary>
    private static bool IsWhole(ReadOnlySpan<char> text, int start, int end)
    {
        var isQuoted = ValueReader.IsQuote(text[start - 1]) || (start > 4 && text[start - 1] == '=' && ValueReader.IsQuote(text[start - 4]));
        return isQuoted ? text[end] == text[start - 1] || text[end] is '"' or '\'' or ',' : text[end] != ' ' || text[end + 1] == ' ' || LoginShape.IsMarked(text[start..end])
            || AccountWords.NamePasswordNext(text[end..Math.Min(text.Length, end + 24)]);
    }

    /// <summary>Part of a longer name that speaks of something else: <c>users.user_id</c>, <c>account_type</c>.</summary>
    private static bool IsCode(ReadOnlySpan<char> text, int key)
    {
        var end = key;
        while (end < text.Length && (char.IsLetter(text[end]) || text[end] == '_'))
        {
            end++;
        }

        var word = text[key..end];
        return word.IndexOf('_') is > 0 and var mark && word[(mark + 1)..] is not ("name" or "NAME" or "Name" or "id" or "ID" or "login" or "LOGIN" or "dn" or "DN")
            || word.EndsWith("type", StringComparison.OrdinalIgnoreCase) || word.EndsWith("role", StringComparison.OrdinalIgnoreCase)
            || word.EndsWith("group", StringComparison.OrdinalIgnoreCase)
            || word.EndsWith("agent", StringComparison.OrdinalIgnoreCase) || (key > 0 && text[key - 1] is '/' or '.' or '?');
    }

    private static ReadOnlySpan<char> Token(ReadOnlySpan<char> text, int at, int limit)
    {
        var length = text[at..limit].IndexOfAnyExcept(Name);
        var name = (length < 0 ? text[at..limit] : text.Slice(at, length)).TrimEnd(".-");
        return at + name.Length < text.Length && (Links.Contains(name) || IsAccount(name, text[at + name.Length])) ? name : [];
    }

    private static bool IsAccount(ReadOnlySpan<char> name, char next) =>
        IsWritten(name) && !NoNames.IsPost(name) && !NoNames.IsThing(name) && next is not ('(' or '[' or '{' or '$' or '/' or '=' or ':' or '%' or '@');

    private static bool IsWritten(ReadOnlySpan<char> name) =>
        name.Length is >= Shortest and <= Longest && char.IsAsciiLetter(name[0]) && name.ContainsAny(Small) && !NoNames.IsWord(name) && !PlaceholderValues.Is(name)
            && !SecretBeside.IsEverywhere(name)
        && !References.IsLocation(name) && !AccountSigns.IsPattern(name) && !name.ContainsAny(Settings);
}
