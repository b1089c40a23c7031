using System.CommandLine;
using GatewayStack.Cli.Clients;
using GatewayStack.Cli.SignIn;
using GatewayStack.Cli.Standing;
using GatewayStack.Cli.Transform;
using GatewayStack.Credentials;
using GatewayStack.Transform.Evaluation.Gold;

namespace GatewayStack.Cli;

/// <summary>The program <c>gatewaystack</c>.</summary>
internal static class CommandLine
{
    /// <summary>Runs one command line.</summary>
    public static Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellationToken) => RunAsync(args, terminal, new UserSetting(), cancellationToken);

    /// <summary>Runs one command line in other surroundings.</summary>
    public static async Task<int> RunAsync(string[] args, Terminal terminal, UserSetting user, CancellationToken cancellationToken)
    {
        var parsed = Create(terminal, user).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await terminal.Error.WriteLineAsync(error.Message);
            }

            await terminal.Error.WriteLineAsync("Use --help for what there is.");
            return ExitCodes.BadInput;
        }

        await using var output = new StreamWriter(terminal.Output, leaveOpen: true);
        try
        {
            var configuration = new InvocationConfiguration { Output = output, Error = terminal.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (CommandException e)
        {
            await terminal.Error.WriteLineAsync(e.Message);
            return e.ExitCode;
        }
        catch (CredentialException e)
        {
            await terminal.Error.WriteLineAsync(e.Message);
            return ExitCodes.Of(e.Fault);
        }
        catch (BadLineException e)
        {
            await terminal.Error.WriteLineAsync(e.Message);
            return ExitCodes.BadInput;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await terminal.Error.WriteLineAsync(e.Message);
            return ExitCodes.BadInput;
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Stopped;
        }
    }

    /// <summary>Every command there is.</summary>
    public static RootCommand Create(Terminal terminal, UserSetting user) => new("GatewayStack's command line: signs people in, cuts off, and measures what the content module "
        + "finds.")
    {
        LoginCommand.Create(terminal, user),
        LogoutCommand.Create(terminal, user),
        TokenCommand.Create(terminal, user),
        WhoAmICommand.Create(terminal, user),
        BlockCommand.Create(terminal, user),
        UnblockCommand.Create(terminal, user),
        StandingCommand.Create(terminal, user),
        ClientsCommand.Create(terminal, user),
        TransformCommand.Create(terminal),
    };
}
