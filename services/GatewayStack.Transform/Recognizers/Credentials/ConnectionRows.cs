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

    private const int Shortest = 20;

    /// <summary>A value between semicolons: in braces, where two close none, in quotes, or bare.</summary>
    private const string Value = @"(?: ?\{[^}\r\n]*(?:\}\}[^}\r\n]*)*\}| ?""[^""\r\n]*""| ?'[^'\r\n]*'|[^;""'\r\n]*)";

    /// <summary>A value between blanks.</summary>
    private const string Word = @"(?:'[^'\r\n]*'|[^\s'"";,]+)";

    public static ImmutableArray<Recognizer> All { get; } =
    [
        Row("url-with-password", @"[A-Za-z0-9+.\-]+://[^\s:/?#""'<>]*:[^\s@""'<>]+(?:@[^\s@""'<>]+)*@[^\s""'<>@]+", ConnectionVerifier.VerifyUrl, "://")
            with { Lead = CredentialAlphabets.Protocol, MinLead = 2, MaxLead = 40, InsideWords = true },
        Row(
            "connection-string",
            $@"[A-Za-z ]+ ?={Value}(?:; ?[A-Za-z][A-Za-z ]{{0,30}} ?={Value})+;?",
            ConnectionVerifier.VerifyString,
            "server=", "server =", "data source=", "datasource=", "host=", "hostname=", "addr=", "address=", "endpoint=", "defaultendpointsprotocol=", "accountendpoint=", "accountname=",
            "driver=", "provider=", "user id=", "uid=", "initial catalog=", "database=", "hostnames=", "dsn=", "filedsn=")
            with { Body = CredentialAlphabets.Line, MinLength = Shortest },

        // jdbc:sqlserver://host;user=x;password=y, jdbc:mysql://host/db?user=x&password=y, jdbc:oracle:thin:x/y@host:1521:SID
        Row("jdbc", @"jdbc:[a-z0-9+:\-]{2,40}:[^\s""'<>`]{8,}", ConnectionVerifier.VerifyJdbc, "jdbc:") with { MinLength = Shortest },

        // x/y@//host:1521/SERVICE
        Row(
            "oracle-login",
            @"[A-Za-z][A-Za-z0-9_$#]{1,30}/[^\s/@""'<>]{3,40}@//[A-Za-z0-9.\-]{2,64}(?::\d{2,5})?/[A-Za-z0-9_.]{1,40}",
            ConnectionVerifier.VerifyOracle,
            "@//")
            with { Lead = CredentialAlphabets.Login, MinLead = 6, MaxLead = 64, InsideWords = true },

        // host=x port=5432 dbname=y user=z password=w
        Row(
            "keyword-dsn",
            $@"[a-z_]{{2,30}}={Word}(?: {{1,2}}[a-z_]{{2,30}}={Word}){{2,}}",
            ConnectionVerifier.VerifyWords,
            "host=", "hostaddr=", "dbname=", "user=", "port=")
            with { Body = CredentialAlphabets.Line, MinLength = Shortest },

        // x:y@tcp(db:3306)/shop
        Row("driver-dsn", @"[^\s:""'`@/]{1,40}:[^\s@""'`]{3,60}@(?:tcp|unix)\([^)\s""']{1,120}\)(?:/[^\s""'`]*)?", ConnectionVerifier.VerifyDriver, "@tcp(", "@unix(")
            with { Lead = CredentialAlphabets.UserUrl, MinLead = 5, MaxLead = 64, InsideWords = true },

        // host:6380,password=x,ssl=True
        Row("comma-dsn", @"[A-Za-z0-9.\-]+:\d{2,5},password=[^,\s""'<>]+(?:,[A-Za-z ]{2,30}=[^,\s""'<>]*)*", ConnectionVerifier.VerifyList, ",password=")
            with { Lead = CredentialAlphabets.Endpoint, MinLead = 6, MaxLead = 64, InsideWords = true },
    ];

    private static Recognizer Row(string name, string pattern, Verifier verify, params string[] keywords) => new()
    {
        Name = name,
        Type = EntityTypes.ConnectionString,
        Gate = Gate.Keyword,
        Keywords = keywords,
        Pattern = Patterns.Anchored(pattern),
        Body = CredentialAlphabets.UserUrl,
        MaxLength = Longest,
        Verify = verify,
        Score = 0.97,
    };
}
