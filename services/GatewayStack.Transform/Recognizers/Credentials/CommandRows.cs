using System.Collections.Immutable;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers.Credentials.Spoken;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>Passwords that commands take without naming them, and pairs of a user and a password in sentences.</summary>
internal static class CommandRows
{
    /// <summary>An argument before another.</summary>
    private const string Passed = @"(?:(?:N?'[^'\r\n]{0,80}'|""[^""\r\n]{0,120}""|[A-Za-z_$][A-Za-z0-9_$.>\-]{0,40}), ?)";

    private const string User = @"[""'`]?[A-Za-z][A-Za-z0-9_.@\-]{1,40}[""'`]?";

    /// <summary>Where databases listen, as the lines of <c>.pgpass</c> and of lists like it name them.</summary>
    private static readonly string[] Ports = ["5432", "5433", "5434", "5435", "5439", "6432", "6543", "15432", "26257", "3306", "3307", "33060", "1433", "1521", "27017", "*"];

    public static ImmutableArray<Recognizer> All { get; } =
    [
        CredentialRow.Argument("user-argument", "(?:-u|--user|--proxy-user|-a)[ =]", "-u ", "-u=", "--user ", "--user=", "--proxy-user ",
            "-a ") with { Verify = ArgumentVerifier.VerifyUser },
        CredentialRow.Argument("smb-user", @"(?:smbclient|net use|mount\.cifs|rpcclient|smbmap)[^\r\n]{0,80}? -U[ =]?", "smbclient",
            "rpcclient") with { Verify = ArgumentVerifier.VerifyUser },
        CredentialRow.Argument("mysql-password", @"(?:mysql|mariadb)[a-z_]*(?: [^\r\n|]{0,100}?)? -p", "mysql", "mariadb"),
        CredentialRow.Argument("login-password", @"(?:docker|podman|helm registry|az|oc|nerdctl|cf|rhc|buildah|skopeo) login[^\r\n]{0,120}? -p[ =]?",
            "docker login", "podman login", "az login", "oc login", "registry login", "cf login", "skopeo login"),
        CredentialRow.Argument("client-password",
            @"(?:sshpass|mongo|mongosh|mongodump|mongorestore|clickhouse-client|vncpasswd|plink|pscp|putty|influx|unrar|7z|rar|psexec|paexec|winexe|smbexec|rdesktop)(?:\.exe)?(?: [^\r\n|]{0,100}?)? -(?:pw ?|p ?)",
            "sshpass", "mongo", "mongosh", "mongodump", "mongorestore", "plink", "pscp", "7z ", "unrar", "psexec", "paexec", "winexe", "rdesktop"),
        CredentialRow.Argument("cipher-password", @"openssl (?:enc|aes|des|rsa|pkcs12)[^\r\n|]{0,120}? -k ", "openssl "),
        CredentialRow.Argument("share-password", @"(?i:net use)(?: [A-Za-z*]:?)? \\\\[^\s]{1,80} ", "net use ") with { Verify = ArgumentVerifier.VerifyShare },
        CredentialRow.Argument("share-password-behind-user", @"(?i:net use)(?: [A-Za-z*]:?)? \\\\[^\s]{1,80} (?i:/user:)[^\s]{1,60} ", "net use ") with { Verify = ArgumentVerifier.VerifyGiven },
        CredentialRow.Argument("oracle-command", @"(?:sqlplus|sqlldr|expdp|impdp|rman target)(?: -[A-Za-z]{1,8})* ", "sqlplus ", "sqlldr ", "expdp ", "impdp ", "rman target ")
            with { Verify = ArgumentVerifier.VerifySlashed },
        CredentialRow.Argument("sql-password", @"(?:sqlcmd|bcp|osql|zip|isql|ipmitool|mosquitto_[ps]ub)[^\r\n|]{0,100}? -P ?", "sqlcmd", "bcp ", "osql", "zip ", "ipmitool",
            "mosquitto_pub", "mosquitto_sub"),
        CredentialRow.Argument("redis-password", @"redis-cli[^\r\n|]{0,80}? -a ", "redis-cli"),
        CredentialRow.Argument("pgpass", @":(?:\d{4,5}|\*):[^\s:]{1,63}:[^\s:]{1,63}:", [.. Ports.Select(p => $":{p}:")]),
        CredentialRow.Argument("pdo", @"(?i:new pdo)\(\s*[""'][^""'\r\n]{1,120}[""'],\s*[""'][^""'\r\n]{1,60}[""'],\s*", "new PDO(") with { Verify = ArgumentVerifier.VerifyQuoted },
        CredentialRow.Argument("ldap-password", @"ldap(?:search|modify|add|whoami|passwd|delete)[^\r\n|]{0,120}? -w ?", "ldapsearch", "ldapmodify",
            "ldapadd", "ldapwhoami", "ldappasswd"),
        CredentialRow.Argument("openssl-password", @"(?:-pass(?:in|out)?|-passwd) (?:pass:)", "-pass pass:", "-passin pass:", "-passout pass:"),
        CredentialRow.Argument("key-store-password", @"-(?:storepass|keypass|srcstorepass|deststorepass|passphrase|srckeypass|destkeypass)[ =]",
            "-storepass ", "-keypass ", "-srcstorepass ", "-deststorepass "),
        CredentialRow.Argument("htpasswd", @"htpasswd -[a-zA-Z]*b[a-zA-Z]*(?: -[a-zA-Z]+)* (?:[^\s\-][^\s]* ){1,2}", "htpasswd"),
        CredentialRow.Argument("identified-by", "(?i:identified by)(?: values)? ", "identified by ") with { Verify = ArgumentVerifier.VerifyQuoted },
        CredentialRow.Argument("sudo-echo", "(?:echo|printf) ", "echo ", "printf ") with { Verify = EchoVerifier.Verify },
        CredentialRow.Argument("router-password", "(?i:password|secret|md5|key-string|key) [0-9] ", "password ", "secret ",
            "key-string ") with { InsideWords = false, Outlook = CommandOutlook.Digit },
        CredentialRow.Argument("sim-pin", @"(?i:at\+cpin=)", "at+cpin=") with { Verify = SimPinVerifier.Verify },
        CredentialRow.Argument("vault-unseal", "vault operator unseal ", "vault operator unseal"),
        CredentialRow.Argument("quoted-pair", @"(?i:pair|chpasswd|userpwd|user_?pass|basic|basic_?auth|http_?auth|creds?|credentials?|login)[^""'\r\n;{}]{0,16}[""']",
            "pair", "chpasswd", "userpwd", "curlopt_userpwd", "userpass", "user_pass", "basic", "basicauth", "basic_auth", "http_auth", "httpauth", "cred", "creds", "credential",
            "credentials", "login") with { Verify = ArgumentVerifier.VerifyQuotedPair, Outlook = CommandOutlook.Quoted },
        CredentialRow.Argument("sheet-password", @"(?i:\.(?:un)?protect )", ".protect ", ".unprotect ") with { Verify = ArgumentVerifier.VerifyQuoted },
        CredentialRow.Argument("secure-string", @"(?i:convertto-securestring)(?: -string)? ", "convertto-securestring") with { Verify = ArgumentVerifier.VerifyQuoted },
        CredentialRow.Argument("user-option", @"(?i:/user:|/u:)[^\s/]{1,60} ", "/user:", "/u:"),
        CredentialRow.Argument(
            "login-call",
            @"(?i:log_?in|signin|sign_in|auth|authenticate|basic_?auth|http_?basic_?auth|credentials?|networkcredential|connect)\s?=?\s?[(\[{]\s?[rbuf]?[""'][^""'\r\n]{1,60}[""'], ?",
            "login", "log_in", "signin", "auth", "authenticate", "basicauth", "basic_auth", "credential", "credentials",
            "networkcredential") with { Verify = ArgumentVerifier.VerifyCall, Outlook = CommandOutlook.Call },
        CredentialRow.Argument("connect-call",
            $@"(?:mysqli_connect|mysql_connect|new mysqli|mysqli|odbc_connect|imap_open|ldap_bind|ftp_login|ssh2_auth_password|getConnection)\(\s?{Passed}{{2}}",
            "mysqli_connect(", "mysql_connect(", "mysqli(", "odbc_connect(", "imap_open(", "ldap_bind(", "ftp_login(", "ssh2_auth_password(", "getConnection(")
            with { Verify = ArgumentVerifier.VerifyQuoted },
        CredentialRow.Argument("driver-call", $@"(?:pymssql|MySQLdb)\.connect\(\s?{Passed}{{2}}", "pymssql.connect(", "MySQLdb.connect(")
            with { Verify = ArgumentVerifier.VerifyQuoted },
        CredentialRow.Argument("oracle-call", $@"(?:oracledb|cx_Oracle)\.connect\(\s?{Passed}", "oracledb.connect(", "cx_Oracle.connect(")
            with { Verify = ArgumentVerifier.VerifyQuoted },
        CredentialRow.Argument("mac-call", @"(?i:hmac\.new|createhmac)\(\s?(?:[""'][a-zA-Z0-9\-]{3,12}[""'], ?)?b?", "hmac.new(", "createHmac(")
            with { Type = EntityTypes.Secret, Verify = ArgumentVerifier.VerifyQuoted },
        CredentialRow.Argument("salt", @"(?:signing|encryption|cookie)_salt[""']?\s?(?:=>|:|=)\s?", "signing_salt", "encryption_salt", "cookie_salt")
            with { Type = EntityTypes.Secret, Verify = ArgumentVerifier.VerifyGivenQuoted },
        CredentialRow.Argument("vault-string", "ansible-vault encrypt_string ", "ansible-vault encrypt_string ") with { Verify = ArgumentVerifier.VerifyQuoted },
        CredentialRow.Argument("linked-server", $"sp_addlinkedsrvlogin {Passed}{{4}}N?", "sp_addlinkedsrvlogin ") with { Verify = ArgumentVerifier.VerifyQuoted },
        .. DeviceRows.All,
        // What the gate has read, some words, the user, the sign between both.
        Pair(
            "user-and-password",
            $@"[^\s:=]{{3,18}}(?: in)?(?:(?: \p{{L}}+){{0,5}}? ?[:=]?\s{{1,2}}|[:=]\s?)(?:{User} / )?{User}(?: ?/ ?| ?\| ?|:|: | - )"),
    ];

    private static Recognizer Pair(string name, string pattern) => CredentialRow.Argument(
        name, pattern, "login", "log in", "sign in", "logins", "creds", "credentials", "user/pass", "username/password", "use ", "with ", "try ",
            "user ", "user:", "account", "zugang", "zugänge", "zugangsdaten", "anmeldung", "anmeldedaten", "identifiants", "identifiant", "codes d'accès", "accès", "connexion",
            "credenciales", "acceso", "accesos", "usuario",
            "credenziali", "accesso", "utente", "credenciais", "acesso", "acessos", "inloggegevens", "inlog", "dane logowania", "dane do logowania", "logowanie", "dostęp",
            "inloggning", "inloggningsuppgifter") with
    {
        InsideWords = false,
        Outlook = CommandOutlook.Pair,
        Verify = PairVerifier.Verify,
    };
}
