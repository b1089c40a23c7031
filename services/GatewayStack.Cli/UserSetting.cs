using GatewayStack.Cli.SignIn;
using GatewayStack.Credentials.Logins;

namespace GatewayStack.Cli;

/// <summary>What is around a command beside its terminal: the user's folder, the user's browser, the clock. Belongs to one run.</summary>
internal sealed record UserSetting
{
    /// <summary>Where sign-ins are kept.</summary>
    public LoginStore Logins { get; init; } = LoginStore.OfUser();

    /// <summary>Shows a page; false where there is no browser.</summary>
    public Func<Uri, bool> Browser { get; init; } = DesktopBrowser.Open;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
