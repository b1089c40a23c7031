using System.Collections.Frozen;
using System.Collections.Immutable;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Classification.Models;
using GatewayStack.Transform.Recognizers;
using GatewayStack.Transform.Scanning;

namespace GatewayStack.Transform.Sessions;

/// <summary>Says which of the labels that block stands over a stretch of an answer. Immutable and safe for concurrent use.</summary>
/// <remarks>A label that nothing here can give stands over every stretch: what was asked for and cannot be judged does not leave.</remarks>
internal sealed class LabelJudge
{
    private readonly Scanner _rows;
    private readonly ContentModels? _models;
    private readonly FrozenSet<string> _labels;
    private readonly string? _unknown;

    /// <summary>A judge of some labels.</summary>
    /// <param name="labelled">Finds the rows that have labels.</param>
    /// <param name="known">Every label that these rows and models can give.</param>
    /// <param name="models">The classifiers; null where they are switched off.</param>
    /// <param name="labels">The labels that block.</param>
    public LabelJudge(Scanner labelled, FrozenSet<string> known, ContentModels? models, ImmutableArray<string> labels)
    {
        _rows = labelled;
        _models = models;
        _labels = labels.ToFrozenSet(StringComparer.Ordinal);
        _unknown = labels.FirstOrDefault(l => !known.Contains(l));
    }

    /// <summary>Every label that rows and models can give an answer: not those that are only asked of what a person or a tool says.</summary>
    public static FrozenSet<string> Known(RecognizerSet rows, ContentModels? models) =>
        rows.All.Select(r => r.Label).OfType<string>()
            .Concat(models is null ? [] : Heads.All.Where(h => ContentModels.IsAsked(h, SegmentOrigin.Assistant)).Select(h => h.Name))
            .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Judges a stretch.</summary>
    /// <param name="text">The stretch.</param>
    /// <param name="json">True for JSON source, where letters may be written as escapes.</param>
    /// <param name="cancellationToken">Ends a long scan.</param>
    /// <returns>The label that blocks, or null.</returns>
    public string? Judge(string text, bool json, CancellationToken cancellationToken)
    {
        if (_unknown is not null)
        {
            return _unknown;
        }

        using var folded = (json && text.Contains('\\')) || HiddenCharacters.AreIn(text) ? new FoldedText(json, text.Length) : null;
        folded?.Append(text, final: true);
        var seen = folded is null ? text : folded.Chars;
        foreach (var label in _models?.Score(seen, SegmentOrigin.Assistant, cancellationToken)?.Labels ?? [])
        {
            if (_labels.Contains(label.Name))
            {
                return label.Name;
            }
        }

        List<Candidate>? found = null;
        var state = default(ScanState);
        _rows.Advance(seen, final: true, ref state, ref found, cancellationToken);
        return found?.Select(c => c.Row.Label).OfType<string>().FirstOrDefault(_labels.Contains);
    }
}
