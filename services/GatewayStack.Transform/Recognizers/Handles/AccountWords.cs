using System.Buffers;
using System.Collections.Frozen;

namespace GatewayStack.Transform.Recognizers.Handles;

/// <summary>The words round the names of accounts.</summary>
internal static class AccountWords
{
    /// <summary>Words that an account's name follows.</summary>
    public static readonly string[] Names =
    [
        "user", "username", "user name", "login", "logon", "handle", "nick", "nickname", "alias", "screen name", "benutzer", "benutzername", "nutzer", "kennung",
        "zugangskennung", "anmeldename", "usuario", "usuário", "utente", "nome utente",
        "utenza", "gebruiker", "gebruikersnaam", "inlognaam", "identifiant", "utilisateur", "utilizador", "użytkownik", "nazwa użytkownika", "användare", "användarnamn",
        "inlog", "insta", "instagram", "ig", "discord", "telegram", "snapchat",
        "skype", "tiktok", "twitter", "github", "gitlab", "steam", "psn", "gamertag", "twitch", "reddit", "mastodon", "bluesky", "pseudo", "pseudonyme", "apodo", "spielername",
        "ksywa", "gamer tag", "kullanıcı adı", "kullanıcı", "brugernavn", "brukernavn", "käyttäjätunnus", "käyttäjänimi", "uživatelské jméno", "používateľské meno", "felhasználónév",
        "nume de utilizator", "nom d'usuari", "korisničko ime", "имя пользователя", "логин", "пользователь", "логін", "ім'я користувача", "користувач", "потребителско име", "όνομα χρήστη", "χρήστης",
        "שם משתמש", "שם המשתמש", "اسم المستخدم", "उपयोगकर्ता नाम", "यूज़रनेम", "ชื่อผู้ใช้", "tên đăng nhập", "nama pengguna", "ユーザー名", "ユーザーid", "ログインid", "用户名", "用戶名", "账号", "帳號", "사용자 이름",
        "아이디",
    ];

    /// <summary>Words that say less: something must show that a name follows.</summary>
    public static readonly string[] Weak = ["inloggning", "inlogg", "bearbeitung", "bearbeiter", "sachbearbeiter", "logowanie", "anmeldung", "connexion", "account", "konto",
        "compte", "cuenta", "conta", "session", "naam", "kontot", "logged by", "actor", "author", "assignee", "reporter", "requester", "sender", "owner", "poster",
        "reviewed-by", "co-authored-by", "signed-off-by", "acked-by", "tested-by", "posted by", "created_by", "updated_by", "submitted by", "found by", "reported by",
        "raised by", "opened by", "closed by", "assigned to", "reply from", "ingezonden door", "erstellt von", "gemeldet von", "créé par", "creado por", "aperto da",
        "aberto por", "zgłoszone przez", "skapad av", "now known as"];

    /// <summary>Words of a sentence that ends with the account: "log in ... as x".</summary>
    public static readonly string[] SignIns =
    [
        "log in", "login", "logged in", "logging in", "log on", "sign in", "signed in", "jump", "ssh", "connect", "connected", "authenticate", "running", "einloggen",
        "eingeloggt", "anmelden", "angemeldet", "connecter", "connecté", "connecte-toi",
        "iniciar sesión", "inicia sesión", "conectado", "entra", "entras", "entri", "accedi", "accedere", "entrar", "entre", "aceder", "inloggen", "ingelogd", "zaloguj",
        "zalogowany", "logga in", "inloggad",
    ];

    /// <summary>As whom one signs in.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> As = WordSet.Of("as als som como come comme jako que");

    /// <summary>With what one does.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> With = WordSet.Of("with mit con avec com met med user benutzer usuario utente z");

    private static readonly SearchValues<string> Passwords = SearchValues.Create(
        ["passwor", "kennwort", "contrase", "mot de passe", "senha", "palavra", "parola", "wachtwoord", "hasł", "lösen", "losung", " pw", " pass ", " pass:", "password",
        "clave", "chiave", "pin", "schlüssel"],
        StringComparison.OrdinalIgnoreCase);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Ones =
        Names.Concat(Weak).Concat(SignIns).ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Small = WordSet.Of(
        "first initial temporary starting and with the a und mit dem das et avec le y con la el e il com a o en met het i z oraz och med its his her no new temp wifi db web vpn");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Kinds = WordSet.Of("issued domain domenowy domaine dominio domein windows new neu neue "
        + "neuer nuovo nouveau nuevo novo nieuw nowy ny");

    /// <summary>Stands between such a word and its colon: "login issued:".</summary>
    public static bool IsKind(ReadOnlySpan<char> word) => Kinds.Contains(word);

    /// <summary>True for one of these words.</summary>
    public static bool IsOne(ReadOnlySpan<char> word) => Ones.Contains(word);

    /// <summary>True for "as".</summary>
    public static bool IsAs(ReadOnlySpan<char> word) => As.Contains(word);

    /// <summary>True for "with".</summary>
    public static bool IsWith(ReadOnlySpan<char> word) => With.Contains(word);

    /// <summary>The same, where nothing but a sign or a small word stands before that word: <c>, pw</c>, <c> and the password</c>.</summary>
    public static bool NamePasswordNext(ReadOnlySpan<char> text)
    {
        var first = text.IndexOfAny(Passwords);
        if (first < 0)
        {
            return false;
        }

        // "Startkennwort" is one word.
        while (first > 0 && char.IsLetter(text[first - 1]))
        {
            first--;
        }

        foreach (var range in text[..first].Split(' '))
        {
            if (text[..first][range].Trim(",;:/|&+-–()\"'`") is { Length: > 0 } word && !Small.Contains(word))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True when a word for a password stands here: what stands before it is whose it is.</summary>
    public static bool NamePassword(ReadOnlySpan<char> text) => text.ContainsAny(Passwords);
}
