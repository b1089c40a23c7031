using System.Collections.Immutable;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers.Credentials.Spoken;
using GatewayStack.Transform.Recognizers.Tables;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>Secrets that have no format of their own: the words beside them tell what they are.</summary>
internal static class SecretRows
{
    private const int Window = 240;
    private const int TableWindow = 480;
    private const int TableLines = 6;
    private const int InsertLines = 3;

    private const string Phrase =
        @"(?i:pass ?phrase|luks phrase|disk phrase|encryption phrase|(?:seed|recovery|backup|secret recovery|wallet) (?:phrase|words)|mnemonic(?: phrase| words)?)(?: [a-z]+,?){0,9}?(?:(?: (?:is|are):?|[""'\]`*]{0,3} ?[:=])\s{0,2}[""'`]?| [""'`])";

    private static readonly string[] Phrases = ["passphrase", "pass phrase", "seed phrase", "seed words", "recovery phrase", "backup phrase",
        "mnemonic", "wallet phrase", "luks phrase", "disk phrase", "encryption phrase"];

    private static readonly string[] Columns =
        ["password", "passwd", "passwort", "kennwort", "contraseña", "mot de passe", "senha", "pwd", "pass", "pw", "secret", "token", "api_key",
            "api key", "apikey", "credential", "wachtwoord", "passphrase", "pin", "secret_key", "access_key", "secret key", "clave", "hasło", "lösenord", "palavra-passe",
            "passcode", "startpasswort",
            "initial password", "temp password", "mdp", "parola", "parola d'ordine", "credentials", "wifi key", "passwords", "chiave", "contrasena", "secret word",
            "memorable word", "wifi password", "psk", "kennwörter", "passwörter", "wachtwoorden", "haslo", "passphrases", "code word"];

    public static ImmutableArray<Recognizer> All { get; } =
    [
        Row("password-in-context", EntityTypes.Password, SecretWords.Password, SecretVerifier.Password) with { Outlook = SecretVerifier.PasswordOutlook },
        Row("key-in-context", EntityTypes.ApiKey, SecretWords.Key, SecretVerifier.Key) with { Outlook = SecretVerifier.KeyOutlook },
        Row("token-in-context", EntityTypes.Secret, SecretWords.Token, SecretVerifier.Token) with { Outlook = SecretVerifier.TokenOutlook },
        Row("secret-in-context", EntityTypes.Secret, SecretWords.Secret, SecretVerifier.Secret) with { Outlook = SecretVerifier.SecretOutlook },
        Row("pin-in-context", EntityTypes.Password, SecretWords.Pin, SecretVerifier.Pin) with { Outlook = SecretVerifier.PinOutlook },
        Row("key-by-surroundings", EntityTypes.ApiKey, ["key", "clé", "clef", "schlüssel", "clave", "chiave", "chave", "sleutel", "klucz", "nyckel", "serial"],
        SecretVerifier.BareKey) with { MaxLength = 120, Outlook = SecretVerifier.KeyOutlook },
        Row("snmp-community", EntityTypes.Password, ["community", "snmp-community", "rocommunity", "rwcommunity"], NetworkNames.Community) with { Before = 128, MaxLength = 64 },
        Row("snmp-passphrase", EntityTypes.Password, ["auth", "priv", "authpass", "privpass", "authphrase", "privphrase"],
        NetworkNames.Passphrase) with { Before = 128, MaxLength = 80, InsideWords = false },
        Row("phrase", EntityTypes.Secret, Phrases, PhraseVerifier.Verify) with { Pattern = Patterns.Anchored(Phrase), InsideWords = false },
        Row("access-key-pair", EntityTypes.Secret, ["AKIA", "ASIA"], AccessKeyPairs.Verify) with { MaxLength = 80, InsideWords = false },
        Row("action-link", EntityTypes.Secret, ActionLinks.Paths, ActionLinks.Verify) with { Body = CredentialAlphabets.Url, Before = 96, InsideWords = false },
        .. Lines("table-line", Columns, TableVerifier.Secret),
        .. Lines("aligned-line", [.. Columns, "key"], TableVerifier.Aligned),
        .. Lines("code-line", ["code", "kod", "codice", "código", "kode"], TableVerifier.Code, TableReader.MayBeHead),
        .. Lines("network-line", ["key", "schlüssel", "clé", "clef", "clave", "chiave", "chave", "sleutel", "klucz", "nyckel"], TableVerifier.NetworkKey, TableReader.MayBeHead),
        .. Enumerable.Range(0, InsertLines).Select(line =>
            Row($"insert-line-{line + 1}", EntityTypes.Password, Columns, InsertVerifier.ForLine(line)) with { InsideWords = false, MaxLength = TableWindow, Outlook = InsertVerifier.Outlook }),
    ];

    /// <summary>The lines below a head that a word for a secret stands in.</summary>
    private static IEnumerable<Recognizer> Lines(string name, string[] words, CellReader read, Glance? glance = null) => Enumerable.Range(0, TableLines).Select(line =>
        Row($"{name}-{line + 1}", EntityTypes.Password, words, (in Match match) => TableVerifier.Verify(match, read(match, line, open: false))) with
        {
            InsideWords = false,
            MaxLength = TableWindow,
            Glance = glance,
            Outlook = (in Match soFar, int _) => read(soFar, line, open: true).OutlookOf(soFar),
        });

    private static Recognizer Row(string name, string type, string[] words, Verifier verifier) => new()
    {
        Name = name,
        Type = type,
        Gate = Gate.Keyword,
        Keywords = words,
        InsideWords = true,
        Body = CredentialAlphabets.Any,
        MaxLength = Window,
        Verify = verifier,
        Score = 0.5,
    };
}
