using GatewayStack.Credentials;

namespace GatewayStack.Cli;

/// <summary>What the program ends with.</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The settings have errors.</summary>
    public const int SettingsErrors = 1;

    /// <summary>The arguments or the input are not what they must be.</summary>
    public const int BadInput = 2;

    /// <summary>Somebody has to sign in: <c>gatewaystack login</c>.</summary>
    public const int SignInNeeded = 3;

    /// <summary>The gateway or the issuer refused.</summary>
    public const int Refused = 4;

    /// <summary>The gateway or the issuer cannot be reached.</summary>
    public const int Unreachable = 5;

    /// <summary>What is kept in the user's folder cannot be used as it is.</summary>
    public const int Unusable = 6;

    /// <summary>Stopped from outside.</summary>
    public const int Stopped = 130;

    /// <summary>The code for a reason why there is no token.</summary>
    public static int Of(CredentialFault fault) => fault switch
    {
        CredentialFault.SignInRequired => SignInNeeded,
        CredentialFault.Refused => Refused,
        CredentialFault.Unusable => Unusable,
        _ => Unreachable,
    };
}
