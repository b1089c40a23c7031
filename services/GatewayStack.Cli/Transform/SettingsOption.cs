using System.CommandLine;

namespace GatewayStack.Cli.Transform;

/// <summary>The option that names a settings file.</summary>
internal static class SettingsOption
{
    public static Option<string?> Create() => new("--settings")
    {
        Description = "An appsettings file; its section Transform is used, as the gateway uses it. Without it: what is built in.",
        HelpName = "FILE",
    };
}
