using System.Collections.Frozen;

namespace GatewayStack.Transform.Recognizers.Credentials.Topic;

/// <summary>
/// Words that say that people talk of secrets, with what each is worth: a word for a password more than a word for a login, that more than a thing that asks for one.
/// </summary>
internal static class TopicWords
{
    private const int LongestWord = 32;
    private const double Strong = 3.0;
    private const double Fair = 2.0;
    private const double Slight = 1.1;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> StrongWords = WordSet.Of(
        "password passwords passwd passwrd pass pw pws pwd pword psw passcode passcodes passphrase passphrases passkey psk pin pins pincode puk creds credentials credential "
            + "secret secrets codeword "
        + "passwort passwörter passworte kennwort kennwörter losung losungswort codewort geheimzahl zugangsdaten passphrase "
        + "mdp passe identifiants contraseña contraseñas contrasena clave claves credenciales parola credenziali wachtwoord wachtwoorden ww inloggegevens "
        + "senha senhas palavra-passe palavra-chave credenciais hasło hasła hasłem hasłu lösenord lösenordet lösenorden lösen lösenordsfras inloggningsuppgifter passord kodeord "
            + "adgangskode salasana heslo jelszó parolă şifre пароль");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> FairWords = WordSet.Of(
        "login logins log-in logon log-on signin sign-in wifi wi-fi wlan hotspot ssid code codes key keys keypad unlock unlocks unlocked unlocking locked encrypted decrypt "
            + "decrypts zip token tokens vault keychain bitwarden keepass access word phrase memorable "
        + "zugang zugänge anmeldung anmelden einloggen schlüssel türcode zahlenschloss verschlüsselt entsperren wort freischaltcode kombination zugangscode "
        + "identifiant accès connexion connecter clé clef chiffré déverrouiller digicode code codes acceso accesos código códigos llave cifrado desbloquear "
        + "accesso accessi accedere chiave codice codici cifrato sbloccare toegang inlog inloggen sleutel code versleuteld ontgrendelen "
        + "acesso acessos entrar código chave cifrado desbloquear dostęp dostępu logowanie logowania zalogować klucz kod kody zaszyfrowany odblokować inloggning inlogg logga "
            + "nyckel koden kod krypterad låsa åtkomst combination combo sudo root admin luks wpa");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> SlightWords = WordSet.Of(
        "log sign sticker temporary default bios supervisor maintenance account accounts user username asks asked prompt prompts prompted enter type typed entering typing "
            + "router portal console laptop pc computer panel printer nas server alarm safe lock door gate till netflix spotify "
        + "konto benutzer fragt gefragt eingeben tippen rechner weboberfläche drucker tür tor tresor schloss kasse compte utilisateur demande taper saisir ordinateur imprimante "
            + "porte portail coffre cadenas "
        + "cuenta usuario pide teclear ordenador impresora puerta caja candado utente chiede digitare stampante porta cassaforte lucchetto account gebruiker vraagt typen "
            + "printer deur kluis slot "
        + "conta utilizador pede computador impressora porta cofre cadeado konto użytkownik pyta wpisać komputer drukarka drzwi sejf kłódka konto användare frågar skriva dator "
            + "skrivare dörr kassaskåp lås");

    private static readonly string[] Endings =
    [
        "passwort", "kennwort", "passwörter", "kennwörter", "wachtwoord", "lösenord", "lösenordet", "losung", "password", "passphrase", "passcode", "pincode", "zugangsdaten",
        "passwortes", "passworts",
    ];

    private static readonly string[] FairEndings = ["schlüssel", "zugang", "code", "codes", "anmeldung", "login", "sleutel", "nyckel", "nyckeln", "kod", "koden", "inlog",
        "inloggning", "wlan", "wifi"];

    /// <summary>What each word is worth: the best where it stands in several lists.</summary>
    private static readonly WordTable<double> Worths = new([.. new[] { (StrongWords, Strong), (FairWords, Fair), (SlightWords, Slight) }
        .SelectMany(list => list.Item1.Set, (list, word) => KeyValuePair.Create(word, list.Item2)).DistinctBy(p => p.Key, StringComparer.OrdinalIgnoreCase)]);

    private static readonly WordEndings<double> Ends = new([.. Endings.Select(e => KeyValuePair.Create(e, Strong)), .. FairEndings.Select(e => KeyValuePair.Create(e, Fair))]);

    /// <summary>What a word is worth, in log-odds; 0 where it says nothing.</summary>
    public static double Of(ReadOnlySpan<char> word)
    {
        if (word.Length is < 2 or > LongestWord)
        {
            return 0;
        }

        var worth = Worths.TryGetValue(word, out var known) ? known : BeginsIn(word) ? Slight : 0;
        return worth < Strong ? Math.Max(worth, Ends.Best(word)) : worth;
    }

    /// <summary>A word for a secret itself.</summary>
    public static bool IsSecret(ReadOnlySpan<char> word) => Of(word) >= Strong;

    private static bool BeginsIn(ReadOnlySpan<char> word) =>
        word.StartsWith("admin", StringComparison.OrdinalIgnoreCase) || word.StartsWith("router", StringComparison.OrdinalIgnoreCase)
        || word.StartsWith("beheer", StringComparison.OrdinalIgnoreCase);
}
