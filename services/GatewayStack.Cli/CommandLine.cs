using System.CommandLine;
using GatewayStack.Cli.Transform;
using GatewayStack.Transform.Evaluation.Gold;

namespace GatewayStack.Cli;

/// <summary>The program <c>gatewaystack</c>.</summary>
internal static class CommandLine
{
    /// <summary>Runs one command line.</summary>
    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellationToken)
    {
        var root = new RootCommand("GatewayStack's command line. Everything runs in this process: nothing is sent anywhere.") { TransformCommand.Create(terminal) };
        var parsed = root.Parse(args);
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
}
