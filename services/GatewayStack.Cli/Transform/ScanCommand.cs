using System.CommandLine;
using GatewayStack.Cli.Input;
using GatewayStack.Transform.Evaluation.Gold;

namespace GatewayStack.Cli.Transform;

/// <summary><c>gatewaystack transform scan</c>: what is in a text.</summary>
internal static class ScanCommand
{
    private const int FlushBytes = 64 * 1024;
    private const string Usage = "gatewaystack transform scan takes a file of text, or - for the standard input";

    public static Command Create(Terminal terminal)
    {
        var command = new Command("scan", "Prints what is found in a text, as JSON: {\"findings\":[{\"start\",\"end\",\"type\",\"score\"}]}. Offsets count UTF-16 units; end is "
            + "exclusive.");
        var file = InputFile.Argument("The text, in UTF-8, or in what its byte order mark says; - is the standard input.");
        var lines = new Option<bool>("--jsonl")
        {
            Description = "FILE has one {\"id\",\"text\"} a line; prints {\"id\",\"findings\"} a line, in the same order. Of a bad line "
            + "the error output has the number; the others go on."
        };
        var facts = new Option<bool>("--facts") { Description = "Prints all types (a finding shows its surest one), labels, topics and the risk score, too." };
        var settings = SettingsOption.Create();
        command.Add(file);
        command.Add(lines);
        command.Add(facts);
        command.Add(settings);
        var unit = UnitOptions.AddTo(command, OffsetUnit.Utf16);
        var texts = TextSettings.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var module = ContentModule.Open(parsed.GetValue(settings));
            var json = new FindingJson(unit(parsed), parsed.GetValue(facts));
            var (path, text) = (parsed.GetRequiredValue(file), texts(parsed));
            if (parsed.GetValue(lines))
            {
                return await ScanLinesAsync(module, path, text, json, terminal, cancellationToken) ? ExitCodes.Done : ExitCodes.BadInput;
            }

            var content = await InputFile.ReadTextAsync(path, terminal, Usage, cancellationToken);
            await terminal.Output.WriteAsync(json.Line(id: null, content, module.Inspect(content, text, cancellationToken)), cancellationToken);
            return ExitCodes.Done;
        });
        return command;
    }

    /// <returns>False when a line was bad: it is reported with its number, and the others are scanned.</returns>
    private static async Task<bool> ScanLinesAsync(
        ContentModule module, string path, TextSettings settings, FindingJson json, Terminal terminal, CancellationToken cancellationToken)
    {
        await using var input = await InputFile.OpenAsync(path, terminal, Usage, cancellationToken);
        var areGood = true;
        var output = new BufferedStream(terminal.Output, FlushBytes);
        try
        {
            await foreach (var (line, problem) in Ordered.SelectAsync(JsonLines.ReadAsync(input, cancellationToken), Scan, cancellationToken))
            {
                await output.WriteAsync(line, cancellationToken);
                if (problem is not null)
                {
                    areGood = false;
                    await terminal.Error.WriteLineAsync(problem);
                }
            }
        }
        finally
        {
            // What stands before a line that cannot be read at all is good.
            await output.FlushAsync(CancellationToken.None);
        }

        return areGood;

        (ReadOnlyMemory<byte> Line, string? Problem) Scan((long Number, byte[] Line) line)
        {
            try
            {
                var (id, text) = TextLine.Parse(line.Line, line.Number);
                return (json.Line(id, text, module.Inspect(text, settings, cancellationToken)), null);
            }
            catch (BadLineException e)
            {
                return (default, e.Message);
            }
            catch (CommandException e)
            {
                return (default, new BadLineException(line.Number, e.Message).Message);
            }
        }
    }
}
