using System.Buffers;
using System.Collections.Frozen;

namespace GatewayStack.Transform.Recognizers.Credentials.Spoken;

/// <summary>The words of messages with a code that is typed in once.</summary>
internal static class OneTimeWords
{
    private const string Accented = "àáâãäåčçéèêëěíîñňóôöøőřšúûüůýž";
    private const string Bare = "aaaaaacceeeeeiinnooooorsuuuuyz";

    /// <summary>Names of such codes. Those that a booking or a receipt has too are not among them.</summary>
    public static readonly string[] Names = WithPlain(
    [
        "verification code", "validation code", "one-time code", "one time code", "one-time passcode", "one-time pin", "single-use code", "sign-in code", "login code",
        "log-in code", "otp code", "sms code",
        "verifizierungscode", "einmalcode", "anmeldecode", "prüfcode", "sms-code", "freischaltcode",
        "code de validation", "code de vérification", "code à usage unique", "code d'authentification", "code de connexion",
        "código de verificación", "código de validación", "código de un solo uso", "código de inicio de sesión", "clave dinámica",
        "código de verificação", "código de validação", "código de uso único", "codi de verificació",
        "codice di verifica", "codice di validazione", "codice usa e getta", "codice temporaneo", "codice otp",
        "verificatiecode", "eenmalige code", "sms-kode", "sms-kod", "verifieringskod", "engångskod", "engångskoden", "inloggningskod", "engangskode", "engangskoden",
        "verifiseringskode", "bekræftelseskode", "verifikationskode", "påloggingskode", "vahvistuskoodi", "kertakoodi", "kirjautumiskoodi",
        "kod weryfikacyjny", "kod autoryzacyjny", "kod jednorazowy", "hasło jednorazowe", "kod sms", "ověřovací kód", "overovací kód", "jednorázový kód", "verifikační kód", "ellenőrző kód",
        "hitelesítő kód", "egyszeri kód",
        "cod de verificare", "codul de verificare", "codul tău de verificare", "verifikacijski kod", "potvrditveni kod", "doğrulama kod", "tek kullanımlık kod",
        "код подтверждения", "код проверки", "код для входа", "код входа", "проверочный код", "одноразовый код", "одноразовый пароль", "код підтвердження", "одноразовий код",
        "код для входу", "код за потвърждение", "κωδικός επαλήθευσης", "κωδικός επιβεβαίωσης",
        "mã xác thực", "mã xác nhận", "mã otp", "kode verifikasi", "kode otp", "kod pengesahan",
        "验证码", "驗證碼", "认证码", "動態密碼", "动态码", "認証コード", "確認コード", "認証番号", "ワンタイムパスワード", "인증번호", "인증코드", "인증 번호", "인증 코드", "رمز التحقق",
        "رمز التأكيد", "رمز الدخول", "ओटीपी", "קוד האימות", "קוד אימות", "รหัส otp", "รหัสยืนยัน",
    ]);

    /// <summary>Names of codes that help out where those, or a key, are lost.</summary>
    public static readonly string[] Substitutes = WithPlain(
    [
        "recovery code", "backup code", "rescue code", "unlock code",
        "wiederherstellungscode", "entsperrcode", "code de récupération", "code de secours", "code de déverrouillage", "código de recuperación", "código de desbloqueo",
        "código de recuperação", "código de desbloqueio", "codice di recupero", "codice di ripristino", "codice di sblocco", "herstelcode", "kod odzyskiwania",
        "återställningskod", "gendannelseskode", "gjenopprettingskode",
        "emergency code", "notfallcode", "code d'urgence", "código de emergencia", "código de emergência", "codice di emergenza",
    ]);

    /// <summary>Where the word alone is too short to look at.</summary>
    private static readonly string[] Phrases = ["din kod", "twój kod", "váš kód", "tvůj kód", "váš kod", "ваш код", "твой код", "твій код"];

    /// <summary>Words for any code.</summary>
    public static readonly string[] Any = WithPlain(["code", "passcode", "kode", "koden", "codice", "código", "codi", "codul", "kódod", "kódja", "koodisi", "κωδικός", .. Phrases]);

    /// <summary>What such a message says beside the code: how long it counts, and that it is nobody else's.</summary>
    private static readonly SearchValues<string> Signs = SearchValues.Create(
        [
            "minut", "share", "expires", "valid for", "never ask", "not give", "not tell", "didn't request", "did not request", "did not ask",
            "to log in", "to login", "to sign in",
            "to verify", "to confirm", "your login", "niemand", "nicht weiter", "gültig", "anmeldung", "bestätig", "communiquez", "partagez", "valable", "connexion", "comparta",
            "nadie", "caduca", "vence en", "sesión", "condivid", "nessuno", "scade", "l'accesso", "compartilhe", "partilhe", "ninguém", "expira", "deel deze", "deel hem",
            "deel dit", "geldig", "verloopt", "dela den inte", "dela inte", "del den ikke", "del ikke", "giltig", "gyldig", "utløper", "udløber", "älä jaa", "älä kerro",
            "voimassa", "udostępnia", "nie podawaj", "nikomu", "logowania", "nesdíl", "nezdieľa", "přihlášení", "ne oszd", "senki", "érvényes", "nimănui", "valabil", "никому",
            "не сообща", "действ", "нікому", "хвилин", "κοινοποι", "λεπτά",
        ],
        StringComparison.OrdinalIgnoreCase);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Owners = WordSet.Of(
        "your ihr ihre dein deine votre ton tu su tuo suo seu teu vosso je jouw uw din ditt deres twój váš tvoj ваш твой тво το σου σας el teu");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Owned = WordSet.Of("kódod kódja koodisi kodod kodja");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Verbs = WordSet.Of("on este to je adalah là هو είναι है הוא olarak يكون คือ ialah");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Articles = WordSet.Of("le la el il lo o den det the der die das");

    /// <summary>True for a text that speaks of a code as such messages do.</summary>
    public static bool IsMessage(ReadOnlySpan<char> text) => text.ContainsAny(Signs);

    /// <summary>"your".</summary>
    public static bool IsOwner(ReadOnlySpan<char> word) => Owners.Contains(word);

    /// <summary>A word for a code that says itself that it is the reader's.</summary>
    public static bool IsOwned(ReadOnlySpan<char> word) => word.Contains(' ') || Owned.Contains(word);

    /// <summary>"is", in languages whose other secrets are not read in sentences.</summary>
    public static bool Equates(ReadOnlySpan<char> word) => Verbs.Contains(word);

    /// <summary>Between "is" and the code: "est le 518204".</summary>
    public static bool IsArticle(ReadOnlySpan<char> word) => Articles.Contains(word);

    /// <summary>The words and what becomes of them on telephones that send no accents.</summary>
    private static string[] WithPlain(string[] words) => [.. words.Concat(words.Select(Plain)).Distinct()];

    private static string Plain(string word) => string.Concat(word.Select(c => Accented.IndexOf(c, StringComparison.Ordinal) is var at and >= 0 ? Bare[at] : c));
}
