using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using System.Text.Json;
using GatewayStack.Cli.Input;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Evaluation.Gold;
using GatewayStack.Transform.Evaluation.Reports;
using GatewayStack.Transform.Evaluation.Scoring;

namespace GatewayStack.Cli.Transform;

/// <summary><c>gatewaystack transform eval</c>: how well it is found.</summary>
internal static class EvalCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command(
            "eval",
            "Compares what is found with what is in labelled texts: one {\"text\",\"spans\":[{\"start\",\"end\",\"type\"}]} a line, and id and group where there are any. " +
            "Offsets count Unicode code points. Spans of the type _IGNORE count neither for nor against.");
        var gold = new Option<string>("--gold") { Description = "The labelled texts; - is the standard input.", Required = true, HelpName = "FILE" };
        var findings = new Option<string?>("--findings")
        {
            Description = "Findings of another detector instead of ours: one {\"id\",\"findings\"} a line, in the units of the "
            + "gold file.",
            HelpName = "FILE"
        };
        var label = new Option<string?>("--label") { Description = "Measures the confidence of this label on texts with a member label of 1 or 0, instead of spans.", HelpName = "NAME" };
        var types = new Option<string?>("--types") { Description = "Only these types count, in the texts and among the findings.", HelpName = "A,B" };
        var json = new Option<bool>("--json") { Description = "Prints the report as JSON." };
        var resamples = new Option<int>("--resamples")
        {
            Description = "How often the documents are resampled for the 95 % intervals; 0 for none.",
            DefaultValueFactory = _ =>
            1000,
            HelpName = "N"
        };
        var seed = new Option<int>("--seed") { Description = "Where resampling starts: the same seed gives the same intervals.", DefaultValueFactory = _ => 1, HelpName = "N" };
        resamples.Validators.Add(r =>
        {
            if (r.GetValueOrDefault<int>() is < 0 or > 100_000)
            {
                r.AddError("--resamples is a number from 0 to 100000.");
            }
        });
        var settings = SettingsOption.Create();
        command.Add(gold);
        command.Add(findings);
        command.Add(label);
        command.Add(types);
        command.Add(json);
        command.Add(resamples);
        command.Add(seed);
        command.Add(settings);
        var unit = UnitOptions.AddTo(command, OffsetUnit.CodePoints);
        var texts = TextSettings.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var stream =
                await InputFile.OpenAsync(parsed.GetRequiredValue(gold), terminal, "--gold takes a file of labelled texts, or - for the standard input", cancellationToken);
            var documents = GoldReader.ReadAsync(stream, unit(parsed), cancellationToken);
            await using var module = ContentModule.Open(parsed.GetValue(settings));
            var text = texts(parsed);
            var isJson = parsed.GetValue(json);
            var output = new StreamWriter(terminal.Output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
            if (parsed.GetValue(label) is { } name)
            {
                var ranking = await RankAsync(documents, d => module.Inspect(d.Text, text, cancellationToken), name, cancellationToken);
                Write(ranking, isJson, output);
            }
            else
            {
                var others = parsed.GetValue(findings) is { } path ? await OtherFindings.ReadAsync(path, terminal, cancellationToken) : null;
                var scorer = new DocumentScorer(parsed.GetValue(types)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal));
                var evaluator = new Evaluator(parsed.GetValue(resamples), parsed.GetValue(seed));
                DocumentScore Score(GoldDocument d) =>
                    scorer.Score(d, others is null ? SpansOf(module.Inspect(d.Text, text, cancellationToken)) : others.Of(d, unit(parsed)));
                await foreach (var score in Ordered.SelectAsync(documents, Score, cancellationToken))
                {
                    evaluator.Add(score);
                }

                Write(evaluator.Report(), isJson, output);
            }

            await output.FlushAsync(cancellationToken);
            return ExitCodes.Done;
        });
        return command;
    }

    private static List<Span> SpansOf(InspectionResult result) => [.. result.Findings.Select(f => new Span(f.Start, f.End, f.Type))];

    private static async Task<ImmutableArray<RankingReport>> RankAsync(
        IAsyncEnumerable<GoldDocument> documents, Func<GoldDocument, InspectionResult> inspect, string label, CancellationToken cancellationToken)
    {
        List<(string Source, double Score, bool IsPositive)> scored = [];
        (string, double, bool) Score(GoldDocument d) =>
            (d.Group, inspect(d).Metadata.Labels.FirstOrDefault(l => l.Name == label)?.Confidence ?? 0, d.Label > 0);
        await foreach (var score in Ordered.SelectAsync(documents.Where(d => d.Label is not null), Score, cancellationToken))
        {
            scored.Add(score);
        }

        var sources = scored.GroupBy(s => s.Source, StringComparer.Ordinal).OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => ReportOf(s.Key, s)).ToList();
        return [.. sources.Count > 1 ? sources.Append(ReportOf("all", scored)) : sources];
    }

    private static RankingReport ReportOf(string source, IEnumerable<(string Source, double Score, bool IsPositive)> scored)
    {
        List<(double Score, bool IsPositive)> examples = [.. scored.Select(s => (s.Score, s.IsPositive))];
        var ranking = new Ranking(examples);
        var (recall, falsePositives) = ranking.At(.5);
        return new RankingReport(
            source.Length == 0 ? "all" : source, examples.Count(e => e.IsPositive), examples.Count(e => !e.IsPositive), double.IsFinite(ranking.Auc) ? ranking.Auc : null,
            ranking.RecallAt(.01), ranking.RecallAt(.05), recall, falsePositives, ranking.CalibrationError);
    }

    private static void Write(ImmutableArray<RankingReport> report, bool isJson, StreamWriter output)
    {
        if (isJson)
        {
            output.WriteLine(JsonSerializer.Serialize(report, ReportJson.Default.ImmutableArrayRankingReport));
            return;
        }

        ReportTable.Write(report, output);
    }

    private static void Write(EvaluationReport report, bool isJson, StreamWriter output)
    {
        if (isJson)
        {
            output.WriteLine(JsonSerializer.Serialize(report, ReportJson.Default.EvaluationReport));
            return;
        }

        ReportTable.Write(report, output);
    }
}
