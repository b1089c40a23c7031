namespace GatewayStack.Identity.Credentials;

/// <summary>A kind of credential. A new kind is an implementation and a registration: <see cref="CredentialKinds"/> asks them in order.</summary>
internal interface ICredentialKind
{
    /// <summary>Name in metrics and logs.</summary>
    string Name { get; }

    /// <summary>True when this kind judges the credential, for better or worse.</summary>
    bool Recognises(PresentedToken token);

    /// <summary>Verifies the credential. A bad one is a result, never an exception.</summary>
    ValueTask<CredentialVerdict> VerifyAsync(PresentedToken token, CancellationToken cancellationToken);
}
