using System.Collections.Immutable;
using System.Globalization;

namespace GatewayStack.Transform.Evaluation.Reports;

/// <summary>Writes a report for people.</summary>
internal static class ReportTable
{
    /// <summary>Writes everything.</summary>
    public static void Write(EvaluationReport report, TextWriter output)
    {
        output.WriteLine(Invariant($"{report.Documents} documents, {report.FreeDocuments} of them with nothing in them; {report.All.Gold} spans, {report.All.Findings} findings"));
        output.WriteLine();
        output.WriteLine("type ignored          precision               recall                  F1                      F2");
        WriteMode("exact", report.All.Exact, output);
        WriteMode("overlap", report.All.Overlap, output);
        WriteMode("IoU .9", report.All.Iou, output);
        WriteMode("cover", report.All.Cover, output);
        output.WriteLine();
        output.WriteLine($"characters left in clear            {Percent(report.LeftInClear)}");
        output.WriteLine($"documents with any left             {Percent(report.DocumentsWithAnyLeft)}");
        output.WriteLine($"documents with nothing, touched     {Percent(report.FreeDocumentsTouched)}");
        output.WriteLine($"other characters covered            {Percent(report.CoveredInExcess)}");
        WriteScopes("documents (type ignored)", report.DocumentGroups, output);
        WriteScopes("groups of types", report.TypeGroups, output);
        WriteScopes("types", report.Types, output);
        if (report.Resamples > 0)
        {
            output.WriteLine();
            output.WriteLine(Invariant($"Brackets: 95 % intervals, {report.Resamples} resamples of the documents, seed {report.Seed}."));
        }
    }

    /// <summary>Writes the figures of a label.</summary>
    public static void Write(ImmutableArray<RankingReport> sources, TextWriter output)
    {
        output.WriteLine("source                    positive negative     AUC   R at 1 % R at 5 %  R at .5 FP at .5     ECE");
        foreach (var s in sources)
        {
            var auc = s.Auc is { } value ? Number(value) : "   -";
            output.WriteLine(Invariant(
                $"{s.Source,-24} {s.Positive,9} {s.Negative,8} {auc,7} {Number(s.RecallAt1),9} {Number(s.RecallAt5),8} {Number(s.Recall),9} {Number(s.FalsePositives),8} {Number(s.CalibrationError),7}"));
        }
    }

    private static void WriteMode(string name, ModeReport mode, TextWriter output) =>
        output.WriteLine($"{name,-20}  {WithInterval(mode.Precision),-22}  {WithInterval(mode.Recall),-22}  {WithInterval(mode.F1),-22}  {WithInterval(mode.F2)}");

    private static void WriteScopes(string title, ImmutableArray<ScopeReport> scopes, TextWriter output)
    {
        if (scopes.IsEmpty)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine($"{title,-26}   gold  found | exact P    R   F1   F2 | overlap P  R   F1   F2 | IoU P   R   F1   F2 | cover P  R   F1   F2 | any R   left");
        foreach (var scope in scopes)
        {
            output.WriteLine(Invariant(
                $"{scope.Name,-26} {scope.Gold,6} {scope.Findings,6} |   {Mode(scope.Exact)} |   {Mode(scope.Overlap)} | {Mode(scope.Iou)} |  {Mode(scope.Cover)} |  {Short(scope.CoveredByAny.Value)}  {scope.LeftInClear.Value * 100,5:F1}%"));
        }
    }

    private static string Mode(ModeReport mode) => $"{Short(mode.Precision.Value)} {Short(mode.Recall.Value)} {Short(mode.F1.Value)} {Short(mode.F2.Value)}";

    private static string WithInterval(Figure figure) =>
        figure is { Low: { } low, High: { } high } ? $"{Number(figure.Value)} [{Number(low)} {Number(high)}]" : Number(figure.Value);

    private static string Percent(Figure figure) =>
        figure is { Low: { } low, High: { } high } ? Invariant($"{figure.Value * 100,6:F2} % [{low * 100:F2} {high * 100:F2}]") : Invariant($"{figure.Value * 100,6:F2} %");

    private static string Number(double value) => value.ToString("F3", CultureInfo.InvariantCulture);

    private static string Short(double value) => value >= .995 ? "1.00" : value.ToString(" .00", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
