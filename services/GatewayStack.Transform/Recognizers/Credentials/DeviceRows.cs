using System.Collections.Immutable;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>Secrets in the settings of devices and servers that put nothing but a blank between a name and its value: the grammar says that one follows, whatever it looks
/// like.</summary>
internal static class DeviceRows
{
    /// <summary>How a device says that it keeps the value in clear, or as it keeps it (Cisco's type 7 is read back by anybody).</summary>
    private const string Kind = "(?:[0-8] |ascii-text |ascii |clear |plain-text |encrypted |local |remote )*";

    public static ImmutableArray<Recognizer> All { get; } =
    [
        Given("server-key", $"(?:radius|tacacs|tacacs\\+)(?:-server)?(?: [^\\r\\n]{{0,80}}?)? (?:shared-secret|key|secret) {Kind}", "radius", "tacacs"),
        Given("tunnel-key", $"(?:crypto (?:isakmp|ikev1|ikev2) key|(?:ikev1 |ikev2 )?(?:local-authentication |remote-authentication )?pre-shared-key) {Kind}",
            "crypto isakmp key", "crypto ikev", "pre-shared-key "),
        Given("routing-key", $"(?:authentication-key|message-digest-key|standby \\d+ authentication|vrrp \\d+ authentication|ntp authentication-key|area-password|domain-password)(?: \\d+)?(?: md5)?(?: key-string)?(?: \\d+)? {Kind}",
            "authentication-key ", "message-digest-key ", "authentication md5 ", "area-password ", "domain-password "),
        Given("enable-secret", $"enable (?:secret|password) {Kind}", "enable secret ", "enable password "),

        // Juniper's are read back by anybody, and Cisco's begin alike.
        CredentialRow.Key("kept-secret", @"\$9\$[A-Za-z0-9./$\-]{10,}", CredentialAlphabets.Line, "$9$") with { Type = EntityTypes.Secret },
        Given("wireless-key", $"(?:wpa-psk|wpa2-psk|psk set-key|wpa akm psk set-key) {Kind}", "wpa-psk ", "wpa2-psk ", "psk set-key "),
        Given("directory-password", "(?:bindpw|rootpw|rootbinddn_pw|bind_password|masterauth|requirepass|sentinel auth-pass [^ \\r\\n]{1,60}|auth_pass|olcRootPW:) +",
            "bindpw ", "rootpw ",
            "bind_password ", "masterauth ", "requirepass ", "auth_pass ", "sentinel auth-pass ", "olcrootpw: "),
        Given("option-key", "option (?:key|psk|password|secret|wpakey|auth_secret|private_key) ", "option key ", "option psk ", "option password ",
            "option secret ") with { Verify = ArgumentVerifier.VerifyGivenQuoted },
        Given("tunnel-user", ": (?:PSK|EAP|XAUTH|NTLM) ", ": PSK ", ": EAP ", ": XAUTH ", ": NTLM ") with { Verify = ArgumentVerifier.VerifyGivenQuoted },
        Given("dial-secret", "\\* +", "* \"") with { Verify = ArgumentVerifier.VerifyDial },
    ];

    private static Recognizer Given(string name, string pattern, params string[] keywords) =>
        CredentialRow.Argument(name, pattern, keywords) with { Verify = ArgumentVerifier.VerifyGiven, InsideWords = false, MinLength = 8 };
}
