using System.Collections.Immutable;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>
/// Connections. A connection string, and the address of a database or a broker, is a secret as a whole: it names the place with the key to it, and is
/// one value to whoever writes it. Of a web address with a user and a password only these are.
/// </summary>
internal static class ConnectionRows
{
    private const int Longest = 512;

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
                "initial catalog=", "database=", "hostnames=",
            ],
            Pattern = Patterns.Anchored(@"[A-Za-z ]+ ?=[^;""'\r\n]*(?:; ?[A-Za-z][A-Za-z ]{0,30} ?=[^;""'\r\n]*)+;?"),
            Body = CredentialAlphabets.Line,
            MaxLength = Longest,
            MinLength = 20,
            Verify = ConnectionVerifier.VerifyString,
            Score = 0.97,
        },
    ];
}
