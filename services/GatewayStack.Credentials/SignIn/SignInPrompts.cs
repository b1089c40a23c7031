namespace GatewayStack.Credentials.SignIn;

/// <summary>How a person is asked. Called from one sign-in.</summary>
internal interface ISignInPrompts
{
    /// <summary>Shows the page to sign in at.</summary>
    Task OpenAsync(Uri page, CancellationToken cancellationToken);

    /// <summary>Shows where to enter a code on another device.</summary>
    /// <param name="page">The page.</param>
    /// <param name="userCode">The code.</param>
    /// <param name="complete">The page with the code in it; null where the issuer gave none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task ShowCodeAsync(Uri page, string userCode, Uri? complete, CancellationToken cancellationToken);
}
