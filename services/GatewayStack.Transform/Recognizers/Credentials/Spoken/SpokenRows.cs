using System.Buffers;
using System.Collections.Immutable;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Transform.Recognizers.Credentials.Spoken;

/// <summary>The table's rows for secrets as people write them to each other: before their word, as short codes, in lists, beside a login.</summary>
internal static class SpokenRows
{
    private const int Window = 200;
    private const int ShortWindow = 120;
    private const int FarWindow = 280;
    private const int ListWindow = 480;
    private const int ListedCodes = 10;

    private static readonly SearchValues<char> KeyLead = SearchValues.Create("*#ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    private static readonly SearchValues<char> DigitGroups = SearchValues.Create("0123456789 -");

    private static readonly string[] Lists =
    [
        "recovery code", "recovery codes", "backup code", "backup codes", "back-up codes", "rescue codes", "scratch codes", "emergency codes", "one-time codes",
        "wiederherstellungscodes", "backup-codes", "notfallcodes", "ersatzcodes",
        "codes de secours", "codes de récupération", "códigos de respaldo", "códigos de recuperación", "códigos de recuperação", "códigos de backup", "codici di backup",
        "codici di recupero", "herstelcodes", "back-upcodes", "reservecodes",
        "kody zapasowe", "kody odzyskiwania", "kody awaryjne", "återställningskoder", "reservkoder",
    ];

    private static readonly string[] Seeds =
    [
        "totp", "otp", "recovery code", "recovery key", "backup code", "rescue code", "2fa", "mfa", "authenticator", "setup key", "secret key", "seed", "two-factor",
        "two factor", "one-time", "google auth", "zwei-faktor", "zweiter faktor", "double authentification", "dos factores", "due fattori",
        "dois fatores", "tweestaps", "dwuetapow", "tvåfaktor", "authy", "base32", "manual entry",
    ];

    private static readonly string[] Keys = ["schlüssel", "key", "clé", "clef", "clave", "chiave", "chave", "sleutel", "klucz", "nyckel", "nyckeln", "kod", "koden", "code",
        "código", "codice", "pass", "netzwerkschlüssel", "netzschlüssel", "sicherheitsschlüssel", "netwerksleutel", "beveiligingssleutel", "nätverksnyckel", "nettverksnøkkel",
        "netværksnøgle", "nøgle", "nøkkel"];

    private static readonly string[] NewOnes = ["new one", "old one", "current one", "neue ist", "neues ist", "neue lautet", "le nouveau est", "la nueva es", "nuova è",
        "a nova é", "nieuwe is", "nowe to", "nya är", "mudámos para", "geändert auf", "changed it to"];

    private static readonly string[] Networks = ["wifi", "wi-fi", "wlan", "hotspot", "ssid", "gast-wlan", "gäste-wlan", "guest network", "gastnetz",
        "вайфай", "вай-фай", "вайфая", "вай-фая"];

    private static readonly string[] Opening =
    [
        "to get in", "to log in", "to login", "to sign in", "to log on", "to unlock", "to open it", "to unzip", "to decrypt", "gets you in", "lets you in", "will get you in",
        "is what you need", "when asked", "when it asks", "when prompted", "if it asks", "if asked",
        "verschlüsselt", "geschützt", "gesichert", "gesperrt", "kommst du rein", "kommt ihr rein", "kommen sie rein", "zum einloggen", "zum anmelden", "zum öffnen",
        "zum entsperren", "wenn gefragt", "pour te connecter", "pour se connecter", "pour vous connecter", "pour entrer", "pour ouvrir", "pour déverrouiller",
        "para entrar", "para acceder", "para iniciar", "para abrir", "para desbloquear", "para aceder", "per entrare", "per accedere", "per aprire", "per sbloccare",
        "om in te loggen", "om te openen", "om binnen te komen", "żeby wejść", "aby się zalogować",
        "żeby się zalogować", "żeby otworzyć", "för att logga in", "för att öppna", "för att komma in",
    ];

    private static readonly string[] Locked =
    [
        "locked with", "encrypted with", "encrypted it with", "protected with", "protected by", "unlock with", "unlock it with", "unlocks with", "unlocked with",
        "open it with", "opens with", "decrypt with", "decrypt it with", "unzip with", "unzip it with",
        "the attachment with", "the file with", "the archive with", "the zip with", "the pdf with", "the document please enter", "prompted, enter", "prompted, type",
        "when asked, enter", "when asked, type", "asks, type", "asks, enter", "asks for it:", "asks you for it:",
        "get in with", "getting in with", "get in using", "you get in with", "verschlüsselt mit", "geschützt mit", "gesichert mit", "gesperrt mit", "entsperren mit",
        "öffnen mit", "zum öffnen der datei", "zum öffnen des anhangs", "zum entpacken", "rein kommst du mit",
        "reinkommen mit", "chiffré avec", "protégé avec", "protégé par", "verrouillé avec", "s'ouvre avec", "déverrouiller avec", "ouvrir avec", "ouvre avec", "cifrado con",
        "protegido con", "bloqueado con", "se abre con", "ábrelo con", "desbloquea con",
        "puedes entrar con", "entras con", "se entra con", "cifrato con", "protetto con", "protetta con", "si apre con", "aprilo con", "si entra con", "entri con",
        "versleuteld met", "beveiligd met", "openen met", "gaat open met", "ontgrendelen met",
        "binnenkomen met", "cifrado com", "protegido com", "bloqueado com", "abre com", "abre-se com", "abrir com", "entras com", "zaszyfrowane", "zaszyfrowany",
        "zabezpieczone", "zabezpieczony", "otwiera się na", "krypterad med", "skyddad med", "låst med",
        "öppnas med", "lås upp med", "öppna med",
    ];

    private static readonly string[] Corrections =
    [
        "try", "probier", "versuch", "versuchs mit", "versuch mal", "essaie", "essaye", "prueba", "prova", "proba", "tenta", "probeer", "spróbuj", "prova med", "testa",
        "the old one", "die alte", "das alte", "l'ancien", "la anterior", "la vecchia", "a antiga", "het oude", "stare hasło", "gamla", "make it", "sorry", "oops", "typo",
        "correction", "capital", "uppercase", "lowercase", "upper case", "lower case", "new one", "the new one", "new:", "old:", "changed to", "changed it to",
        "changed it from", "changed from", "set to", "reset to", "now:", "now it's", "it's now",
        "entschuldigung", "tippfehler", "vertippt", "korrektur", "großes", "kleines", "großbuchstabe", "neu:", "alt:", "geändert auf", "geändert in", "gesetzt auf", "auf",
        "désolé", "pardon", "majuscule", "minuscule", "nouveau :", "nouveau:", "ancien :",
        "changé en", "perdón", "mayúscula", "minúscula", "nuevo:", "nueva:", "cambiado a", "cambiada a", "ahora es", "scusa", "maiuscola", "minuscola", "nuova:", "nuovo:",
        "cambiata in", "cambiato in", "adesso è", "ora è", "hoofdletter", "kleine letter",
        "nieuw:", "nieuwe:", "gewijzigd in", "veranderd in", "desculpa", "maiúscula", "nova:", "novo:", "mudei para", "mudámos para", "mudamos para", "mudou para", "agora é",
        "przepraszam", "wielka litera", "wielką literą", "nowe:", "zmienione na", "zmieniłem na", "zmieniłam na", "teraz",
        "förlåt", "stor bokstav", "stort", "ny:", "nya:", "ändrat till", "ändrade till", "bytt till", "bytte till",
    ];

    private static readonly string[] Products =
    [
        "licen", "lizenz", "licença", "licenz", "licenc", "licens", "serial", "serien", "product key", "product code", "activation", "activate", "aktivier", "activering",
        "aktywac", "aktiver", "attivazione", "activación", "ativação", "numéro de série",
        "número de série", "número de serie", "produktschlüssel", "clé de produit", "registration key", "unlock key", "upgrade key", "volume key",
    ];

    private static readonly string[] Wallets =
    [
        "half", "second", "part 1", "part 2", "hälfte", "teil 1", "teil 2", "wallet", "seed", "mnemonic", "recovery", "words", "wörter", "wortfolge", "portemonnaie", "mots",
        "palabras", "parole", "palavras", "woorden", "słów", "słowa", "ord", "ledger", "trezor", "metamask", "phrase", "frase", "fras", "backup", "restore",
        "wiederherstellungsphrase", "wiederherstellungswörter", "wiederherstellungsschlüssel", "merkwörter", "herstelzin", "herstelwoorden", "herstelfrase", "gendannelsesfrase",
        "gjenopprettingsfrase", "återställningsfras", "återställningsord", "palautuslause", "palautussanat", "obnovovací fráze", "kurtarma ifadesi", "сид-фраза", "сид фраза",
        "фраза восстановления", "мнемоника", "助记词", "助記詞", "リカバリーフレーズ", "ニーモニック", "복구 구문", "니모닉",
        "in order", "in dieser reihenfolge", "write down", "wrote down", "cold storage",
    ];

    private static readonly string[] Logins =
    [
        "log in", "login", "logging in", "sign in", "signing in", "log on", "logon", "get in", "einloggen", "anmelden", "anmeldung", "melde dich", "connecter", "connecte-toi",
        "connexion", "iniciar sesión", "inicia sesión", "accede", "entra", "entras",
        "accedi", "accedere", "entri", "entrar", "aceder", "inloggen", "log in op", "zaloguj", "logowanie", "logga in", "inloggning", "credentials", "access", "zugang",
        "accès", "acceso", "accesso", "acesso", "toegang", "dostęp", "mail address", "email address", "e-mail address", "mailadresse", "e-mail-adresse", "adresse mail",
        "indirizzo mail", "staff page", "nimm bitte",
    ];

    public static ImmutableArray<Recognizer> All { get; } =
    [
        Before("password-before", EntityTypes.Password, SecretWords.Password, BeforeVerifier.Password),
        Before("key-before", EntityTypes.ApiKey, SecretWords.Key, BeforeVerifier.Key),
        Before("token-before", EntityTypes.Secret, SecretWords.Token, BeforeVerifier.Token),
        Before("secret-before", EntityTypes.Secret, SecretWords.Secret, BeforeVerifier.Secret),
        Before("pin-before", EntityTypes.Password, [.. SecretWords.Pin, .. EntryWords.Codes, .. FurtherLanguages.Doors, .. OneTimeWords.Names], BeforeVerifier.Pin),
        Before("one-time-before", EntityTypes.Password, OneTimeWords.Any, OneTimeCodeVerifier.Before) with { InsideWords = false },
        Before("code-before", EntityTypes.Password, EntryWords.Any, EntryCodeVerifier.Before) with { MaxLength = 72, InsideWords = false },
        Row("new-one", EntityTypes.Password, NewOnes, SecretVerifier.NewOne) with { MaxLength = 80 },
        Before("opener-before", EntityTypes.Password, Opening, UseVerifier.Before) with { InsideWords = false, MaxLength = 32 },
        Before("wifi-before", EntityTypes.Password, Networks, WifiVerifier.Before) with { InsideWords = false },
        Row("locked-with", EntityTypes.Password, Locked, UseVerifier.Behind) with { Body = CredentialAlphabets.Line, MaxLength = ShortWindow },
        Row("corrected", EntityTypes.Password, Corrections, UseVerifier.Corrected) with { Body = CredentialAlphabets.Line, MaxLength = ShortWindow, Before = 240 },
        Row("spelled", EntityTypes.Password, ["it's", "it’s", "that's", "that’s", "c'est", "c’est", "das ist", "es ist", "het is", "to jest", "det är"], UseVerifier.Spelled) with
        {
            Body = CredentialAlphabets.Line, MaxLength = 80, Before = 240, Outlook = UseVerifier.SpelledOutlook,
        },
        Row("pair-in-list", EntityTypes.Password, PairListVerifier.Joints,
        PairListVerifier.Verify) with { Body = CredentialAlphabets.Line, MaxLength = 72, Before = 250 },
        new()
        {
            Name = "answer", Type = EntityTypes.Password, Gate = Gate.Colon, Score = 0.7,
            Body = CredentialAlphabets.Line, MaxLength = 56, MinLength = 10, Before = AnswerVerifier.Before,
            Verify = AnswerVerifier.Verify,
        },
        Digits("keyed", @"[*#A-Z]?\d{3,8}", KeyedVerifier.Verify) with { Body = Alphabets.Digit, MaxLength = 9, MinLength = 3, Before = 160, After = 40, Lead = KeyLead,
        MaxLead = 1, Shape = Shapes.Keyed },
        CredentialRow.Argument("pairing-code", @"(?i:pairing code|setup code|matter code|homekit|kopplungscode|einrichtungscode|code d'appairage|código de emparejamiento|codice di abbinamento|koppelcode)[^\d\r\n]{0,24}",
            "pairing code", "setup code", "matter code", "homekit", "kopplungscode", "einrichtungscode", "code d'appairage", "código de emparejamiento", "codice di abbinamento", "koppelcode")
            with { InsideWords = false, Verify = PairingCodeVerifier.Verify },
        Row("app-password", EntityTypes.Password, [.. SecretWords.Password, "app-specific"], AppPasswordVerifier.Verify) with { MaxLength = ShortWindow, InsideWords = true },
        Row("product-key", EntityTypes.ApiKey, Products, ProductKeyVerifier.Verify) with { MaxLength = ShortWindow },
        Row("wallet", EntityTypes.Secret, Wallets, WalletVerifier.Verify) with { MaxLength = ListWindow, Outlook = WalletVerifier.Outlook },
        Row("password-afar", EntityTypes.Password, SecretWords.Password, FarVerifier.Verify) with { MaxLength = FarWindow, InsideWords = true, Outlook = FarVerifier.Outlook },
        Row("entry-code", EntityTypes.Password, [.. EntryWords.Codes, .. FurtherLanguages.Doors], EntryCodeVerifier.Named) with { MaxLength = ShortWindow },
        Row("one-time-code", EntityTypes.Password, OneTimeWords.Names, OneTimeCodeVerifier.Named) with { MaxLength = 72, InsideWords = true },
        Row("code-in-place-of-another", EntityTypes.Secret, OneTimeWords.Substitutes, OneTimeCodeVerifier.Named) with { MaxLength = 72, InsideWords = true },
        Row("code-of-somebody", EntityTypes.Password, OneTimeWords.Any, OneTimeCodeVerifier.Any) with { MaxLength = ShortWindow, Before = 64 },
        Row("code-of-a-place", EntityTypes.Password, EntryWords.Any, EntryCodeVerifier.Any) with { MaxLength = ShortWindow, Outlook = EntryCodeVerifier.AnyOutlook },
        Row("guarded-place", EntityTypes.Password, EntryWords.Guards, EntryCodeVerifier.Guard) with { MaxLength = 72 },
        Digits("recovery-key", @"\d{6}(?:-\d{6}){3,7}", static (in Match match) => new Verdict(match.Length, 0.9)) with { Type = EntityTypes.Secret, MaxLength = 60,
        MinLength = 27, After = 1 },
        Digits("spelled-digits", @"\d(?:[ \-]\d){2,7}", SpelledCodeVerifier.Digits) with { Shape = Shapes.SpelledDigits },
        Digits("spelled-pairs", @"\d\d(?: \d\d){1,3}|\d\d \d{4}|\d\d(?:-\d\d){2,3}", SpelledCodeVerifier.Pairs) with { After = 3, Shape = Shapes.SpelledPairs },
        Row("wifi-key", EntityTypes.Password, Keys, WifiVerifier.Key) with { Outlook = WifiVerifier.KeyOutlook },
        Row("wifi", EntityTypes.Password, Networks, WifiVerifier.Network) with { Body = CredentialAlphabets.Line, MaxLength = ShortWindow },
        Row("login-and-password", EntityTypes.Password, Logins, LoginVerifier.InSentence) with { Body = CredentialAlphabets.Line, MaxLength = ShortWindow },
        new()
        {
            Name = "mail-and-password", Type = EntityTypes.Password, Gate = Gate.At, Score = 0.7,
            Lead = Alphabets.EmailLocal, MinLead = 1, MaxLead = 64, Body = CredentialAlphabets.Line, MaxLength = ShortWindow, MinLength = 12, Glance = LoginVerifier.MayFollow,
            Pattern = Patterns.Anchored(@"[^@\s]+@(?:[\p{L}\p{Nd}\-]+\.)+\p{L}{2,}"),
            Verify = LoginVerifier.BehindMail,
        },
        Row("otp-seed", EntityTypes.Secret, Seeds, SeedVerifier.Verify),
        .. Enumerable.Range(0, ListedCodes).Select(index =>
            Row($"listed-code-{index + 1}", EntityTypes.Secret, Lists, CodeListVerifier.For(index)) with { MaxLength = ListWindow }),
    ];

    private static Recognizer Before(string name, string type, string[] words, Verifier verifier) => Row(name, type, words, verifier) with
    {
        InsideWords = true,
        MaxLength = 40,
        Before = BeforeReader.Back + 40,
        Back = BeforeReader.Back,
        Reach = BeforeReader.ReachOf,
    };

    private static Recognizer Digits(string name, string pattern, Verifier verifier) => new()
    {
        Name = name,
        Type = EntityTypes.Password,
        Gate = Gate.Digit,
        Body = DigitGroups,
        MaxLength = 20,
        MinLength = 5,
        Before = 128,
        After = 32,
        SameLine = true,
        NotAfter = "_#",
        Pattern = Patterns.Anchored(pattern),
        Verify = verifier,
        Score = 0.7,
    };

    private static Recognizer Row(string name, string type, string[] words, Verifier verifier) => new()
    {
        Name = name,
        Type = type,
        Gate = Gate.Keyword,
        Keywords = words,
        Body = CredentialAlphabets.Any,
        MaxLength = Window,
        Before = 96,
        Verify = verifier,
        Score = 0.5,
    };
}
