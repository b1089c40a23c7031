namespace GatewayStack.Identity.Exchange;

/// <summary>Names of what is exchanged (RFC 8693, 3), with a short word for each that is usual.</summary>
internal static class SubjectTokenTypes
{
    public const string AccessToken = Prefix + "access_token";
    public const string IdToken = Prefix + "id_token";

    private const string Prefix = "urn:ietf:params:oauth:token-type:";

    /// <summary>The type that a setting names.</summary>
    public static string Of(string setting) => setting is "access_token" or "id_token" or "jwt" ? Prefix + setting : setting;
}
