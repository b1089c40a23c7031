using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text;
using GatewayStack.Cli.Input;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform;

namespace GatewayStack.Cli.Transform;

/// <summary><c>gatewaystack transform try</c>: the operator's own recognisers on samples, before a gateway has them.</summary>
internal static class TryCommand
{
    private const string Usage = "gatewaystack transform try takes a file of text, or - for the standard input, or --text";

    public static Command Create(Terminal terminal)
    {
        var command = new Command("try", "Tries the recognisers of a settings file (Transform:Recognizers) on a text: which row finds what, and what is wrong with the settings.");
        var file = InputFile.Argument("The text, in UTF-8, or in what its byte order mark says; - is the standard input.");
        var text = new Option<string?>("--text") { Description = "The text itself, instead of a file.", HelpName = "TEXT" };
        var settings = SettingsOption.Create();
        settings.Required = true;
        command.Add(file);
        command.Add(text);
        command.Add(settings);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = await ContentModule.ReadOptionsAsync(parsed.GetRequiredValue(settings)!);
            var sample = parsed.GetValue(text) ?? await InputFile.ReadTextAsync(parsed.GetRequiredValue(file), terminal, Usage, cancellationToken);
            var output = new StreamWriter(terminal.Output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
            await TryAsync(options, sample, output, cancellationToken);
            await output.FlushAsync(cancellationToken);
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task TryAsync(TransformOptions options, string text, TextWriter output, CancellationToken cancellationToken)
    {
        if (options.Recognizers.Count == 0)
        {
            await output.WriteLineAsync("The settings have no recognisers of their own.");
        }

        var builtIn = await InspectAsync(options with { Recognizers = [] }, text, cancellationToken);
        foreach (var row in options.Recognizers)
        {
            // Alone with what is built in: what another row finds cannot hide what this one does.
            await WriteRowAsync(row, await InspectAsync(options with { Recognizers = [row] }, text, cancellationToken), builtIn, text, output);
        }

        var all = await InspectAsync(options, text, cancellationToken);
        await output.WriteLineAsync();
        await output.WriteLineAsync($"Everything together, with what is built in: {Count(all.Findings.Length)}");
        await WriteFindingsAsync(all.Findings, text, output);
        foreach (var label in all.Metadata.Labels)
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  label {label.Name}, confidence {label.Confidence:0.00}"));
        }
    }

    private static async Task<InspectionResult> InspectAsync(TransformOptions options, string text, CancellationToken cancellationToken)
    {
        await using var module = ContentModule.Open(options);
        return module.Inspect(text, new TextSettings(SegmentOrigin.User, "auto"), cancellationToken);
    }

    private static async Task WriteRowAsync(RecognizerOptions row, InspectionResult found, InspectionResult builtIn, string text, TextWriter output)
    {
        var type = row.Name.ToUpperInvariant();
        var findings = found.Findings.Where(f => f.Type == type).ToImmutableArray();
        var isLabelled = row.Label is { } name && found.Metadata.Labels.Any(l => l.Name == name) && !builtIn.Metadata.Labels.Any(l => l.Name == name);
        await output.WriteLineAsync($"{row.Name}: {Count(findings.Length)}{(isLabelled ? $", labels the text {row.Label}" : string.Empty)}");
        await WriteFindingsAsync(findings, text, output, f => builtIn.Findings.Contains(f) ? "  (also without this row)" : string.Empty);
    }

    private static async Task WriteFindingsAsync(ImmutableArray<Finding> findings, string text, TextWriter output, Func<Finding, string>? remark = null)
    {
        foreach (var f in findings)
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"  {f.Start}..{f.End} {f.Type} {f.Score:0.00} \"{text[f.Start..f.End].ReplaceLineEndings("\\n")}\"{remark?.Invoke(f)}"));
        }
    }

    private static string Count(int number) => number == 0 ? "nothing" : string.Create(CultureInfo.InvariantCulture, $"{number} found");
}
