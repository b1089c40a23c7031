using System.Collections.Frozen;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>The words that announce a secret, and those beside them that say it is none.</summary>
internal static class SecretWords
{
    private static readonly string[] KeyOwners =
    [
        "api", "access", "secret", "auth", "private", "encryption", "signing", "account", "master", "license", "licence", "subscription", "shared",
        "storage", "service", "session",
        "webhook", "app", "application", "integration", "ingest", "ingestion", "write", "admin", "security", "host", "function", "root", "deploy",
        "functions", "client", "product",
        "aes", "hmac", "decryption", "instrumentation", "routing", "server", "sas", "ssh", "gateway", "preshared", "validation", "cookie", "jwt", "crypto", "cipher", "provisioning",
        "activation", "enrollment", "enrolment", "pairing", "device", "partner", "merchant", "payment", "loyalty", "maps", "geocoding", "sms", "push", "mailer", "telemetry",
        "tenant", "agent", "backup", "feed", "terminal", "unseal", "peer", "fcm", "vapid",
    ];

    /// <summary>Passwords, in the languages that text is written in.</summary>
    public static readonly string[] Password = WithJoints(
    [
        "password", "passwd", "passwrd", "passwort", "passphrase", "passcode", "pass phrase", "pass code", "pwd", .. Joined("pg", "db", "mysql", "user",
        "admin", "root", "smtp", "ftp", "my", "new", "old", "wifi", "ssh", "redis", "sa", "login", "mail", "account", "default", "proxy",
        "bind", "mq", "mqtt", "sftp", "imap", "pop", "ldap", "vpn", "web", "http", "sql", "nas", "svc", "snmp", "sudo", "wpa", "wlan", "guest", "remote", "local", "imap4",
        "sasl", "server", "client", "service", "app", "repl", "replication", "cluster", "master", "keystore", "truststore", "key", "cert", "pfx", "pdf", "zip", "archive", "backup", "disk", "share",
        "domain", "rdp", "vnc", "ap", "hotspot", "router", "camera", "printer", "sip", "pppoe", "radius"), "kennwort", "passord",
        "lösenord", "losenord", "adgangskode", "kodeord",
        "salasana", "wachtwoord", "contraseña", "contrasena", "contrasinal", "contrasenya", "senha", "palavra-passe", "mot de passe", "motdepasse", "hasło",
        "haslo", "heslo", "jelszó", "jelszo",
        "şifre", "sifre", "parola", "пароль", "пароля", "пароли", "geslo", "lozinka", "slaptažodis", "parole", "密码", "密碼", "口令", "パスワード", "비밀번호", "암호",
        "mật khẩu", "kata sandi",
        "kata laluan", "κωδικός", "סיסמה", "סיסמא", "كلمة المرور", "كلمة السر", "पासवर्ड", "รหัสผ่าน", "clave", "mdp", "pass", "pw", "psw", "pword",
            "pswd", "psk", "hasła", "hasłem", "hasła", "lösen", "wachtwoorden", "passwörter", "contraseñas", "senhas", "palavra passe", "palavra-chave", "parola d'ordine",
            "parola chiave", "parola segreta", "mot secret", "secret word", "security word", "telephone password", "hasło telefoniczne", "hasła telefonicznego",
            "ww", "inlogwoord", "toegangswoord", "codeword", "code word", "memorable word", "account word", "support word", "memorable name", "memorable place",
            "memorable information", "security answer", "schlüsselwort", "losung", "losungswort", "codewort", "contraseña de", "palabra clave", "palabra secreta", "pass-word",
            "log-in password", "jelszava", "jelszavam", "jelszavunk", "jelszavak", "şifresi", "sifresi", "şifrem", "sifrem", "şifreniz", "şifren", "parolası", "parolam", "parool",
            "parooli", "הסיסמה", "הסיסמא", "비번", "pasahitza", "lykilorð", "lykilorðið", "aðgangsorð", "паролем", "heslem", "heslá", "salasanani", "salasanasi", "salasanan",
            .. Compounds(["gerät", "geräte", "start", "benutzer", "admin", "administrator", "master", "initial", "haupt", "standard", "wlan", "netzwerk", "mail", "email",
            "zugangs", "einmal", "kunden", "server", "datenbank", "root", "router", "system", "telefon", "konto", "archiv", "portal"],
                "passwort", "kennwort"),
            .. Compounds(["wifi", "begin", "start", "inlog", "hoofd", "admin", "beheer", "gast", "netwerk", "tijdelijk"], "wachtwoord"),
            .. Compounds(["start", "engångs", "huvud", "admin", "wifi", "nätverks", "gäst"], "lösenord"),
            .. FurtherLanguages.Password,
    ]);

    /// <summary>Keys.</summary>
    public static readonly string[] Key =
    [
        .. KeyOwners.SelectMany(o => new[] { $"{o}key", $"{o}_key", $"{o}-key", $"{o} key" }), "credential", "x-api-key", "api-schlüssel", "api schlüssel",
            "clé api", "clé d'api", "cle api", "clave api", "x-sleutel", "x-key", "licentiesleutel", "lizenzschlüssel", "produktschlüssel", "clé de licence",
            "chiave di licenza", "nyckeln till", "zugriffsschlüssel",
        "clave de api", "clé secrète", "chave api", "chave da api", "chave de api", "chiave api", "api-sleutel", "klucz api", "apiキー", "api密钥", "密钥",
        "ключ api", "api ключ", "api-ключ", "authkey", "access_key_id", "access-key-id", "accesskeyid", "access key id",
    ];

    /// <summary>Tokens.</summary>
    public static readonly string[] Token =
    [
        "token", "accesstoken", "authtoken", "bottoken", "refreshtoken", "sessiontoken", "idtoken", "bearertoken", "githubtoken", "usertoken", "jwttoken",
        "logintoken", "jeton", "токен", "令牌", "トークン", "토큰", "bearer", "sessionid", "session_id", "session-id", "session id", "cookie", "authorization",
        "x-auth", "redis_auth", "redisauth", "sst_auth", "proxy_auth", "mqtt_auth", "apitoken", "token de acceso", "token de acesso", "token di accesso", "token dostępu",
            "zugriffstoken", "remember_me", "sessie-id", "sitzungs-id",
    ];

    /// <summary>Secrets of other names.</summary>
    public static readonly string[] Secret =
    [
        "secret", "salt", "hmac", "clientsecret", "appsecret", "sharedsecret", "jwtsecret", "webhooksecret", "signingsecret", "consumersecret", "apisecret", "authsecret",
        "geheimnis", "secreto", "segreto", "segredo", "signing secret", "signing key", "shared key", "hmac key", "hmac secret", "webhook key", "zugangsdaten",
        "signaturschlüssel", "signaturgeheimnis", "client-geheimnis", "webhook-geheimnis", "clé de signature", "clave de firma", "klucz podpisu", "секрет", "credentials",
        "creds", "recovery code", "backup code", "recovery key", "recovery phrase",
        "seed phrase",
        "wiederherstellungscode", "signature", "encryption salt",
    ];

    /// <summary>Short numbers.</summary>
    public static readonly string[] Pin = WithJoints(
    [
        "pin", "otp", "totp", "2fa", "mfa", "one-time code", "one time code", "one-time password", "one time password", "verification code", "security code",
        "auth code", "authentication code",
        "access code", "login code", "confirmation code", "door code", "badge code", "safe code", "locker code", "alarm code", "gate code", "entry code",
        "unlock code", "tan", "bestätigungscode", "sicherheitscode", "code de vérification", "código de verificación",
        "código de verificação", "código pin", "code pin", "geheimzahl", "pincode", "pin code", "wifi code", "sms code", "code secret", "code confidentiel", "código secreto",
        "codice segreto", "codice pin", "kod pin", "pin-code", "pin-kod", "pinkod",
        "código de acceso", "código de acesso", "codice di accesso", "kod dostępu", "toegangscode", "inlogcode", "passcodes", "geheimcode", "zugangscode", "entsperrcode",
        "sim-pin", "puk", "puk-kod", "host_key", "karten-pin", "numer pin", "host key", "pinkoden", "pin-koden",
        "暗証番号", "暗証コード", "pin番号", "pinコード", "認証コード", "認証番号", "確認コード", "セキュリティコード", "验证码", "驗證碼", "pin码", "pin碼", "인증번호", "인증 코드", "핀번호", "пин-код", "пинкод",
        .. FurtherLanguages.Pin,
    ]);

    /// <summary>Words that are part of others too often to count inside one.</summary>
    public static readonly FrozenSet<string> Whole = Set(
        "pass", "pw", "ww", "psw", "pwd", "mdp", "clave", "pin", "otp", "totp", "2fa", "mfa", "tan", "pat", "parola", "parole", "pword", "pswd", "creds", "cookie",
        "bearer", "signature", "x-auth", "heslo", "geslo", "lösen", "losung", "puk", "пин", "пін", "הפין");

    /// <summary>Parts of a name that say that it names something about a secret, not the secret.</summary>
    public static readonly FrozenSet<string> About = Set(
        "length", "len", "min", "max", "policy", "policies", "source", "quelle", "fuente", "fonte", "bron", "source", "origin", "url", "uri", "link", "reset", "resets",
        "expiry", "expires", "expire", "expired", "expiration",
        "ttl", "type", "types", "name", "names", "file", "filename",
        "files", "path", "field", "fields", "label", "hint", "placeholder", "count", "counts", "limit", "limits", "ref", "reference", "enabled", "disabled",
        "required", "valid", "invalid", "validator", "validation", "strength",
        "changed", "change", "updated", "created", "at", "age", "days", "rotation", "rotated", "regex", "pattern", "error", "errors", "message", "manager",
        "provider", "store", "service", "services", "endpoint", "algorithm", "alg",
        "issuer", "audience", "format", "prefix", "header", "usage", "used", "budget", "parser", "protected", "based", "less", "free", "only",
        "authenticated", "handler", "factory", "builder", "generator", "generation",
        "template", "input", "box", "form", "page", "screen", "view", "button", "icon", "id", "ids", "index", "size", "source", "scope", "scopes", "cost",
        "costs", "price", "window", "rate", "map", "list", "set", "column",
        "attempts", "attempt", "retries", "history", "rules", "rule", "requirements", "requirement", "check", "checker", "match", "matches", "mismatch",
        "version", "status", "state", "time", "timeout", "date", "year", "info",
        "exists", "missing", "verified", "lifetime", "duration", "encoder", "encoding", "sharing", "santa", "sauce", "ingredient", "agent", "number",
        "plugin", "module", "class", "options", "option", "config", "configuration",
        "mode", "method", "methods", "aware", "safe", "like", "bucket", "stream", "ring", "board", "keeper", "vault", "accessor", "lookup", "interceptor",
        "middleware", "guard", "request", "response", "dto", "model", "entity",
        "schema", "table", "exception", "failed", "failure", "event", "listener", "callback", "func", "function", "fn", "spec", "economics", "sale",
        "holders", "holder", "vesting", "supply", "contract",
        "policyarn", "arn", "kind", "keyref", "selector", "refresh", "refreshed", "revoked", "recovery", "entry", "prompt", "visibility", "toggle",
        "visible", "ändern", "aendern", "vergessen", "changer", "modifier", "cambiar", "cambia", "olvidada", "wijzigen", "vergeten", "ändra", "zmien", "zmień",
        "degistir", "değiştir", "yanlis", "yanlış", "unuttum", "secretname", "arg", "args", "through", "thru", "fail", "fails");

    /// <summary>Parts before the word that say the same.</summary>
    public static readonly FrozenSet<string> NoSecret = Set(
        "max", "min", "num", "n", "total", "count", "input", "output", "prompt", "mask", "special", "public",
        "has", "is", "no", "show", "hide", "toggle", "forgot", "forgotten", "invalid", "missing", "require", "requires", "required", "validate", "check",
        "verify", "get", "fetch", "parse", "cached", "used", "per", "generate", "generated", "by", "without", "non", "any", "each", "enable", "use", "allow", "with");

    /// <summary>Parts before a word for a token or a key that say so too: a place in a list, a piece of a text, an order.</summary>
    public static readonly FrozenSet<string> NoToken = Set(
        [.. NoSecret, "completion", "next", "page", "prev", "previous", "continuation", "eos", "bos", "pad", "unk", "sep", "cls", "cancellation",
        "reasoning", "image", "audio", "thinking", "tokens", "cursor", "sync", "nft", "erc20", "governance", "stop", "lexer", "syntax", "compass",
        "primary", "foreign", "sort", "partition"]);

    /// <summary>Words that a sentence says about a secret where the secret might stand.</summary>
    public static readonly FrozenSet<string> States = Set(
        [.. FurtherLanguages.States, "required", "wrong", "incorrect", "invalid", "expired", "weak", "strong", "missing", "empty", "correct", "stored", "hashed", "encrypted", "secure",
        "safe", "compromised", "okay", "fine", "needed", "optional", "temporary",
        "changed", "unknown", "blank", "private", "secret", "here", "there", "below", "above", "attached", "valid", "good", "long", "short", "simple",
        "complex", "enough", "unique", "random", "reset", "shared", "public", "known",
        "gone", "lost", "forgotten", "stolen", "leaked", "exposed", "protected", "mandatory", "visible", "hidden", "disabled", "enabled", "masked",
        "redacted", "removed", "pending", "active", "inactive", "revoked", "rotated",
        "generated", "provided", "sent", "used", "same", "different", "default", "case-sensitive", "available", "unavailable", "important", "confidential",
        "sensitive", "numeric", "alphanumeric", "defined", "undefined", "unset", "personal", "personale", "personnel", "personnelle", "persönlich", "persoonlijk", "pessoal",
        "personlig", "personligt", "osobiste", "osobní", "individual", "individuale", "individuel", "individuell",
        "string", "number", "integer", "boolean", "bool", "object", "array", "text", "varchar", "char", "bytes", "byte", "float", "double", "void", "null",
        "none", "nil", "true", "false", "nan", "any", "unknown", "never", "optional",
        "str", "int", "dict", "list", "bytes", "self", "this", "type", "value", "values", "field", "input", "output", "data", "body", "form", "header",
        "headers", "query", "param", "params", "req", "request", "res", "response",
        "yes", "both", "either", "neither", "all", "none", "nothing", "something", "anything", "what", "which", "that", "this", "these", "those", "when",
        "where", "then", "than", "must", "should", "will", "would", "could", "can",
        "cannot", "may", "might", "not", "the", "your", "their", "his", "her", "its", "our", "and", "but", "for", "from", "with", "without", "into", "only",
        "also", "just", "still", "now", "never", "always", "later", "soon",
        "please", "contact", "admin", "administrator", "user", "users", "username", "login", "email", "everyone", "nobody", "someone", "ask", "see", "read",
        "write", "click", "enter", "type", "choose", "create", "update", "delete",
        "strings", "password", "passwords", "token", "tokens", "secret", "secrets", "key", "keys", "manager", "vault", "keychain", "bitwarden", "lastpass",
        "keepass", "dashlane", "hidden", "keyring", "erforderlich", "falsch", "abgelaufen",
        "ungültig", "vergessen", "requis", "incorrecte", "incorrecta", "obligatoire", "oublié", "obligatoria", "inválida", "olvidada", "obrigatória", "obrigatório", "wymagane",
        "obbligatoria", "obbligatorio", "verplicht", "vereist", "krävs", "vergeten", "verlopen", "wygasło", "utgånget", "glömt", "dimenticata", "esquecida", "scaduta",
        "expirada", "expiré", "basic", "bearer",
        "digest", "negotiate", "oauth", "saml", "openid", "plaintext", "cleartext",
        "authentication", "authorization", "protection", "security", "encryption", "policy", "management", "rotation", "expiry", "expiration", "lockout",
        "length", "strength", "column", "table", "test", "welcome", "warning", "warning!", "username", "remember", "forgot", "cancel", "submit", "next", "back",
        "unchanged", "locked", "unlocked", "blocked", "unused", "deprecated", "accepted", "rejected", "refused", "denied", "verified", "unverified", "confirmed",
        "unconfirmed", "failed",
        "gesetzt", "geändert", "gesperrt", "leer", "unverändert", "hinterlegt", "inchangé", "modifié", "bloqué", "vide", "cambiada", "bloqueada", "vacía", "cambiata",
        "bloccata", "vuota",
        "gewijzigd", "geblokkeerd", "leeg", "alterada", "vazia", "zmienione", "zablokowane", "puste", "ändrat", "spärrat", "tomt"]);

    /// <summary>Parts of a value that only stand in one that the reader is to replace.</summary>
    public static readonly FrozenSet<string> Placeholder = Set(
        "your", "yours", "wrong", "not", "bad", "incorrect", "nonexistent", "example", "sample", "placeholder", "changeme", "changeit", "replace", "replaceme", "redacted",
        "removed", "hidden", "masked",
        "dummy", "fake", "insert", "todo", "fixme", "tbd", "enter", "foobar", "here",
        "xxx", "xxxx", "xxxxx", "xxxxxx", "secretname", "omitted", "censored", "sanitized", "filtered", "goes", "dein", "votre", "mein", "ihr", "elided",
        "truncated", "undefined", "unset", "notset", "blah", "lorem", "yourpassword",
        "yourtoken", "yourkey", "mypassword", "mytoken", "myapikey", "yoursecret", "mysecret", "set", "fill", "specify", "provide", "put", "stub", "invalid",
        "aqui", "aquí", "votre", "ici", "eintragen", "inserire", "tutaj", "twoje", "reemplazar", "reemplaza", "remplacer", "ersetzen", "sostituire", "vervangen", "sustituir",
        "substituir", "invullen", "uzupełnij", "fyll", "nope", "somesecret", "somepassword", "sometoken", "demander", "pedir", "chiedere", "erfragen", "anfragen", "navragen", "env", "getenv", "environ");

    /// <summary>What is no secret though it mixes letters and digits.</summary>
    public static readonly FrozenSet<string> Technical = Set(
        "sha1", "sha-1", "sha256", "sha-256", "sha512", "sha-512", "sha384", "md5", "aes-256", "aes256", "aes-128", "aes-256-gcm", "rsa-2048", "rsa-4096",
        "rsa2048", "utf-8", "utf8", "oauth2", "oauth2.0", "rs256", "hs256", "es256",
        "hs512", "rs512", "ps256", "pbkdf2", "base64", "base64url", "argon2", "argon2id", "bcrypt", "scrypt", "tls1.2", "tls1.3", "http2", "http/2", "p-256",
        "ed25519", "x509", "x.509", "2fa", "u2f", "fido2", "k8s", "s3", "ec2",
        "oauth1", "hmac-sha256", "sha3", "blake2b", "blake3", "win32", "x64", "x86", "x86_64", "arm64", "ipv4", "ipv6", "1password", "web3", "log4j", "h2",
        "db2", "ssh-ed25519", "ssh-rsa", "ssh-dss", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "int32", "int64", "uint8", "varchar2", "i18n", "a11y",
        "l10n", "en-us");

    /// <summary>Parts of the names of algorithms.</summary>
    public static readonly FrozenSet<string> Algorithm = Set("sha", "hmac", "aes", "rsa", "scram", "ecdsa", "pbkdf", "gcm", "cbc", "pkcs", "ecdh",
        "chacha20", "poly1305", "tls", "ssl", "oauth", "openid", "kdf");

    /// <summary>Written as one word in small letters or capitals, where no hump shows that the second part begins.</summary>
    private static IEnumerable<string> Joined(params string[] owners) => owners.SelectMany(o => new[] { o + "password", o + "passwd", o + "pass", o + "pwd" });

    /// <summary>The same words as names of settings have them: <c>MOT_DE_PASSE</c>, <c>door-code</c>.</summary>
    private static string[] WithJoints(string[] words) =>
        [.. words.Concat(words.Where(w => w.Contains(' ')).SelectMany(w => new[] { w.Replace(' ', '_'), w.Replace(' ', '-') })).Distinct()];

    /// <summary>Languages that write a compound as one word.</summary>
    private static IEnumerable<string> Compounds(string[] owners, params string[] words) => owners.SelectMany(o => words.Select(w => o + w));

    private static FrozenSet<string> Set(params string[] words) => words.Distinct(StringComparer.OrdinalIgnoreCase).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
