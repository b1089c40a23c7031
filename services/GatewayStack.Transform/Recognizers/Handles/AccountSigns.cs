using System.Buffers;
using System.Collections.Frozen;

namespace GatewayStack.Transform.Recognizers.Handles;

/// <summary>Whether a second sign says that a field for users holds somebody's account. Most such fields of programs hold a job, a post or a place: <c>user=pos-sync</c>,
/// <c>owner=graphics</c>.</summary>
internal static class AccountSigns
{
    private static readonly SearchValues<string> Logins = SearchValues.Create(
        ["login", "logon", "name", "kennung", "identifiant", "inlog", "nick", "handle", "instagram", "discord", "github", "gitlab"], StringComparison.OrdinalIgnoreCase);

    private const int Reach = 70;
    private const int LongestInitials = 2;

    /// <summary>Parts that stand for a name: <c>firstname.lastname</c>.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Patterns = WordSet.Of(
        "first last name names firstname lastname surname forename initial initials vorname nachname name prenom prénom nom nombre apellido apellidos nome cognome sobrenome "
            + "apelido voornaam "
            + "achternaam imie imię nazwisko fornamn efternamn user username login your yourname id ihr dein votre tu su benutzer usuario utilisateur utente gebruiker "
            + "utilizador använd db app here xxx");

    /// <summary>True for a word that is said of nothing but the name of an account; "user" and "owner" are said of jobs and posts, too.</summary>
    public static bool IsLogin(ReadOnlySpan<char> word) => word.ContainsAny(Logins);

    /// <summary>True when digits, marks or capitals, an initial before a surname, a secret or an address behind it say so.</summary>
    /// <param name="name">The name.</param>
    /// <param name="rest">What stands behind it.</param>
    public static bool Stand(ReadOnlySpan<char> name, ReadOnlySpan<char> rest)
    {
        if (IsPattern(name))
        {
            return false;
        }

        if (name.ContainsAny(Alphabets.Digit) || name.ContainsAny('_', '.', '\\'))
        {
            return true;
        }

        var parts = 0;
        foreach (var range in name.Split('-'))
        {
            parts++;
            if ((name[range].Length <= LongestInitials || name[range] is "svc" or "srv" or "adm" or "ext" or "usr") && parts + name.Count('-') > 1)
            {
                return true;
            }
        }

        rest = rest[..Math.Min(rest.Length, Reach)];
        return (parts == 1 && LoginShape.BeginsAsNoWord(name)) || name[1..].ContainsAnyInRange('A', 'Z') || AccountWords.NamePassword(rest) || IsAddressed(rest);
    }

    /// <summary>True when every part of it says what a name would stand there.</summary>
    public static bool IsPattern(ReadOnlySpan<char> name)
    {
        if (name.EndsWith("username", StringComparison.OrdinalIgnoreCase) || name.StartsWith("var."))
        {
            return true;
        }

        foreach (var range in name.SplitAny("._-"))
        {
            if (!Patterns.Contains(name[range]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Where it came from: <c> from 203.0.113.51</c>, <c> src=</c>.</summary>
    private static bool IsAddressed(ReadOnlySpan<char> rest) =>
        (rest.IndexOf(" from ") is >= 0 and < 6 and var from && from + 6 < rest.Length && char.IsAsciiDigit(rest[from + 6]))
        || rest.StartsWith(" <") || rest.StartsWith(" src=") || rest.StartsWith(" ip=") || rest.StartsWith(" mail=") || rest.StartsWith(" email=");
}
