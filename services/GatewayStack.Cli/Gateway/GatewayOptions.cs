using System.CommandLine;
using GatewayStack.Cli.SignIn;
using GatewayStack.Credentials;
using GatewayStack.Credentials.Sources;

namespace GatewayStack.Cli.Gateway;

/// <summary>Options of commands that call a gateway: as whom, and the administrative ones where.</summary>
internal sealed record GatewayOptions
{
    private static readonly Uri UsualManagement = new("http://127.0.0.1:8081");

    private readonly UserSetting _user;
    private readonly Option<Uri?>? _management;
    private readonly Option<string?> _tokenCommand;
    private readonly Option<string> _profile;

    private GatewayOptions(UserSetting user, Option<Uri?>? management)
    {
        _user = user;
        _management = management;
        _tokenCommand = new Option<string?>("--token-command")
        {
            Description = "A command line for the shell that prints an access token, instead of the sign-in that is kept.",
            HelpName = "COMMAND"
        };
        _profile = ProfileOption.Create();
    }

    /// <summary>Adds them to a command that calls the management address.</summary>
    public static GatewayOptions AddManagementTo(Command command, UserSetting user) =>
        AddTo(command, new GatewayOptions(user, AddressArgument.Option("--management", "The gateway's management address.", UsualManagement)));

    /// <summary>Adds them to a command that calls the front door, whose address stands in the sign-in.</summary>
    public static GatewayOptions AddFrontDoorTo(Command command, UserSetting user) => AddTo(command, new GatewayOptions(user, management: null));

    /// <summary>Opens the API as the command line says.</summary>
    public GatewayApi Open(ParseResult parsed, string scope)
    {
        var login = new LoginTokens(_user.Logins, parsed.GetRequiredValue(_profile), _user.Time);
        ITokenSource source = parsed.GetValue(_tokenCommand) is { } command ? CommandTokens.OfShell(command, _user.Time) : login;
        return new GatewayApi(_management is null ? login.Gateway : Management(parsed, _management, source == login ? login : null), source, scope, _user.Time);
    }

    /// <summary>A sign-in at a gateway elsewhere is no token for whoever listens on this machine's usual port.</summary>
    private static Uri Management(ParseResult parsed, Option<Uri?> option, LoginTokens? login) =>
        parsed.GetResult(option) is null or { Implicit: true } && login is { Gateway.IsLoopback: false }
            ? throw new CommandException(ExitCodes.BadInput, $"the sign-in is at {login.Gateway}: say with --management where its management address is.")
            : parsed.GetRequiredValue(option)!;

    private static GatewayOptions AddTo(Command command, GatewayOptions options)
    {
        if (options._management is { } management)
        {
            command.Add(management);
            command.Add(options._tokenCommand);
        }

        command.Add(options._profile);
        return options;
    }
}
