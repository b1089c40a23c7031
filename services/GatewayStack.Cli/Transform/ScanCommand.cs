using System.CommandLine;
using GatewayStack.Cli.Input;
using GatewayStack.Transform.Evaluation.Gold;

namespace GatewayStack.Cli.Transform;

/// <summary><c>gatewaystack transform scan</c>: what is in a text.</summary>
internal static class ScanCommand
{
    private const int FlushBytes = 64 * 1024;

    public static Command Create(Terminal terminal)
    {
        var command = new Command("scan", "Prints what is found in a text, as JSON: {\"findings\":[{\"start\",\"end\",\"type\",\"score\"}]}. Offsets count UTF-16 units; end is "
            + "exclusive.");
        var file = InputFile.Argument("The text, in UTF-8; - is the standard input.");
        var lines = new Option<bool>("--jsonl") { Description = "FILE has one {\"id\",\"text\"} a line; prints {\"id\",\"findings\"} a line, in the same order." };
        var facts = new Option<bool>("--facts") { Description = "Prints labels, topics and the risk score, too." };
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
                await ScanLinesAsync(module, path, text, json, terminal, cancellationToken);
            }
            else
            {
                var content = await InputFile.ReadTextAsync(path, terminal, cancellationToken);
                await terminal.Output.WriteAsync(json.Line(id: null, content, module.Inspect(content, text, cancellationToken)), cancellationToken);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task ScanLinesAsync(ContentModule module, string path, TextSettings settings, FindingJson json, Terminal terminal, CancellationToken cancellationToken)
    {
        await using var input = InputFile.Open(path, terminal);
        var output = new BufferedStream(terminal.Output, FlushBytes);
        try
        {
            await foreach (var line in Ordered.SelectAsync(JsonLines.ReadAsync(input, cancellationToken), Scan, cancellationToken))
            {
                await output.WriteAsync(line, cancellationToken);
            }
        }
        finally
        {
            // What stands before a bad line is good.
            await output.FlushAsync(CancellationToken.None);
        }

        ReadOnlyMemory<byte> Scan((long Number, byte[] Line) line)
        {
            var (id, text) = TextLine.Parse(line.Line, line.Number);
            try
            {
                return json.Line(id, text, module.Inspect(text, settings, cancellationToken));
            }
            catch (CommandException e)
            {
                throw new BadLineException(line.Number, e.Message);
            }
        }
    }
}
