using System.CommandLine;
using GatewayStack.Credentials.Logins;

namespace GatewayStack.Cli.SignIn;

/// <summary>The option that names a sign-in.</summary>
internal static class ProfileOption
{
    public static Option<string> Create() => new("--profile")
    {
        Description = $"Which of several sign-ins; without it what {LoginStore.ProfileVariable} says, or default.",
        HelpName = "NAME",
        DefaultValueFactory = _ => LoginStore.DefaultProfile,
    };
}
