namespace GatewayStack.Credentials;

/// <summary>Why there is no access token.</summary>
public enum CredentialFault
{
    /// <summary>A person has to sign in: nobody did, or the sign-in has ended.</summary>
    SignInRequired,

    /// <summary>The issuer or the gateway refused, or said what it must not say.</summary>
    Refused,

    /// <summary>The issuer, the gateway or the token command could not be asked. Later it may go well.</summary>
    Unreachable,

    /// <summary>What is kept on this machine cannot be used as it is, such as a file that others may read.</summary>
    Unusable,
}

/// <summary>There is no access token. The message is one line, says what to do, and has nothing secret in it.</summary>
public sealed class CredentialException : Exception
{
    /// <summary>Says why.</summary>
    public CredentialException(CredentialFault fault, string message)
        : base(message) => Fault = fault;

    /// <summary>Says why, and what was behind it.</summary>
    public CredentialException(CredentialFault fault, string message, Exception inner)
        : base(message, inner) => Fault = fault;

    /// <summary>Why.</summary>
    public CredentialFault Fault { get; }
}
