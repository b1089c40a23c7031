using System.CommandLine;
using System.Text;

namespace GatewayStack.Cli.Transform;

/// <summary><c>gatewaystack transform train</c>: makes the weights again.</summary>
internal static class TrainCommand
{
    public static Command Create(Terminal terminal) => new("train", "Trains what ships with the content module from the data of the repository. The same data and seed give the "
        + "same result.")
    {
        Create("names", "Trains the tagger of persons, places and organisations.", Training.Names, terminal),
        Create("models", "Trains the classifiers: topics, sensitivity and prompt injection.", Training.Models, terminal),
    };

    private static Command Create(string name, string description, Action<TrainingRun> train, Terminal terminal)
    {
        var command = new Command(name, description);
        var data = new Option<string>("--data") { Description = "The folder data of the repository.", Required = true, HelpName = "DIR" };
        var target = new Option<string>("--out") { Description = "Where the result is written; made when it is missing.", Required = true, HelpName = "DIR" };
        var seed = new Option<int>("--seed") { Description = "Where everything random starts.", DefaultValueFactory = _ => 1, HelpName = "N" };
        command.Add(data);
        command.Add(target);
        command.Add(seed);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (from, to) = (parsed.GetRequiredValue(data), parsed.GetRequiredValue(target));
            if (!Directory.Exists(from))
            {
                throw new CommandException(ExitCodes.BadInput, $"{from} is no folder");
            }

            Directory.CreateDirectory(to);
            await using var log = new StreamWriter(terminal.Output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { AutoFlush = true };
            train(new TrainingRun(from, to, parsed.GetValue(seed), log));
            return ExitCodes.Done;
        });
        return command;
    }
}
