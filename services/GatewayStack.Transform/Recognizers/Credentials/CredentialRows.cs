using System.Collections.Immutable;
using GatewayStack.Transform.Recognizers.Credentials.Spoken;
using GatewayStack.Transform.Recognizers.Credentials.Topic;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>The table's rows for credentials: keys by their format, private keys and tokens, connections, and secrets that the words beside them announce.</summary>
internal static class CredentialRows
{
    public static ImmutableArray<Recognizer> All { get; } =
    [
        .. CloudKeys.All, .. CodeKeys.All, .. ModelKeys.All, .. MessageKeys.All, .. PaymentKeys.All, .. WatchKeys.All, .. OfficeKeys.All, .. IssuerKeys.All,
        .. TokenRows.All, .. ConnectionRows.All, .. CommandRows.All, .. GivenRows.All, .. SecretRows.All, .. SpokenRows.All, .. TopicRows.All,
    ];
}
