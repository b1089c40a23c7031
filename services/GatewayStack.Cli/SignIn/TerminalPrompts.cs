using GatewayStack.Credentials.SignIn;

namespace GatewayStack.Cli.SignIn;

/// <summary>Asks a person at a terminal to sign in. Everything goes to the standard error: the standard output is for results.</summary>
internal sealed class TerminalPrompts(TextWriter error, Func<Uri, bool>? browser) : ISignInPrompts
{
    public async Task OpenAsync(Uri page, CancellationToken cancellationToken)
    {
        var opened = browser?.Invoke(page) ?? false;
        await error.WriteLineAsync(opened ? "Sign in on the page that opens in your browser. If none does, open:" : "Sign in on this page, in a browser on this machine "
            + "(elsewhere: --device):");
        await error.WriteLineAsync(page.AbsoluteUri);
        await error.FlushAsync(cancellationToken);
    }

    public async Task ShowCodeAsync(Uri page, string userCode, Uri? complete, CancellationToken cancellationToken)
    {
        await error.WriteLineAsync($"Open {page.AbsoluteUri} on any device and enter the code {userCode}");
        if (complete is not null)
        {
            await error.WriteLineAsync($"or open {complete.AbsoluteUri}");
        }

        await error.FlushAsync(cancellationToken);
    }
}
