using System.Collections.Immutable;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers.Credentials;

namespace GatewayStack.Transform.Recognizers.Handles;

/// <summary>The table's rows for the names of accounts in sentences.</summary>
internal static class HandleRows
{
    private const int Window = 120;

    public static ImmutableArray<Recognizer> All { get; } =
    [
        Row("account-named", AccountWords.Names, AccountVerifier.Named),
        Row("account-weakly-named", AccountWords.Weak, AccountVerifier.Weak),
        Row("user-setting", ["_user=", "_user:", "_user =", "_user\"", "_username=", "_username:", "_username\"", "__user:", "_login=", "_login:"], SettingVerifier.Assigned),
        Row("user-flag", [" -U ", " -u ", " -u", " --username ", " --username=", " --user ", " --user=", " --http-user=", " --login ", " --login=", " --user-name "],
            SettingVerifier.Argument) with { Before = 96 },
        Row("user-of-a-call", ["login(", "mysqli_connect(", "mysql_connect(", "mysqli(", "pdo(", "networkcredential(", "httpbasicauth(", "httpdigestauth(", "basicauth(",
            "pscredential(", "auth=(",
            "auth = (", "ftp_login(", "ssh2_auth_password(", "odbc_connect(", "getConnection(", "connect(", "setbasicauth("], SettingVerifier.InCall),
        Row("user-of-a-statement", ["create user ", "create role ", "alter user ", "alter role ", "create login ", "alter login "], SettingVerifier.InStatement),
        Row("user-of-a-device", ["username "], SettingVerifier.OfDevice),
        Row("account-field", LogAccountVerifier.Keys, LogAccountVerifier.Field) with { Before = 96, After = SecretBeside.Ahead, Outlook = LogAccountVerifier.FieldOutlook },
        Row("account-in-code", ["sudo:", "TODO(", "FIXME(", "PSCredential(", "SetBasicAuth(", "HTTPBasicAuth(", "basicAuth(", "BasicAuth(", "auth=(", "auth = ("], LogAccountVerifier.Directly),
        Row("account-in-log", ["session of user ", "of user ", "XAuth from ", "XAuth authentication of ", "session ouverte ", "su: (to ", "creating user ", "created user ", "adduser ", "useradd ",
            "usermod ", "chown ", "whoami\n", "create user ", "drop user ", "alter user "], LogAccountVerifier.Directly),
        Row("account-of-a-command-for-users", ["useradd ", "adduser ", "usermod ", "userdel ", "smbpasswd ", "pdbedit ", "chage ", "gpasswd "], UserCommandVerifier.Last),
        Row("account-of-a-machine", ["machine "], UserCommandVerifier.OfMachine) with
        {
            Body = CredentialAlphabets.Any, MaxLength = 160, Outlook = UserCommandVerifier.OfMachineOutlook,
        },
        Row("account-of-a-deed", LogAccountVerifier.Deeds, LogAccountVerifier.ByWhom),
        new()
        {
            Name = "account-of-a-prompt", Type = EntityTypes.Username, Gate = Gate.At, Score = 0.85,
            Lead = PairUserVerifier.Letters, MinLead = 3, MaxLead = 32, Body = CredentialAlphabets.Line, MaxLength = 120, MinLength = 6, NotAfter = "/.-_=:<",
            Pattern = Patterns.Anchored(@"[a-z][a-z0-9_.\-]{2,31}@[A-Za-z0-9.\-]{2,40}(?::[~/][^\s$#]{0,80}[$#] | [~/][^\]\s]{0,60}\][$#] |:~[$#] )"),
            Verify = LogAccountVerifier.Prompt,
        },
        Row("account-of-a-job", ["CRON[", "crond["], LogAccountVerifier.Job),
        Row("owner-of-a-file", ["drwx", "lrwx", "-rw-", "-rwx", "-r--", "-r-x"], LogAccountVerifier.Owner),
        Row("account-of-a-command", ["ssh ", "scp ", "sftp ", "rsync ", "ssh-copy-id "], LogAccountVerifier.Remote),
        Row("account-of-ssh", ["User "], LogAccountVerifier.Setting) with { Before = 160 },
        Row("account-of-a-pair", Credentials.Spoken.PairListVerifier.Joints, PairUserVerifier.Verify) with { Lead = PairUserVerifier.Letters, MinLead = 3, MaxLead = 32, MinLength = 12, Before = 250, After = 2 },
        Row("signed-in-as", [.. AccountWords.SignIns.Select(w => w + " ")], AccountVerifier.SignedIn),
    ];

    private static Recognizer Row(string name, string[] words, Verifier verify) => new()
    {
        Name = name,
        Type = EntityTypes.Username,
        Gate = Gate.Keyword,
        Keywords = words,
        Body = CredentialAlphabets.Line,
        MaxLength = Window,
        Before = 32,
        After = 40,
        Verify = verify,
        Score = 0.7,
    };
}
