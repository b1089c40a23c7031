using System.Text.Json;
using GatewayStack.Cli.Input;
using GatewayStack.Transform.Evaluation.Gold;

namespace GatewayStack.Cli.Transform;

/// <summary>What another detector found.</summary>
internal sealed class OtherFindings
{
    private readonly Dictionary<string, List<Span>> _byId = new(StringComparer.Ordinal);

    private OtherFindings()
    {
    }

    /// <summary>Reads a file of <c>{"id","findings":[{"start","end","type"}]}</c> lines.</summary>
    public static async Task<OtherFindings> ReadAsync(string path, Terminal terminal, CancellationToken cancellationToken)
    {
        var all = new OtherFindings();
        await using var stream = await InputFile.OpenAsync(path, terminal, "--findings takes a file of findings, or - for the standard input", cancellationToken);
        await foreach (var (number, line) in JsonLines.ReadAsync(stream, cancellationToken))
        {
            try
            {
                using var document = JsonDocument.Parse(line);
                List<Span> spans = [];
                foreach (var finding in document.RootElement.GetProperty("findings").EnumerateArray())
                {
                    spans.Add(new Span(finding.GetProperty("start").GetInt32(), finding.GetProperty("end").GetInt32(), finding.GetProperty("type").GetString() ?? string.Empty));
                }

                all._byId[document.RootElement.GetProperty("id").ToString()] = spans;
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
            {
                throw new BadLineException(number, "is not {\"id\",\"findings\":[{\"start\",\"end\",\"type\"}]}");
            }
        }

        return all;
    }

    /// <summary>The findings of a document; one that the file does not have has none.</summary>
    public List<Span> Of(GoldDocument document, OffsetUnit unit)
    {
        if (!_byId.TryGetValue(document.Id, out var spans))
        {
            return [];
        }

        var map = OffsetMap.Of(document.Text, unit);
        return spans.ConvertAll(s => map.ToUtf16(s.Start) is { } start && map.ToUtf16(s.End) is { } end && start < end
            ? new Span(start, end, s.Type)
            : throw new CommandException(ExitCodes.BadInput, $"the findings of {document.Id} have {s.Start} to {s.End}, which is not in its text"));
    }
}
