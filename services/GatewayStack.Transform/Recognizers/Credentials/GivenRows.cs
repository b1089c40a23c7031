using System.Collections.Immutable;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>Arguments of commands and calls of which the grammar says that they are secrets, whatever they look like.</summary>
internal static class GivenRows
{
    /// <summary>A quoted argument before another.</summary>
    private const string Quoted = @"[""'][^""'\r\n]{1,80}[""'], ?";

    public static ImmutableArray<Recognizer> All { get; } =
    [
        Word("transfer-login", @"lftp[^\r\n|]{0,60}? -u [^\s,]{1,60},", "lftp "),
        Word("user-of-windows", @"(?i:net user) [^\s/*]{1,60} ", "net user ") with { Verify = ArgumentVerifier.Verify },
        Word("user-of-a-queue", @"rabbitmqctl (?:add_user|change_password|authenticate_user) [^\s]{1,60} ", "rabbitmqctl "),
        Word("new-directory-password", @"ldappasswd[^\r\n|]{0,160}? -[sa] ", "ldappasswd"),
        Word("archive-password", @"(?:un)?rar[^\r\n|]{0,60}? -hp", "rar ", "unrar "),
        Word("document-password", "qpdf --encrypt ", "qpdf --encrypt "),
        Word("owner-password", @"qpdf --encrypt [^\s]{3,60} ", "qpdf --encrypt "),
        Word("network-passphrase", @"wpa_passphrase [^\s=]{1,32} ", "wpa_passphrase "),
        Word("network-manager", @"nmcli[^\r\n|]{0,100}? password ", "nmcli "),
        Word("network-community", @"snmp[a-z]{3,8}[^\r\n|]{0,60}? -c ", "snmpwalk", "snmpget", "snmpset", "snmpbulkwalk", "snmptable", "snmptrap"),
        Word("network-authentication", @"snmp[a-z]{3,8}[^\r\n|]{0,80}? -A ", "snmpwalk", "snmpget", "snmpset", "snmpbulkwalk"),
        Word("network-privacy", @"snmp[a-z]{3,8}[^\r\n|]{0,100}? -X ", "snmpwalk", "snmpget", "snmpset", "snmpbulkwalk"),
        Word("shell-of-a-database", @"cqlsh[^\r\n|]{0,80}? -p ", "cqlsh"),
        Word("password-of-a-user", @"user(?:mod|add)[^\r\n|]{0,60}? -p ", "usermod ", "useradd "),
        Word("certificate-password", @"(?:signtool|certutil)[^\r\n|]{0,80}? [/\-]p ", "signtool ", "certutil "),
        Word("device-words", @"(?:set psksecret|plaintext-password|password (?:cipher|simple|plaintext)) ",
            "set psksecret ", "plaintext-password ", "password cipher ", "password simple ", "password plaintext "),
        Word("manager-of-a-device", @"password manager user-name [^\s]{1,40} plaintext ", "password manager user-name "),
        Word("monitoring-macro", @"\$USER\d{1,2}\$\s?=\s?", "$USER"),
        Word("stored-pass", @"(?i:<pass(?:word)? encoding=""base64"">)", "<pass encoding", "<password encoding"),
        Quote("call-with-password",
            $@"(?i:wifi\.begin|wlan\.connect|sta_if\.connect|username_pw_set|loginwithpassword|signinwithemailandpassword|http(?:basic|digest)auth|basicauth|setbasicauth|basic_auth|networkcredential|usernamepasswordcredentials|passwordauthentication|auth\.basic|authtokens\.basic|\.login)\(\s?{Quoted}",
            "wifi.begin(", "wlan.connect(", "sta_if.connect(", "username_pw_set(", "loginwithpassword(", "signinwithemailandpassword(", "httpbasicauth(", "httpdigestauth(", "basicauth(",
            "setbasicauth(", "basic_auth(", "networkcredential(", "usernamepasswordcredentials(", "passwordauthentication(", "auth.basic(", "authtokens.basic(", ".login("),
        Quote("pair-for-a-call", $@"(?i:auth)\s?=\s?\(\s?{Quoted}", "auth=(", "auth = ("),
        Quote("modem-login", @"(?i:at\+cgauth)=\d,\d,", "at+cgauth="),
        Quote("modem-network", @"(?i:at\+cwjap(?:_cur|_def)?)=""[^""\r\n]{1,32}"",", "at+cwjap"),
        Quote("statement-password", @"(?i:password) (?:= ?)?N?", "password '", "password n'", "password = '", "password = n'") with { Before = 128, Verify = ArgumentVerifier.VerifyStatement },
    ];

    private static Recognizer Word(string name, string pattern, params string[] keywords) =>
        CredentialRow.Argument(name, pattern, keywords) with { InsideWords = false, Verify = ArgumentVerifier.VerifyWord };

    private static Recognizer Quote(string name, string pattern, params string[] keywords) =>
        CredentialRow.Argument(name, pattern, keywords) with { Verify = ArgumentVerifier.VerifyGivenQuoted };
}
