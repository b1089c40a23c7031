using System.Buffers;
using System.Collections.Immutable;

namespace GatewayStack.Transform.Recognizers.Credentials.Spoken;

/// <summary>The table's rows for secrets as people write them to each other: before their word, as short codes, in lists, beside a login.</summary>
internal static class SpokenRows
{
    private const int Window = 200;
    private const int ShortWindow = 120;
    private const int FarWindow = 280;
    private const int ListWindow = 480;
    private const int ListedCodes = 10;

    private static readonly SearchValues<char> DigitGroups = SearchValues.Create("0123456789 -");

    private static readonly string[] Lists =
    [
        "recovery code", "recovery codes", "backup code", "backup codes", "back-up codes", "rescue codes", "scratch codes", "emergency codes", "one-time codes", "wiederherstellungscodes", "backup-codes", "notfallcodes", "ersatzcodes",
        "codes de secours", "codes de récupération", "códigos de respaldo", "códigos de recuperación", "códigos de recuperação", "códigos de backup", "codici di backup", "codici di recupero", "herstelcodes", "back-upcodes", "reservecodes",
        "kody zapasowe", "kody odzyskiwania", "kody awaryjne", "återställningskoder", "reservkoder",
    ];

    private static readonly string[] Seeds =
    [
        "totp", "otp", "2fa", "mfa", "authenticator", "setup key", "secret key", "seed", "two-factor", "two factor", "one-time", "google auth", "zwei-faktor", "zweiter faktor", "double authentification", "dos factores", "due fattori",
        "dois fatores", "tweestaps", "dwuetapow", "tvåfaktor", "authy", "base32", "manual entry",
    ];

    private static readonly string[] Keys = ["schlüssel", "key", "clé", "clef", "clave", "chiave", "chave", "sleutel", "klucz", "nyckel", "nyckeln", "kod", "koden", "code", "código", "codice", "pass"];

    private static readonly string[] NewOnes = ["new one", "old one", "current one", "neue ist", "neues ist", "neue lautet", "le nouveau est", "la nueva es", "nuova è", "a nova é", "nieuwe is", "nowe to", "nya är", "mudámos para", "geändert auf", "changed it to"];

    private static readonly string[] Networks = ["wifi", "wi-fi", "wlan", "hotspot", "ssid", "gast-wlan", "gäste-wlan", "guest network", "gastnetz"];

    private static readonly string[] Logins =
    [
        "log in", "login", "logging in", "sign in", "signing in", "log on", "logon", "get in", "einloggen", "anmelden", "anmeldung", "melde dich", "connecter", "connecte-toi", "connexion", "iniciar sesión", "inicia sesión", "accede", "entra", "entras",
        "accedi", "accedere", "entri", "entrar", "aceder", "inloggen", "log in op", "zaloguj", "logowanie", "logga in", "inloggning", "credentials", "access", "zugang", "accès", "acceso", "accesso", "acesso", "toegang", "dostęp",
    ];

    public static ImmutableArray<Recognizer> All { get; } =
    [
        Before("password-before", EntityTypes.Password, SecretWords.Password, BeforeVerifier.Password),
        Before("key-before", EntityTypes.ApiKey, SecretWords.Key, BeforeVerifier.Key),
        Before("token-before", EntityTypes.Secret, SecretWords.Token, BeforeVerifier.Token),
        Before("secret-before", EntityTypes.Secret, SecretWords.Secret, BeforeVerifier.Secret),
        Before("pin-before", EntityTypes.Password, [.. SecretWords.Pin, .. EntryWords.Codes], BeforeVerifier.Pin),
        Before("code-before", EntityTypes.Password, EntryWords.Any, EntryCodeVerifier.Before) with { MaxLength = 72, InsideWords = false },
        Row("new-one", EntityTypes.Password, NewOnes, SecretVerifier.NewOne) with { MaxLength = 80 },
        Row("password-afar", EntityTypes.Password, SecretWords.Password, FarVerifier.Verify) with { MaxLength = FarWindow, InsideWords = true },
        Row("entry-code", EntityTypes.Password, EntryWords.Codes, EntryCodeVerifier.Named) with { MaxLength = ShortWindow },
        Row("code-of-a-place", EntityTypes.Password, EntryWords.Any, EntryCodeVerifier.Any) with { MaxLength = ShortWindow },
        Row("guarded-place", EntityTypes.Password, EntryWords.Guards, EntryCodeVerifier.Guard) with { MaxLength = 72 },
        Digits("recovery-key", @"\d{6}(?:-\d{6}){3,7}", static (in Match match) => new Verdict(match.Length, 0.9)) with { Type = EntityTypes.Secret, MaxLength = 60, MinLength = 27, After = 1 },
        Digits("spelled-digits", @"\d(?:[ \-]\d){2,7}", SpelledCodeVerifier.Digits),
        Digits("spelled-pairs", @"\d\d(?: \d\d){1,3}|\d\d \d{4}|\d\d(?:-\d\d){2,3}", SpelledCodeVerifier.Pairs) with { After = 3 },
        Row("wifi-key", EntityTypes.Password, Keys, WifiVerifier.Key),
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
