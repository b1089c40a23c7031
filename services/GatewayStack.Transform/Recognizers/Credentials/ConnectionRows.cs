using System.Collections.Immutable;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>
/// Connections. A connection string, and the address of a database or a broker, is a secret as a whole: it names the place with the key to it, and is
/// one value to whoever writes it. Of a web address with a user and a password only these are.
/// </summary>
internal static class ConnectionRows
{
    private const int Longest = 512;

    /// <summary>A value between semicolons: in braces, where two close none, in quotes, or bare.</summary>
    private const string Value = @"(?: ?\{[^}\r\n]*(?:\}\}[^}\r\n]*)*\}| ?""[^""\r\n]*""| ?'[^'\r\n]*'|[^;""'\r\n]*)";

    /// <summary>A value between blanks.</summary>
    private const string Word = @"(?:'[^'\r\n]*'|[^\s'"";,]+)";

    public static ImmutableArray<Recognizer> All { get; } =
    [
        new()
        {
            Name = "url-with-password",
            Type = EntityTypes.ConnectionString,
            Gate = Gate.Keyword,
            Keywords = ["://"],
            Lead = CredentialAlphabets.Protocol,
            MinLead = 2,
            MaxLead = 40,
            InsideWords = true,
            Pattern = Patterns.Anchored(@"[A-Za-z0-9+.\-]+://[^\s:/?#""'<>]*:[^\s@""'<>]+(?:@[^\s@""'<>]+)*@[^\s""'<>@]+"),
            Body = CredentialAlphabets.UserUrl,
            MaxLength = Longest,
            Verify = ConnectionVerifier.VerifyUrl,
            Score = 0.97,
        },
        new()
        {
            Name = "connection-string",
            Type = EntityTypes.ConnectionString,
            Gate = Gate.Keyword,
            Keywords =
            [
                "server=", "server =", "data source=", "datasource=", "host=", "hostname=", "addr=", "address=", "endpoint=", "defaultendpointsprotocol=",
                "accountendpoint=", "accountname=", "driver=", "provider=", "user id=", "uid=",
                "initial catalog=", "database=", "hostnames=", "dsn=", "filedsn=",
            ],
            Pattern = Patterns.Anchored($@"[A-Za-z ]+ ?={Value}(?:; ?[A-Za-z][A-Za-z ]{{0,30}} ?={Value})+;?"),
            Body = CredentialAlphabets.Line,
            MaxLength = Longest,
            MinLength = 20,
            Verify = ConnectionVerifier.VerifyString,
            Score = 0.97,
        },
        new()
        {
            // jdbc:sqlserver://host;user=x;password=y, jdbc:mysql://host/db?user=x&password=y, jdbc:oracle:thin:x/y@host:1521:SID
            Name = "jdbc",
            Type = EntityTypes.ConnectionString,
            Gate = Gate.Keyword,
            Keywords = ["jdbc:"],
            Pattern = Patterns.Anchored(@"jdbc:[a-z0-9+:\-]{2,40}:[^\s""'<>`]{8,}"),
            Body = CredentialAlphabets.UserUrl,
            MaxLength = Longest,
            MinLength = 20,
            Verify = ConnectionVerifier.VerifyJdbc,
            Score = 0.97,
        },
        new()
        {
            // x/y@//host:1521/SERVICE
            Name = "oracle-login",
            Type = EntityTypes.ConnectionString,
            Gate = Gate.Keyword,
            Keywords = ["@//"],
            Lead = CredentialAlphabets.Login,
            MinLead = 6,
            MaxLead = 64,
            InsideWords = true,
            Pattern = Patterns.Anchored(@"[A-Za-z][A-Za-z0-9_$#]{1,30}/[^\s/@""'<>]{3,40}@//[A-Za-z0-9.\-]{2,64}(?::\d{2,5})?/[A-Za-z0-9_.]{1,40}"),
            Body = CredentialAlphabets.UserUrl,
            MaxLength = Longest,
            Verify = ConnectionVerifier.VerifyOracle,
            Score = 0.97,
        },
        new()
        {
            // host=x port=5432 dbname=y user=z password=w
            Name = "keyword-dsn",
            Type = EntityTypes.ConnectionString,
            Gate = Gate.Keyword,
            Keywords = ["host=", "hostaddr=", "dbname=", "user=", "port="],
            Pattern = Patterns.Anchored($@"[a-z_]{{2,30}}={Word}(?: {{1,2}}[a-z_]{{2,30}}={Word}){{2,}}"),
            Body = CredentialAlphabets.Line,
            MaxLength = Longest,
            MinLength = 20,
            Verify = ConnectionVerifier.VerifyWords,
            Score = 0.97,
        },
        new()
        {
            // host:6380,password=x,ssl=True
            Name = "comma-dsn",
            Type = EntityTypes.ConnectionString,
            Gate = Gate.Keyword,
            Keywords = [",password="],
            Lead = CredentialAlphabets.Endpoint,
            MinLead = 6,
            MaxLead = 64,
            InsideWords = true,
            Pattern = Patterns.Anchored(@"[A-Za-z0-9.\-]+:\d{2,5},password=[^,\s""'<>]+(?:,[A-Za-z ]{2,30}=[^,\s""'<>]*)*"),
            Body = CredentialAlphabets.UserUrl,
            MaxLength = Longest,
            Verify = ConnectionVerifier.VerifyList,
            Score = 0.97,
        },
    ];
}
