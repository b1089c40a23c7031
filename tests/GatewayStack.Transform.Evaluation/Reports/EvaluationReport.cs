using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace GatewayStack.Transform.Evaluation.Reports;

/// <summary>A figure with its 95 % interval; the bounds are null where nothing was resampled.</summary>
internal sealed record Figure(double Value, double? Low = null, double? High = null);

/// <summary>Precision and recall of one way to match.</summary>
internal sealed record ModeReport(Figure Precision, Figure Recall, Figure F1, Figure F2);

/// <summary>Figures of one scope.</summary>
internal sealed record ScopeReport
{
    /// <summary>Its name: a type, a group of types, a kind of document or <c>all</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Gold spans.</summary>
    public required long Gold { get; init; }

    /// <summary>Findings.</summary>
    public required long Findings { get; init; }

    /// <summary>Same start and end.</summary>
    public required ModeReport Exact { get; init; }

    /// <summary>Any character in common.</summary>
    public required ModeReport Overlap { get; init; }

    /// <summary>At least nine tenths in common.</summary>
    public required ModeReport Iou { get; init; }

    /// <summary>At least half covered.</summary>
    public required ModeReport Cover { get; init; }

    /// <summary>Gold spans covered by findings of any type, of all.</summary>
    public required Figure CoveredByAny { get; init; }

    /// <summary>Characters of the gold spans that are left in clear, of all.</summary>
    public required Figure LeftInClear { get; init; }
}

/// <summary>The whole report. Numbers are parts of 1 where they are not counts.</summary>
internal sealed record EvaluationReport
{
    /// <summary>Documents read.</summary>
    public required long Documents { get; init; }

    /// <summary>Those in which nothing is.</summary>
    public required long FreeDocuments { get; init; }

    /// <summary>How often the documents were resampled for the intervals, and by which seed.</summary>
    public required int Resamples { get; init; }

    /// <inheritdoc cref="Resamples"/>
    public required int Seed { get; init; }

    /// <summary>Everything, type ignored.</summary>
    public required ScopeReport All { get; init; }

    /// <summary>Characters of personal data and credentials left in clear, of all.</summary>
    public required Figure LeftInClear { get; init; }

    /// <summary>Documents with any left, of those that have some.</summary>
    public required Figure DocumentsWithAnyLeft { get; init; }

    /// <summary>Documents in which nothing is and something was found, of those in which nothing is.</summary>
    public required Figure FreeDocumentsTouched { get; init; }

    /// <summary>Characters covered that are not personal, of all that are not.</summary>
    public required Figure CoveredInExcess { get; init; }

    /// <summary>By kind of document, type ignored.</summary>
    public required ImmutableArray<ScopeReport> DocumentGroups { get; init; }

    /// <summary>By group of types.</summary>
    public required ImmutableArray<ScopeReport> TypeGroups { get; init; }

    /// <summary>By type.</summary>
    public required ImmutableArray<ScopeReport> Types { get; init; }
}

/// <summary>Figures of a label on labelled texts of one source.</summary>
internal sealed record RankingReport(string Source, long Positive, long Negative, double? Auc, double RecallAt1, double RecallAt5, double Recall, double FalsePositives, double CalibrationError);

/// <summary>Writes reports.</summary>
[JsonSerializable(typeof(EvaluationReport))]
[JsonSerializable(typeof(ImmutableArray<RankingReport>))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class ReportJson : JsonSerializerContext;
